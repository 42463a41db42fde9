namespace FunctionTune.Local.Processes;

/// <summary>What a program left where a file is expected. It may be anything: only a file is opened.</summary>
internal static class LeftFile
{
    /// <summary>
    /// Whether there is something to read. A pipe has no length: opening it would wait for somebody who writes, for ever.
    /// </summary>
    public static bool HasContent(string path)
    {
        var file = new FileInfo(path);
        FileSystemInfo target = file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
        return target is FileInfo { Exists: true, Length: > 0 };
    }
}
