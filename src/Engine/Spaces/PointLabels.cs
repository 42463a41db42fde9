using System.Collections.Immutable;

namespace FunctionTune.Spaces;

/// <summary>Points by label.</summary>
public static class PointLabels
{
    /// <summary>The raw values of the active parameters by label.</summary>
    public static ImmutableSortedDictionary<string, double> ToLabels(this SearchSpace space, Point point) =>
        space
            .Parameters.Where(p => point.IsActive(p.Index))
            .ToImmutableSortedDictionary(p => p.Label, p => point[p.Index], StringComparer.Ordinal);

    /// <summary>The point with the given raw values by label.</summary>
    public static Point FromLabels(this SearchSpace space, IReadOnlyDictionary<string, double> values) =>
        new([.. space.Parameters.Select(p => values.TryGetValue(p.Label, out double value) ? value : double.NaN)]);
}
