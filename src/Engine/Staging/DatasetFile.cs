namespace FunctionTune.Staging;

/// <summary>A file of a dataset.</summary>
/// <param name="Name">Its name: relative, <c>/</c> separated.</param>
/// <param name="Sha256">SHA-256 of its bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Bytes">Its size.</param>
public sealed record DatasetFile(string Name, string Sha256, long Bytes);
