using FunctionTune.History;
using FunctionTune.Spaces;
using FunctionTune.Suggest;

namespace FunctionTune.Testing.Suggest;

/// <summary>Histories of random points, with losses of every sort.</summary>
public static class Histories
{
    /// <summary>Each makes its history over a space anew; always the same one.</summary>
    public static SortedDictionary<string, Func<SearchSpace, TrialHistory>> ByName { get; } =
        new(StringComparer.Ordinal)
        {
            ["empty"] = space => new TrialHistory(space),
            ["one trial"] = space => Random(space, 1, Finite),
            ["finished"] = space => Random(space, 60, Finite),
            ["many finished"] = space => Random(space, 400, Finite),
            ["all pending"] = space => Random(space, 30, (n, p) => Lossless(n, p, LossKind.Pending)),
            ["all failed"] = space => Random(space, 30, (n, p) => Lossless(n, p, LossKind.Bad)),
            ["all not numbers"] = space => Random(space, 30, (n, p) => Lossless(n, p, LossKind.None)),
            ["every kind"] = space => Random(space, 90, EveryKind),
            ["equal losses"] = space => Random(space, 50, (n, p) => Finite(n, p, loss: 3)),
            ["huge losses"] = space => Random(space, 50, (n, p) => Finite(n, p, n % 2 == 0 ? 1e308 : -1e308)),
            ["tiny losses"] = space => Random(space, 50, (n, p) => Finite(n, p, n * double.Epsilon)),
            ["equal points"] = space => Repeat(space, 60),
        };

    /// <summary>A finished trial.</summary>
    public static Observation Finite(int number, Point point, double loss) =>
        new(number, point, LossKind.Finite, loss, double.NaN);

    /// <summary>A finished trial whose loss depends on its number.</summary>
    public static Observation Finite(int number, Point point) => Finite(number, point, Math.Sin(number * number));

    /// <summary>A trial without a loss.</summary>
    public static Observation Lossless(int number, Point point, LossKind kind) =>
        new(number, point, kind, double.NaN, double.NaN);

    /// <summary>A history of random points.</summary>
    public static TrialHistory Random(SearchSpace space, int count, Func<int, Point, Observation> observe)
    {
        var history = new TrialHistory(space);
        IReadOnlyList<Suggestion> points = new RandomSuggester().Suggest(
            new SuggestRequest(history, 0, count, Seed: 11)
        );
        for (int number = 0; number < count; number++)
        {
            history.Record(observe(number, points[number].Point));
        }

        return history;
    }

    private static Observation EveryKind(int number, Point point) =>
        (number % 5) switch
        {
            0 => Lossless(number, point, LossKind.Pending),
            1 => Lossless(number, point, LossKind.Bad),
            2 => Lossless(number, point, LossKind.None),
            _ => Finite(number, point),
        };

    private static TrialHistory Repeat(SearchSpace space, int count)
    {
        TrialHistory one = Random(space, 1, Finite);
        var history = new TrialHistory(space);
        for (int number = 0; number < count; number++)
        {
            history.Record(Finite(number, one.Observations[0].Point));
        }

        return history;
    }
}
