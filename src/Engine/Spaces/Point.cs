using System.Collections.Immutable;

namespace FunctionTune.Spaces;

/// <summary>
/// One setting of every parameter of a space, in raw form: shape (parameters), a number or the index of the option
/// taken, NaN where the parameter is inactive. Immutable, compared by value.
/// </summary>
public sealed class Point : IEquatable<Point>
{
    /// <summary>A point over the given raw values.</summary>
    /// <param name="values">Shape (parameters), in the order of <see cref="SearchSpace.Parameters"/>; NaN = inactive.</param>
    public Point(ImmutableArray<double> values) => Values = values;

    /// <summary>The raw values, shape (parameters); NaN where the parameter is inactive.</summary>
    public ImmutableArray<double> Values { get; }

    /// <summary>The raw value of the parameter at <paramref name="index"/>; NaN when it is inactive.</summary>
    public double this[int index] => Values[index];

    /// <summary>Whether the parameter at <paramref name="index"/> is active in this point.</summary>
    public bool IsActive(int index) => !double.IsNaN(Values[index]);

    /// <inheritdoc/>
    public bool Equals(Point? other) => other is not null && Values.AsSpan().SequenceEqual(other.Values.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Point);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (double value in Values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }
}
