namespace FunctionTune.TrialClient.Places;

/// <summary>Opens places of every kind: paths, <c>file:</c>, <c>/Volumes/..</c>, <c>dbfs:/..</c>, <c>https://..</c>.</summary>
/// <param name="others">Opens what is none of these, such as <c>abfss://</c>; null where nothing can.</param>
internal sealed class PlaceOpener(Func<string, string, Place>? others = null)
{
    /// <summary>The file at a place.</summary>
    /// <param name="place">An absolute place.</param>
    /// <param name="what">What it is, as messages begin.</param>
    public Place At(string place, string what)
    {
        string? scheme = PlaceName.Scheme(place);
        switch (scheme)
        {
            case null:
                return PlaceName.IsVolume(place)
                    ? new FilePlace(PlaceName.Mounted(place), isNear: false)
                    : new FilePlace(place, isNear: true);
            case "file":
                return new FilePlace(new Uri(place).LocalPath, isNear: true);
            case "dbfs":
                string inside = "/" + place.Substring("dbfs:".Length).TrimStart('/');
                return new FilePlace(
                    PlaceName.IsVolume(inside) ? PlaceName.Mounted(inside) : "/dbfs" + inside,
                    isNear: false
                );
            case "https" or "http":
                return new WebPlace(place, what);
            default:
                return others?.Invoke(place, what)
                    ?? throw new TrialException(
                        $"{what} must be a path, or a file or https URI, to be opened here, but got {place}. "
                            + "Let 'staging' name a mount or a volume, or set its \"access\" to \"sas\"."
                    );
        }
    }
}
