namespace FunctionTune.Remote.Blobs.Staging;

/// <summary>Which paths can be names of blobs.</summary>
internal static class BlobPaths
{
    private const int MaxLength = 1024;

    /// <summary>The path itself.</summary>
    /// <exception cref="FunctionTuneException">The path cannot be the name of a blob.</exception>
    public static string Checked(string path, BlobPlace place)
    {
        bool isGood =
            place.NameOf(path).Length <= MaxLength
            && !path.Any(c => char.IsControl(c) || c == '\\')
            && path.Split('/').All(part => part is not ("" or "." or ".."))
            && !path.EndsWith('.');
        return isGood
            ? path
            : throw new FunctionTuneException(
                $"A name in blob storage has parts between single slashes, no '.', '..' or '\\', no control characters, no dot at its end, and {MaxLength} characters at most, but got '{path}'.",
                "Rename the file."
            );
    }
}
