using System.Globalization;

namespace FunctionTune.Spaces.Notation;

/// <summary>
/// Where a parameter stands in the structure that the objective receives, from which its default label is made: keys and
/// indexes of lists, as in <c>kernel.gamma</c> and <c>layers[0].size</c>. Options of a choice do not show in the structure, so
/// they are left out, and added only where two labels would be the same: <c>kernel.rbf.gamma</c>, <c>kernel[1].gamma</c>.
/// </summary>
/// <param name="Plain">The path without options; empty at the root.</param>
/// <param name="Full">The path with options; empty at the root.</param>
/// <param name="IsInOption">Whether the two differ.</param>
internal readonly record struct LabelPath(string Plain, string Full, bool IsInOption)
{
    /// <summary>What a space that is a single expression calls its parameter.</summary>
    public const string RootLabel = "x";

    /// <summary>The root of a space.</summary>
    public static readonly LabelPath Root = new("", "", IsInOption: false);

    /// <summary>The default label.</summary>
    public string Label => Plain.Length > 0 ? Plain : RootLabel;

    /// <summary>The default label where <see cref="Label"/> would name several parameters.</summary>
    public string FullLabel => Full.Length > 0 ? Full : RootLabel;

    /// <summary>The entry of a dictionary.</summary>
    public LabelPath Key(string key) => this with { Plain = Join(Plain, key), Full = Join(Full, key) };

    /// <summary>The item of a list.</summary>
    public LabelPath Item(int index) => this with { Plain = Plain + Bracket(index), Full = Full + Bracket(index) };

    /// <summary>The option of a choice.</summary>
    /// <param name="index">Its number.</param>
    /// <param name="name">What tells it from the other options, or null when nothing does.</param>
    public LabelPath Option(int index, string? name) =>
        new(Plain, name is null ? FullLabel + Bracket(index) : Join(FullLabel, name), IsInOption: true);

    private static string Join(string path, string key)
    {
        string name = key.Length > 0 ? key : "''";
        return path.Length > 0 ? $"{path}.{name}" : name;
    }

    private static string Bracket(int index) => string.Create(CultureInfo.InvariantCulture, $"[{index}]");
}
