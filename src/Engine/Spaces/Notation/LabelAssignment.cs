namespace FunctionTune.Spaces.Notation;

/// <summary>
/// Gives every parameter its label. An explicit label stands as it is. A default label is the parameter's path; where that
/// would name several parameters, the options that they stand in are added (see <see cref="LabelPath"/>), and should that
/// not tell them apart either, since keys may hold dots, <c>#2</c>, <c>#3</c> and so on in the order of the tree.
/// </summary>
internal static class LabelAssignment
{
    /// <summary>The parameters by label.</summary>
    /// <param name="expressions">The parameters in the order of the tree.</param>
    /// <param name="problems">Receives labels that were given twice.</param>
    public static Dictionary<string, SpaceDraft.Expression> Assign(
        IReadOnlyList<SpaceDraft.Expression> expressions,
        ICollection<Problem> problems
    )
    {
        var byLabel = new Dictionary<string, SpaceDraft.Expression>(StringComparer.Ordinal);
        foreach (SpaceDraft.Expression expression in expressions.Where(expression => expression.Label is not null))
        {
            if (!byLabel.TryAdd(expression.Label!, expression))
            {
                problems.Add(Twice(expression.Path, expression.Label!, byLabel[expression.Label!].Path));
            }
        }

        var shared = new HashSet<string>(byLabel.Keys, StringComparer.Ordinal);
        SpaceDraft.Expression[] unlabelled = [.. expressions.Where(expression => expression.Label is null)];
        shared.UnionWith(
            unlabelled
                .GroupBy(expression => expression.Place.Label, StringComparer.Ordinal)
                .Where(group => group.Skip(1).Any())
                .Select(group => group.Key)
        );
        foreach (SpaceDraft.Expression expression in unlabelled)
        {
            LabelPath place = expression.Place;
            string label = place.IsInOption && shared.Contains(place.Label) ? place.FullLabel : place.Label;
            if (byLabel.TryGetValue(label, out SpaceDraft.Expression? taken) && taken.Label is not null)
            {
                problems.Add(Twice(expression.Path, label, taken.Path));
            }
            else
            {
                AddNumbered(byLabel, label, expression);
            }
        }

        return byLabel;
    }

    private static void AddNumbered(
        Dictionary<string, SpaceDraft.Expression> byLabel,
        string label,
        SpaceDraft.Expression expression
    )
    {
        string candidate = label;
        for (int number = 2; !byLabel.TryAdd(candidate, expression); number++)
        {
            candidate = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{label}#{number}");
        }
    }

    private static Problem Twice(string path, string label, string other) =>
        new(
            path,
            "a label must name one parameter",
            $"'{label}', which {other} has too",
            $"Give one of them another label, or write {{\"ref\": \"{label}\"}} for the same parameter in a second place."
        );
}
