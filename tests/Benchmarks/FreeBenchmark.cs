using System.Diagnostics;
using System.Globalization;
using FunctionTune.Local;
using FunctionTune.Spaces;

namespace FunctionTune.Benchmarks;

/// <summary>What a trial costs the host: an objective that takes no time, the log kept in a folder.</summary>
internal sealed class FreeBenchmark : IBenchmark
{
    private const int Trials = 10_000;
    private const int Block = 1_000;

    public string Name => "free";

    public string About => "10,000 trials of an objective that takes no time, 8 at once, rand, log kept";

    public async Task RunAsync(string[] arguments, TextWriter output, CancellationToken cancellationToken)
    {
        string store = Directory.CreateTempSubdirectory("functiontune-bench-").FullName;
        double[] blocks = await MeasureAsync(store, cancellationToken).ConfigureAwait(false);
        long log = new DirectoryInfo(store).EnumerateFiles("*.jsonl", SearchOption.AllDirectories).Sum(f => f.Length);
        Directory.Delete(store, recursive: true);
        await output.WriteLineAsync("| trials | ms a trial |\n| --- | --- |").ConfigureAwait(false);
        foreach ((int i, double ms) in blocks.Index())
        {
            await output.WriteLineAsync(Row(i, ms)).ConfigureAwait(false);
        }

        string summary = string.Create(
            CultureInfo.InvariantCulture,
            $"\nLast thousand / first thousand: {blocks[^1] / blocks[0]:F2}; peak memory {PeakMegabytes():F0} MB; log {(double)log / Trials:F0} bytes a trial."
        );
        await output.WriteLineAsync(summary).ConfigureAwait(false);
    }

    /// <summary>Milliseconds for each thousand trials.</summary>
    private static async Task<double[]> MeasureAsync(string store, CancellationToken cancellationToken)
    {
        var marks = new List<double>();
        var clock = Stopwatch.StartNew();
        int ended = 0;
        SpaceNode space = Hp.Dict(("x", Hp.Uniform("x", -10, 10)), ("k", Hp.Choice("k", "a", "b", "c")));
        var options = new FminOptions
        {
            Seed = 1,
            Store = store,
            ShowProgressbar = false,
        };
        double Objective(Params parameters)
        {
            if (Interlocked.Increment(ref ended) % Block == 0)
            {
                lock (marks)
                {
                    marks.Add(clock.Elapsed.TotalMilliseconds);
                }
            }

            return parameters.Double("x");
        }

        await Fmin.MinimizeAsync(Objective, space, Algo.Rand(), Trials, parallelism: 8, options, cancellationToken)
            .ConfigureAwait(false);
        return [.. marks.Prepend(0).Zip(marks, (before, after) => after - before)];
    }

    private static string Row(int block, double milliseconds) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {block * Block + 1:N0} to {(block + 1) * Block:N0} | {milliseconds / Block:F3} |"
        );

    private static double PeakMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1e6;
    }
}
