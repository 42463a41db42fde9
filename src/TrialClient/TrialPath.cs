namespace FunctionTune.TrialClient;

/// <summary>Places named in a trial file.</summary>
internal static class TrialPath
{
    /// <summary>The local path of a place: a path, from <paramref name="folder"/> if it is relative, or a file URI.</summary>
    /// <exception cref="TrialException">The place is a URI of another kind.</exception>
    public static string Local(string place, string folder, string what)
    {
        if (place.IndexOf("://", StringComparison.Ordinal) < 0)
        {
            return Path.GetFullPath(Path.Combine(folder, place));
        }

        return System.Uri.TryCreate(place, UriKind.Absolute, out Uri? uri) && uri.IsFile
            ? uri.LocalPath
            : throw new TrialException(
                $"{what} must be a path or a file URI to be opened here, but got {place}. "
                    + "Read it with the client of its store, or mount the store as a folder."
            );
    }
}
