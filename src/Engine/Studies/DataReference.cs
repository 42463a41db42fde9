using System.Collections.Immutable;

namespace FunctionTune.Studies;

/// <summary>Data named by what it holds; a trial opens it, it is never handed over by value.</summary>
/// <param name="Uri">Where it lies: a path or a URI; of a folder without a slash at the end.</param>
/// <param name="Sha256">SHA-256 of the bytes, 64 lower-case hexadecimal digits; null until it is known.</param>
/// <param name="Bytes">Size in bytes; null until it is known.</param>
public sealed record DataReference(string Uri, string? Sha256 = null, long? Bytes = null)
{
    /// <summary>Where the manifest of a folder lies; null when the data is one file, or nothing is known of it.</summary>
    public string? Manifest { get; init; }

    /// <summary>What the study file said, when the data was staged from there; null when it lies where the file said.</summary>
    public string? Source { get; init; }

    /// <summary>
    /// Where each file of a folder lies, by its name, when each needs a permission of its own; null when they lie below
    /// <see cref="Uri"/>. Only trials are told, for permissions are not to be written down.
    /// </summary>
    public ImmutableSortedDictionary<string, string>? Files { get; init; }
}
