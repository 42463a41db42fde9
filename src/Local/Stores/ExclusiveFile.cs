using System.Diagnostics;

namespace FunctionTune.Local.Stores;

/// <summary>
/// Files that stand for a lock: open without sharing, which on Linux is an exclusive <c>flock</c>. The lock ends with the
/// process, however that ends; the file stays.
/// </summary>
internal static class ExclusiveFile
{
    private static readonly TimeSpan Moments = TimeSpan.FromSeconds(30);

    /// <summary>Takes the lock, or gives null when somebody else holds it.</summary>
    public static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException fault) when (FileFault.IsLocked(fault))
        {
            return null;
        }
    }

    /// <summary>Waits for a lock that is only ever held for moments.</summary>
    public static ValueTask<FileStream> OpenAsync(string path, CancellationToken cancellationToken) =>
        OpenAsync(path, Moments, cancellationToken);

    /// <summary>Waits for a lock.</summary>
    public static async ValueTask<FileStream> OpenAsync(
        string path,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        long since = Stopwatch.GetTimestamp();
        for (int wait = 1; ; wait = Math.Min(2 * wait, 16))
        {
            if (TryOpen(path) is { } held)
            {
                return held;
            }

            if (Stopwatch.GetElapsedTime(since) > patience)
            {
                throw new FunctionTuneException(
                    $"'{path}' has been held by another program for {patience.TotalSeconds:0} seconds.",
                    "End that program, then try again."
                );
            }

            await Task.Delay(wait, cancellationToken).ConfigureAwait(false);
        }
    }
}
