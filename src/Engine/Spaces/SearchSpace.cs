using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FunctionTune.Spaces;

/// <summary>
/// What is searched: a tree of <see cref="SpaceNode"/> and, flattened from it, the parameters with the conditions under
/// which each is active. Immutable and safe to share.
/// </summary>
public sealed class SearchSpace
{
    private readonly FrozenDictionary<string, int> _indexes;

    internal SearchSpace(SpaceNode root, ImmutableArray<SpaceParameter> parameters, ImmutableArray<SpaceNode> nodes)
    {
        Root = root;
        Parameters = parameters;
        Nodes = nodes;
        _indexes = parameters.ToFrozenDictionary(p => p.Label, p => p.Index, StringComparer.Ordinal);
    }

    /// <summary>The tree as the user wrote it.</summary>
    public SpaceNode Root { get; }

    /// <summary>
    /// The parameters, every choice before the parameters that depend on it, otherwise in the order of the tree.
    /// </summary>
    public ImmutableArray<SpaceParameter> Parameters { get; }

    /// <summary>The node of each of <see cref="Parameters"/>, at the same index.</summary>
    internal ImmutableArray<SpaceNode> Nodes { get; }

    /// <summary>A space over <paramref name="root"/>.</summary>
    /// <param name="root">Any nesting of dictionaries, lists, literals and parameters.</param>
    /// <exception cref="InvalidInputException">
    /// A label stands for two different parameters, or a distribution's arguments break its rules; all problems are listed.
    /// </exception>
    public static SearchSpace Create(SpaceNode root)
    {
        var builder = new SpaceBuilder();
        builder.Add(root);
        return builder.Build(root);
    }

    /// <summary>The space over <paramref name="root"/>; see <see cref="Create"/>.</summary>
    /// <param name="root">Any nesting of dictionaries, lists, literals and parameters.</param>
    public static implicit operator SearchSpace(SpaceNode root) => Create(root);

    /// <summary>The index of the parameter called <paramref name="label"/>, or -1.</summary>
    public int IndexOf(string label) => _indexes.GetValueOrDefault(label, -1);

    /// <summary>Whether a parameter is active, given the values of the parameters before it.</summary>
    /// <param name="parameter">Index of the parameter.</param>
    /// <param name="values">Raw values, shape (at least <paramref name="parameter"/>); NaN = inactive.</param>
    public bool IsActive(int parameter, ReadOnlySpan<double> values)
    {
        ImmutableArray<Condition> conditions = Parameters[parameter].Conditions;
        foreach (Condition condition in conditions)
        {
            if (values[condition.Parameter] == condition.Option)
            {
                return true;
            }
        }

        return conditions.IsEmpty;
    }

    /// <summary>
    /// The concrete structure that a trial receives (hyperopt's <c>space_eval</c>): each parameter is replaced by its value and
    /// each choice by the option taken, never its index; what is inactive is absent. Values of integer kinds, and of quantised
    /// kinds with a whole step, are integers. A space that is a single expression evaluates to the bare value.
    /// </summary>
    /// <param name="point">A point of this space.</param>
    /// <returns>A tree of its own; null is JSON's null.</returns>
    /// <exception cref="ArgumentException">The point is not one of this space.</exception>
    public JsonNode? Evaluate(Point point) => SpaceEvaluation.Evaluate(this, Root, Checked(point));

    /// <summary>
    /// The value of every active parameter by its label, in the order of <see cref="Parameters"/>: numbers, and for a choice the
    /// option taken, evaluated.
    /// </summary>
    /// <param name="point">A point of this space.</param>
    /// <exception cref="ArgumentException">The point is not one of this space.</exception>
    public JsonObject Values(Point point) => SpaceEvaluation.Values(this, Checked(point));

    /// <summary>The raw value of every active parameter by its label: a number, or the index of the option of a choice.</summary>
    /// <param name="point">A point of this space.</param>
    /// <exception cref="ArgumentException">The point is not one of this space.</exception>
    public ImmutableSortedDictionary<string, double> ToLabels(Point point) => PointLabels.Write(this, Checked(point));

    /// <summary>The point with these raw values; the inverse of <see cref="ToLabels"/>.</summary>
    /// <param name="labels">Raw values by label: exactly those of the active parameters.</param>
    /// <exception cref="InvalidInputException">
    /// A label is unknown, missing or inactive, or a value is impossible; all problems are listed.
    /// </exception>
    public Point FromLabels(IReadOnlyDictionary<string, double> labels) => PointLabels.Read(this, labels);

    /// <summary>
    /// Whether <paramref name="point"/> is one of this space: it has a value for every parameter, a value that is possible under
    /// its prior exactly where the parameter is active, and NaN elsewhere.
    /// </summary>
    /// <param name="point">Any point.</param>
    public bool Contains(Point point)
    {
        ReadOnlySpan<double> values = point.Values.AsSpan();
        bool contains = values.Length == Parameters.Length;
        for (int i = 0; i < Parameters.Length && contains; i++)
        {
            contains = IsActive(i, values)
                ? DistributionSupport.Contains(Parameters[i].Prior, values[i])
                : double.IsNaN(values[i]);
        }

        return contains;
    }

    /// <summary>
    /// The point that evaluates to <paramref name="value"/>, the inverse of <see cref="Evaluate"/>: literals must be equal,
    /// dictionaries must have the same keys, and a choice takes the first option that matches as a whole.
    /// </summary>
    /// <param name="value">The structure that a trial would receive.</param>
    /// <param name="path">The path of <paramref name="value"/>, for the problems.</param>
    /// <param name="problems">Receives what does not match.</param>
    /// <returns>The point, or null when there are problems.</returns>
    public Point? Match(JsonElement value, string path, ICollection<Problem> problems) =>
        new PointMatch(this).Find(value, path, problems);

    private Point Checked(Point point) =>
        point.Values.Length == Parameters.Length
            ? point
            : throw new ArgumentException(
                $"A point of this space has {Parameters.Length} values, but this one has {point.Values.Length}.",
                nameof(point)
            );
}
