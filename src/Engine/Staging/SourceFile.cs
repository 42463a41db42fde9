namespace FunctionTune.Staging;

/// <summary>A file on this machine that is to be staged.</summary>
/// <param name="Name">Its name among the files of its dataset: relative, <c>/</c> separated.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">SHA-256 of its bytes, 64 lower-case hexadecimal digits.</param>
public sealed record SourceFile(string Name, string Path, long Bytes, string Sha256);
