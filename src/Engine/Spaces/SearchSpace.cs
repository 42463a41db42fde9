using System.Collections.Frozen;
using System.Collections.Immutable;

namespace FunctionTune.Spaces;

/// <summary>
/// What is searched: a tree of <see cref="SpaceNode"/> and, flattened from it, the parameters with the conditions under
/// which each is active. Immutable and safe to share.
/// </summary>
public sealed class SearchSpace
{
    private readonly FrozenDictionary<string, int> _indexes;

    internal SearchSpace(SpaceNode root, ImmutableArray<SpaceParameter> parameters)
    {
        Root = root;
        Parameters = parameters;
        _indexes = parameters.ToFrozenDictionary(p => p.Label, p => p.Index, StringComparer.Ordinal);
    }

    /// <summary>The tree as the user wrote it.</summary>
    public SpaceNode Root { get; }

    /// <summary>
    /// The parameters, every choice before the parameters that depend on it, otherwise in the order of the tree.
    /// </summary>
    public ImmutableArray<SpaceParameter> Parameters { get; }

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
}
