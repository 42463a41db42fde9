using System.Collections.Immutable;
using System.Globalization;
using FunctionTune.Json;

namespace FunctionTune.Spaces;

/// <summary>Points as raw values by label, the form of hyperopt's <c>misc.vals</c>.</summary>
internal static class PointLabels
{
    /// <summary>The raw values of the active parameters.</summary>
    public static ImmutableSortedDictionary<string, double> Write(SearchSpace space, Point point) =>
        space
            .Parameters.Where(parameter => point.IsActive(parameter.Index))
            .ToImmutableSortedDictionary(p => p.Label, p => point[p.Index], StringComparer.Ordinal);

    /// <summary>The point with the raw values <paramref name="labels"/>, checked.</summary>
    public static Point Read(SearchSpace space, IReadOnlyDictionary<string, double> labels)
    {
        var problems = new List<Problem>();
        problems.AddRange(
            labels
                .Keys.Where(label => space.IndexOf(label) < 0)
                .Order(StringComparer.Ordinal)
                .Select(label => Unknown(space, label))
        );

        double[] values = new double[space.Parameters.Length];
        Array.Fill(values, double.NaN);
        foreach (SpaceParameter parameter in space.Parameters)
        {
            bool given = labels.TryGetValue(parameter.Label, out double value);
            bool active = space.IsActive(parameter.Index, values);
            if (given && active && DistributionSupport.Contains(parameter.Prior, value))
            {
                values[parameter.Index] = value;
            }
            else if (given || active)
            {
                problems.Add(Refuse(parameter, active, given ? value.ToString(CultureInfo.InvariantCulture) : ""));
            }
        }

        return problems.Count == 0 ? new Point([.. values]) : throw new InvalidInputException([.. problems]);
    }

    private static Problem Unknown(SearchSpace space, string label) =>
        new(
            label,
            "a label must be one of the space's",
            $"'{label}'",
            Spelling.Suggest(label, space.Parameters.Select(parameter => parameter.Label))
        );

    private static Problem Refuse(SpaceParameter parameter, bool active, string given) =>
        (active, given.Length > 0) switch
        {
            (true, true) => new(
                parameter.Label,
                $"the raw value must be {DistributionSupport.Describe(parameter.Prior)}",
                given
            ),
            (true, false) => new(parameter.Label, "every active parameter must have a value", "none"),
            _ => new(
                parameter.Label,
                "an inactive parameter must have no value",
                given,
                "Leave it out: the choice that it depends on has taken another option."
            ),
        };
}
