using System.Collections.Immutable;
using System.Text.Json;

namespace FunctionTune.Spaces;

/// <summary>
/// A node of a search space: any nesting of dictionaries, lists and literals with parameters in it.
/// One node object used in several places is one parameter, sampled once.
/// Numbers, texts and truth values convert to <see cref="Literal"/> by themselves.
/// </summary>
public abstract record SpaceNode
{
    private SpaceNode() { }

    /// <summary>A constant, handed to the objective as it is.</summary>
    /// <param name="Value">Any JSON value.</param>
    public sealed record Literal(JsonElement Value) : SpaceNode;

    /// <summary>A dictionary of nodes.</summary>
    /// <param name="Entries">The entries in the user's order; keys are unique.</param>
    public sealed record Dict(ImmutableArray<KeyValuePair<string, SpaceNode>> Entries) : SpaceNode;

    /// <summary>A list of nodes.</summary>
    /// <param name="Items">The items.</param>
    public sealed record List(ImmutableArray<SpaceNode> Items) : SpaceNode;

    /// <summary>A number to search.</summary>
    /// <param name="Label">The parameter's name, unique in the space.</param>
    /// <param name="Prior">Its prior; neither <see cref="Distribution.Choice"/> nor <see cref="Distribution.PChoice"/>.</param>
    public sealed record Number(string Label, Distribution Prior) : SpaceNode;

    /// <summary>A choice among options, each of which may hold parameters that exist only when it is chosen.</summary>
    /// <param name="Label">The parameter's name, unique in the space.</param>
    /// <param name="Prior"><see cref="Distribution.Choice"/> or <see cref="Distribution.PChoice"/>, over the options.</param>
    /// <param name="Options">The options, at least one.</param>
    public sealed record Choice(string Label, Distribution Prior, ImmutableArray<SpaceNode> Options) : SpaceNode;

    /// <summary>A constant number.</summary>
    public static implicit operator SpaceNode(double value) => new Literal(JsonSerializer.SerializeToElement(value));

    /// <summary>A constant integer.</summary>
    public static implicit operator SpaceNode(int value) => new Literal(JsonSerializer.SerializeToElement(value));

    /// <summary>A constant text.</summary>
    public static implicit operator SpaceNode(string value) => new Literal(JsonSerializer.SerializeToElement(value));

    /// <summary>A constant truth value.</summary>
    public static implicit operator SpaceNode(bool value) => new Literal(JsonSerializer.SerializeToElement(value));
}
