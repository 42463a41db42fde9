namespace FunctionTune.TrialClient.Datasets;

/// <summary>
/// Lets one process of this machine at a time fetch a dataset. The lock is a file that its holder touches every few seconds;
/// one left behind by a killed process is taken over by renaming it.
/// </summary>
internal sealed class CacheLock : IDisposable
{
    private static readonly TimeSpan s_stale = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_beat = TimeSpan.FromSeconds(10);

    private readonly string _path;
    private readonly Timer _beat;

    private CacheLock(string path)
    {
        _path = path;
        _beat = new(_ => Touch(), null, s_beat, s_beat);
    }

    /// <summary>Waits for the lock; gives null as soon as there is no more need for it.</summary>
    public static CacheLock? Acquire(string path, Func<bool> needed)
    {
        while (needed())
        {
            try
            {
                using (new FileStream(path, FileMode.CreateNew)) { }

                return new(path);
            }
            catch (IOException) when (File.Exists(path))
            {
                TakeOver(path);
                Thread.Sleep(s_pause);
            }
            catch (IOException) when (Directory.Exists(Path.GetDirectoryName(path)))
            {
                // Released between the two looks.
            }
        }

        return null;
    }

    public void Dispose()
    {
        _beat.Dispose();
        File.Delete(_path);
    }

    private static void TakeOver(string path)
    {
        if (DateTime.UtcNow - File.GetLastWriteTimeUtc(path) < s_stale)
        {
            return;
        }

        string left = path + "." + Guid.NewGuid().ToString("N");
        try
        {
            File.Move(path, left);
            File.Delete(left);
        }
        catch (IOException)
        {
            // Somebody else was faster.
        }
    }

    private void Touch()
    {
        try
        {
            File.SetLastWriteTimeUtc(_path, DateTime.UtcNow);
        }
        catch (IOException)
        {
            // Somebody took this process for dead; what it fetches is as good as theirs.
        }
    }
}
