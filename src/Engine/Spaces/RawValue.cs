using System.Text.Json.Nodes;

namespace FunctionTune.Spaces;

/// <summary>From the raw double of a parameter to the JSON number that the objective receives.</summary>
internal static class RawValue
{
    /// <summary>2^63, the first double above every long.</summary>
    private const double BeyondLong = 9223372036854775808;

    /// <summary>
    /// The number as JSON: an integer where the prior yields integers, otherwise the shortest digits that read back the same.
    /// </summary>
    /// <param name="prior">A numeric prior.</param>
    /// <param name="value">The raw value, finite.</param>
    public static JsonNode ToJson(Distribution prior, double value) =>
        IsInteger(prior) && Math.Abs(value) < BeyondLong
            ? JsonValue.Create((long)value)
            : JsonValue.Create(value == 0 ? 0.0 : value); // not -0, which rounding yields and JSON would show

    /// <summary>Whether the values of <paramref name="prior"/> are integers: by kind, or because the step is one.</summary>
    public static bool IsInteger(Distribution prior) =>
        prior switch
        {
            Distribution.UniformInt or Distribution.RandInt or Distribution.Choice or Distribution.PChoice => true,
            _ => Step(prior) is { } q && double.IsInteger(q),
        };

    /// <summary>The step between neighbouring values, or null for a continuous or unordered prior.</summary>
    public static double? Step(Distribution prior) =>
        prior switch
        {
            Distribution.QUniform d => d.Q,
            Distribution.UniformInt => 1,
            Distribution.QLogUniform d => d.Q,
            Distribution.QNormal d => d.Q,
            Distribution.QLogNormal d => d.Q,
            _ => null,
        };
}
