using System.Globalization;

namespace FunctionTune.Service.Http;

/// <summary>Times in headers.</summary>
internal static class WireTime
{
    /// <summary>Whole seconds, at least one.</summary>
    public static string Seconds(TimeSpan wait) =>
        Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
