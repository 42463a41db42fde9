using FunctionTune.DatabricksEmulator.Wire;

namespace FunctionTune.DatabricksEmulator.Volumes;

/// <summary>A path of the Files API, and where it lies on this machine.</summary>
/// <param name="Remote">The path, from <c>/Volumes</c> on.</param>
/// <param name="Local">Where it lies.</param>
internal readonly record struct VolumePath(string Remote, string Local)
{
    /// <summary>The parts of the path of a volume: Volumes, catalog, schema, volume.</summary>
    private const int VolumeParts = 4;

    /// <summary>Reads the path of a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="volumes">The folder that stands for <c>/Volumes</c>.</param>
    /// <param name="below">How many parts it must have below the volume.</param>
    public static VolumePath Of(HttpContext context, string volumes, int below)
    {
        string path = "/" + ((string?)context.Request.RouteValues["path"])?.TrimEnd('/');
        string[] parts = path[1..].Split('/');
        bool isClean = !Array.Exists(
            parts,
            part => part is "" or "." or ".." || part.Contains('\0', StringComparison.Ordinal)
        );
        return parts[0] is "Volumes" && parts.Length >= VolumeParts + below && isClean
            ? new(path, Path.Join(volumes, Path.Join(parts[1..])))
            : throw ApiException.Invalid($"Invalid path: {path} must be /Volumes/<catalog>/<schema>/<volume>/<path>.");
    }
}
