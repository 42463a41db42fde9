using System.Collections.Immutable;
using System.Text.Json;

namespace FunctionTune.Spaces.Notation;

/// <summary>A node as it was read, before labels are given and references are followed.</summary>
internal abstract record SpaceDraft
{
    private SpaceDraft() { }

    /// <summary>A constant.</summary>
    public sealed record Literal(JsonElement Value) : SpaceDraft;

    /// <summary>A dictionary.</summary>
    public sealed record Dict(ImmutableArray<KeyValuePair<string, SpaceDraft>> Entries) : SpaceDraft;

    /// <summary>A list.</summary>
    public sealed record List(ImmutableArray<SpaceDraft> Items) : SpaceDraft;

    /// <summary>The parameter that is called <paramref name="Label"/> elsewhere.</summary>
    public sealed record Reference(string Label, string Path) : SpaceDraft;

    /// <summary>A parameter.</summary>
    /// <param name="Path">Its JSON path.</param>
    /// <param name="Place">Where its default label comes from.</param>
    /// <param name="Label">Its explicit label, or null.</param>
    /// <param name="Prior">Its prior, or null when the arguments were refused.</param>
    /// <param name="Options">The options of a choice; default for a number.</param>
    public sealed record Expression(
        string Path,
        LabelPath Place,
        string? Label,
        Distribution? Prior,
        ImmutableArray<SpaceDraft> Options
    ) : SpaceDraft;
}
