namespace FunctionTune.Local.Stores;

/// <summary>Files that are there whole or not at all.</summary>
internal static class WholeFile
{
    /// <summary>Writes a file beside its place and moves it there; an older one is replaced.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string draft = $"{path}.{Environment.ProcessId}.draft";
        File.WriteAllBytes(draft, content);
        File.Move(draft, path, overwrite: true);
    }
}
