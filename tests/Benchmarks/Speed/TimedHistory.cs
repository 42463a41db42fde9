using System.Diagnostics;
using FunctionTune.History;
using FunctionTune.Spaces;
using FunctionTune.Suggest;

namespace FunctionTune.Benchmarks.Speed;

/// <summary>A history of random finished trials, whose parameters cycle through uniform, loguniform and a choice of four.</summary>
internal sealed class TimedHistory
{
    private const int Records = 50;
    private readonly TrialHistory _history;

    /// <summary>A history of <paramref name="size"/> trials of <paramref name="dimensions"/> parameters; always the same one.</summary>
    public TimedHistory(int dimensions, int size)
    {
        var space = SearchSpace.Create(
            Hp.Dict([.. Enumerable.Range(0, dimensions).Select(i => ($"x{i}", Parameter(i, $"x{i}")))])
        );
        _history = new TrialHistory(space);
        IReadOnlyList<Point> points = Draw(space, size, seed: 1);
        IReadOnlyList<Point> losses = Draw(SearchSpace.Create(Hp.Uniform("loss", 0, 1)), size, seed: 2);
        for (int number = 0; number < size; number++)
        {
            _history.Record(new Observation(number, points[number], LossKind.Finite, losses[number][0], double.NaN));
        }
    }

    /// <summary>
    /// Asks for one point after another, at least 7, for at least the given time, and gives the milliseconds in rising order and the
    /// bytes that one call allocated.
    /// </summary>
    public (List<double> Times, long Bytes) Ask(ISuggester suggester, TimeSpan patience)
    {
        int first = _history.Observations.Count;
        List<double> times = [];
        long bytes = 0;
        var clock = Stopwatch.StartNew();
        while (times.Count < 7 || clock.Elapsed < patience)
        {
            var request = new SuggestRequest(_history, first + times.Count, Count: 1, Seed: 1);
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            suggester.Suggest(request);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        times.Sort();
        return (times, bytes);
    }

    /// <summary>
    /// Milliseconds to tell a trial: recorded twice, when it starts and when its loss is known, in a history that was asked before. Leaves
    /// some trials more.
    /// </summary>
    public double Tell()
    {
        int first = _history.Observations.Count;
        IReadOnlyList<Point> points = Draw(_history.Space, Records, seed: 3);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Records; i++)
        {
            _history.Record(new Observation(first + i, points[i], LossKind.Pending, double.NaN, double.NaN));
            _history.Record(new Observation(first + i, points[i], LossKind.Finite, i, double.NaN));
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / Records;
    }

    private static SpaceNode Parameter(int index, string label) =>
        (index % 3) switch
        {
            0 => Hp.Uniform(label, 0, 1),
            1 => Hp.LogUniform(label, Math.Log(1e-4), 0),
            _ => Hp.Choice(label, 0, 1, 2, 3),
        };

    private static IReadOnlyList<Point> Draw(SearchSpace space, int count, ulong seed) =>
        [
            .. new RandomSuggester()
                .Suggest(new SuggestRequest(new TrialHistory(space), 0, count, seed))
                .Select(suggestion => suggestion.Point),
        ];
}
