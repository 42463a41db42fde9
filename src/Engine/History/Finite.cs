namespace FunctionTune.History;

/// <summary>A log holds no NaN and no infinity: a number that is not finite is not known.</summary>
internal static class Finite
{
    /// <summary>The number, or null when it is not finite.</summary>
    public static double? Or(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
