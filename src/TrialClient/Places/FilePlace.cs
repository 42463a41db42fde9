namespace FunctionTune.TrialClient.Places;

/// <summary>
/// A file on this machine, or in a store that is mounted here. Mounted stores write files from beginning to end only, so there
/// the whole file is written anew when something is appended.
/// </summary>
internal sealed class FilePlace(string path, bool isNear) : Place
{
    private byte[]? _written;

    public override string Shown => path;

    public override string LocalPath => path;

    public override bool IsNear => isNear;

    public override bool Exists() => File.Exists(path);

    public override byte[]? Read() => File.Exists(path) ? File.ReadAllBytes(path) : null;

    public override bool Create(byte[] content)
    {
        string unfinished = WriteBeside(content);
        try
        {
            File.Move(unfinished, path);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(unfinished);
            return false;
        }
    }

    public override void Append(byte[] content)
    {
        if (isNear)
        {
            using var file = new FileStream(
                path,
                FileMode.Append,
                FileAccess.Write,
                FileShare.ReadWrite | FileShare.Delete
            );
            file.Write(content, 0, content.Length);
            return;
        }

        _written = [.. _written ?? Read() ?? [], .. content];
        string unfinished = WriteBeside(_written);
        if (File.Exists(path))
        {
            File.Replace(unfinished, path, destinationBackupFileName: null);
        }
        else
        {
            File.Move(unfinished, path);
        }
    }

    public override void Fetch(string target, long? bytes)
    {
        if (!File.Exists(path))
        {
            throw new TrialException($"Data must be a file, but there is none at {path}. Look at 'data' in the study.");
        }

        File.Copy(path, target);
    }

    private string WriteBeside(byte[] content)
    {
        string unfinished = path + "." + Guid.NewGuid().ToString("N") + ".tmp";
        using FileStream file = File.Create(unfinished);
        file.Write(content, 0, content.Length);
        file.Flush(flushToDisk: isNear);
        return unfinished;
    }
}
