using System.Globalization;
using FunctionTune.TrialClient.Json;

namespace FunctionTune.TrialClient;

/// <summary>
/// Parameter values in the structure of the search space: choices are resolved, inactive parameters are absent.
/// A path joins names and places of a list by points (<c>kernel.gamma</c>, <c>layers.0.units</c>); the empty path is the
/// value itself.
/// </summary>
public sealed class TrialParams
{
    private readonly object? _value;
    private readonly string _place;

    internal TrialParams(object? value, string place)
    {
        _value = value;
        _place = place;
    }

    /// <summary>The values as JSON text on one line.</summary>
    public string Json => JsonWriter.Write(_value);

    /// <summary>Every path that leads to a value, outer ones first; the lists and objects on the way included.</summary>
    public IReadOnlyList<string> Paths => [.. ParamPath.All(_value)];

    /// <summary>Whether there is a value at <paramref name="path"/>: false where the parameter is inactive.</summary>
    /// <param name="path">The path.</param>
    public bool Has(string path) => ParamPath.TryFind(_value, path, out _);

    /// <summary>The number at <paramref name="path"/>.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="TrialException">There is no number.</exception>
    public double Double(string path = "") =>
        Find(path) is JsonNumber number ? number.ToDouble() : throw Not(path, "a number");

    /// <summary>The integer at <paramref name="path"/>.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="TrialException">There is no integer, or it does not fit; <c>3.0</c> is an integer.</exception>
    public int Int(string path = "") =>
        Long(path) is >= int.MinValue and <= int.MaxValue and var value
            ? (int)value
            : throw Not(path, "an integer of 32 bits", "Use Long.");

    /// <summary>The integer at <paramref name="path"/>.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="TrialException">There is no integer; <c>3.0</c> is one.</exception>
    public long Long(string path = "") =>
        (Find(path) as JsonNumber)?.ToInteger()
        ?? throw Not(path, "an integer", "Search it with an integer distribution such as uniformint, or use Double.");

    /// <summary>The text at <paramref name="path"/>.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="TrialException">There is no text.</exception>
    public string String(string path = "") => Find(path) as string ?? throw Not(path, "a string");

    /// <summary>The truth value at <paramref name="path"/>.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="TrialException">There is no truth value.</exception>
    public bool Bool(string path = "") => Find(path) as bool? ?? throw Not(path, "true or false");

    /// <summary>The object at <paramref name="path"/>, to read its members from.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="TrialException">There is no object.</exception>
    public TrialParams Object(string path = "") =>
        Find(path) is Dictionary<string, object?> members
            ? new(members, ParamPath.Join(_place, path))
            : throw Not(path, "an object");

    /// <summary>The items of the list at <paramref name="path"/>; <c>item.Double()</c> reads an item that is a number.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="TrialException">There is no list.</exception>
    public IReadOnlyList<TrialParams> List(string path = "") =>
        Find(path) is List<object?> items
            ?
            [
                .. items.Select(
                    (item, i) =>
                        new TrialParams(
                            item,
                            ParamPath.Join(ParamPath.Join(_place, path), i.ToString(CultureInfo.InvariantCulture))
                        )
                ),
            ]
            : throw Not(path, "a list");

    /// <summary>The values as JSON text, as <see cref="Json"/> has them.</summary>
    public override string ToString() => Json;

    private object? Find(string path)
    {
        if (ParamPath.TryFind(_value, path, out object? value))
        {
            return value;
        }

        string paths = string.Join(", ", Paths);
        throw new TrialException(
            $"{_place} has no '{path}'. It has: {(paths.Length > 0 ? paths : "nothing")}. "
                + "Parameters of a choice that was not taken are absent; ask Has(path) first."
        );
    }

    private TrialException Not(string path, string expected, string hint = "") =>
        new(
            $"{ParamPath.Join(_place, path)} is to be {expected}, but is {JsonWriter.Write(Find(path))}.{(hint.Length > 0 ? " " + hint : "")}"
        );
}
