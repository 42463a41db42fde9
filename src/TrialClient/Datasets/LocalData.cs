namespace FunctionTune.TrialClient.Datasets;

/// <summary>Data on this machine.</summary>
/// <param name="path">Its file, or its folder.</param>
/// <param name="files">The paths of its files.</param>
internal sealed class LocalData(string path, IReadOnlyList<string> files)
{
    public string Path { get; } = path;

    public IReadOnlyList<string> Files { get; } = files;
}
