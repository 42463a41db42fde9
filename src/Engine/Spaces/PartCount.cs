using System.Collections.Immutable;
using System.Numerics;

namespace FunctionTune.Spaces;

/// <summary>
/// Counts the settings of parameters that hang together, one parameter after the other: what is remembered of those before is
/// only which options were taken of choices that parameters to come depend on.
/// </summary>
/// <param name="grid">The values of the parameters.</param>
/// <param name="parameters">The parameters, every choice before those that depend on it.</param>
/// <param name="mostCases">The most cases that are remembered.</param>
internal sealed class PartCount(PointGrid grid, IReadOnlyList<SpaceParameter> parameters, int mostCases)
{
    /// <summary>Stands for an inactive choice, and for every option that nothing depends on.</summary>
    private const int Other = -1;

    private readonly ILookup<int, (int Option, int User)> _uses = parameters
        .SelectMany(parameter => parameter.Conditions, (user, condition) => (condition, user))
        .ToLookup(use => use.condition.Parameter, use => (use.condition.Option, use.user.Index));

    /// <summary>How many settings there are; null when more cases would have to be remembered.</summary>
    public BigInteger? Count()
    {
        // A case is the option taken of each choice that is still needed, in the order of these.
        var cases = new Dictionary<string, Case>(StringComparer.Ordinal);
        Add(cases, new Case([], BigInteger.One));
        foreach (SpaceParameter parameter in parameters)
        {
            var next = new Dictionary<string, Case>(StringComparer.Ordinal);
            foreach (Case known in cases.Values)
            {
                foreach (Case grown in Grow(known, parameter))
                {
                    Add(next, grown with { Taken = StillNeeded(grown.Taken, parameter.Index) });
                }
            }

            cases = next;
            if (cases.Count > mostCases)
            {
                return null;
            }
        }

        return cases.Values.Aggregate(BigInteger.Zero, (sum, known) => sum + known.Settings);
    }

    private IEnumerable<Case> Grow(Case known, SpaceParameter parameter)
    {
        bool isActive =
            parameter.Conditions.IsEmpty || parameter.Conditions.Any(condition => known.Taken.Contains(condition));
        if (!isActive)
        {
            yield return known;
            yield break;
        }

        DiscreteValues values = grid.ValuesOf(parameter.Index);
        int[] told =
        [
            .. _uses[parameter.Index]
                .Select(use => use.Option)
                .Distinct()
                .Where(option => values.At(values.RankOf(option)) == option),
        ];
        foreach (int option in told)
        {
            yield return known with
            {
                Taken = known.Taken.Add(new Condition(parameter.Index, option)),
            };
        }

        if (values.Count > told.Length)
        {
            yield return new Case(
                known.Taken.Add(new Condition(parameter.Index, Other)),
                known.Settings * (values.Count - told.Length)
            );
        }
    }

    private ImmutableArray<Condition> StillNeeded(ImmutableArray<Condition> taken, int done) =>
        taken.RemoveAll(condition =>
            condition.Option == Other
            || !_uses[condition.Parameter].Any(use => use.Option == condition.Option && use.User > done)
        );

    private static void Add(Dictionary<string, Case> cases, Case fresh)
    {
        string key = string.Join(' ', fresh.Taken.Select(condition => $"{condition.Parameter}={condition.Option}"));
        cases[key] = cases.TryGetValue(key, out Case? known)
            ? known with
            {
                Settings = known.Settings + fresh.Settings,
            }
            : fresh;
    }

    private sealed record Case(ImmutableArray<Condition> Taken, BigInteger Settings);
}
