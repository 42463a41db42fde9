using FunctionTune.Spaces;

namespace FunctionTune.Testing.Search;

/// <summary>A point of a space, read by labels.</summary>
/// <param name="space">The space.</param>
/// <param name="point">The point.</param>
public readonly struct Setting(SearchSpace space, Point point)
{
    /// <summary>The raw value of the parameter called <paramref name="label"/>; NaN when it is inactive.</summary>
    public double this[string label] => point[space.IndexOf(label)];

    /// <summary>The values of the parameters in the space's order.</summary>
    public ReadOnlySpan<double> All => point.Values.AsSpan();
}
