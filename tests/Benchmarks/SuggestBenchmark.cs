using System.Diagnostics;
using System.Globalization;
using FunctionTune.History;
using FunctionTune.Spaces;
using FunctionTune.Suggest;

namespace FunctionTune.Benchmarks;

/// <summary>One suggestion by TPE, beside hyperopt's.</summary>
internal sealed class SuggestBenchmark : IBenchmark
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);
    private static readonly int[] s_sizes = [20, 100, 300, 1000, 3000, 10_000];
    private static readonly int[] s_dimensions = [2, 8, 20, 50];
    private readonly TpeSuggester _tpe = new(new TpeOptions());

    /// <inheritdoc/>
    public string Name => "suggest";

    /// <inheritdoc/>
    public string About => "one suggestion by tpe after n trials of d parameters; [FILE.csv with hyperopt's times]";

    /// <inheritdoc/>
    public async Task RunAsync(string[] arguments, TextWriter output, CancellationToken cancellationToken)
    {
        string file = arguments.FirstOrDefault(Path.Combine(AppContext.BaseDirectory, "Data", "hyperopt-suggest.csv"));
        Dictionary<(int D, int N), double> peers = await ReadAsync(file, cancellationToken);
        Measure(History(dimensions: 3, size: 1000), s_patience);
        await output.WriteLineAsync(
            "| d | n | median, ms | min, ms | allocated, bytes | record, ms | hyperopt, ms | ratio |"
        );
        await output.WriteLineAsync("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (int dimensions in s_dimensions)
        {
            foreach (int size in s_sizes)
            {
                TrialHistory history = History(dimensions, size);
                (double median, double min, long bytes) = Measure(history, s_patience);
                double peer = peers.GetValueOrDefault((dimensions, size), double.NaN);
                await output.WriteLineAsync(
                    FormattableString.Invariant(
                        $"| {dimensions} | {size} | {median:F4} | {min:F4} | {bytes} | {Record(history):F4} | {peer:F1} | {peer / median:F0} |"
                    )
                );
            }
        }
    }

    private (double Median, double Min, long Bytes) Measure(TrialHistory history, TimeSpan patience)
    {
        int first = history.Observations.Count;
        List<double> times = [];
        long bytes = 0;
        var clock = Stopwatch.StartNew();
        while (times.Count < 20 || clock.Elapsed < patience)
        {
            var request = new SuggestRequest(history, first + times.Count, Count: 1, Seed: 1);
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            _tpe.Suggest(request);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        times.Sort();
        return (times[times.Count / 2], times[0], bytes);
    }

    // A trial is recorded twice: when it starts, and when its loss is known.
    private static double Record(TrialHistory history)
    {
        const int Count = 50;
        int first = history.Observations.Count;
        IReadOnlyList<Point> points = Draw(history.Space, Count, seed: 3);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Count; i++)
        {
            history.Record(new Observation(first + i, points[i], LossKind.Pending, double.NaN, double.NaN));
            history.Record(new Observation(first + i, points[i], LossKind.Finite, i, double.NaN));
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / Count;
    }

    private static TrialHistory History(int dimensions, int size)
    {
        var space = SearchSpace.Create(
            Hp.Dict([.. Enumerable.Range(0, dimensions).Select(i => ($"x{i}", Parameter(i, $"x{i}")))])
        );
        var history = new TrialHistory(space);
        IReadOnlyList<Point> points = Draw(space, size, seed: 1);
        IReadOnlyList<Point> losses = Draw(SearchSpace.Create(Hp.Uniform("loss", 0, 1)), size, seed: 2);
        for (int number = 0; number < size; number++)
        {
            history.Record(new Observation(number, points[number], LossKind.Finite, losses[number][0], double.NaN));
        }

        return history;
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

    private static async Task<Dictionary<(int D, int N), double>> ReadAsync(
        string file,
        CancellationToken cancellationToken
    )
    {
        string[] lines = await File.ReadAllLinesAsync(file, cancellationToken);
        return lines
            .Skip(1)
            .Select(line => line.Split(','))
            .ToDictionary(
                cells =>
                    (
                        int.Parse(cells[0], CultureInfo.InvariantCulture),
                        int.Parse(cells[1], CultureInfo.InvariantCulture)
                    ),
                cells => double.Parse(cells[2], CultureInfo.InvariantCulture)
            );
    }
}
