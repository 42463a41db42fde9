namespace FunctionTune.TrialClient.Datasets;

/// <summary>A file and what it must hold.</summary>
/// <param name="name">Its name: relative, <c>/</c> separated.</param>
/// <param name="sha256">SHA-256, 64 hexadecimal digits; null when it is not known.</param>
/// <param name="bytes">Its size; null when it is not known.</param>
internal sealed class DataFile(string name, string? sha256, long? bytes)
{
    public string Name { get; } = name;

    public string? Sha256 { get; } = sha256;

    public long? Bytes { get; } = bytes;

    /// <summary>Its path below a folder of this machine.</summary>
    public string Below(string folder) => Path.Combine([folder, .. Name.Split('/')]);
}
