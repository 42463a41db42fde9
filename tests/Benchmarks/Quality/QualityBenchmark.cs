using System.Diagnostics;
using FunctionTune.Hosting;
using FunctionTune.Studies;
using FunctionTune.Suggest;
using FunctionTune.Testing.Search;

namespace FunctionTune.Benchmarks.Quality;

/// <summary>How good a loss the algorithms find, beside their peers.</summary>
internal sealed class QualityBenchmark : IBenchmark
{
    private const string Random = "rand";
    private const string PeersRandom = "ho_rand";
    private static readonly int[] s_checkpoints = [25, 50, 100, 200];

    /// <inheritdoc/>
    public string Name => "quality";

    /// <inheritdoc/>
    public string About =>
        "regret beside the peers; [--algo A,B] [--seeds N] [--in-flight 8] [--objective X,Y] [--trials N]";

    /// <inheritdoc/>
    public async Task RunAsync(string[] arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var options = QualityOptions.Read(arguments);
        QualityTable peers = await QualityTable.PeersAsync(
            options.InFlight == 1 ? "sequential" : "parallel8",
            cancellationToken
        );
        Objective[] objectives =
        [
            .. (options.InFlight == 1 ? Objectives.All : Objectives.InParallel).Where(o =>
                options.Objectives.Length == 0 || options.Objectives.Contains(o.Name)
            ),
        ];
        var own = new QualityTable();
        foreach (string algorithm in options.Algorithms.Prepend(Random).Distinct())
        {
            long start = Stopwatch.GetTimestamp();
            foreach (Objective objective in objectives)
            {
                Measure(own, objective, algorithm, options);
            }

            double each =
                Stopwatch.GetElapsedTime(start).TotalMilliseconds
                * options.Threads
                / (objectives.Length * options.Seeds * options.Trials);
            await output.WriteLineAsync(FormattableString.Invariant($"{algorithm}: {each:F2} ms a trial\n"));
        }

        foreach (int trials in s_checkpoints.Where(n => n <= options.Trials))
        {
            await new QualityReport(objectives, own, peers, trials).WriteAsync(
                output,
                [Random, .. options.Algorithms.Except([Random])],
                PeersRandom
            );
        }
    }

    private static void Measure(QualityTable table, Objective objective, string algorithm, QualityOptions options)
    {
        ISuggester suggester = Suggesters.BuiltIn.Create(new AlgoSpec(algorithm));
        double[][] curves = new double[options.Seeds][];
        Parallel.For(
            0,
            options.Seeds,
            new ParallelOptions { MaxDegreeOfParallelism = options.Threads },
            seed =>
                curves[seed] = new SearchRun(objective, suggester, (ulong)seed + 1, options.InFlight).Play(
                    options.Trials
                )
        );
        foreach (int trials in s_checkpoints.Where(n => n <= options.Trials))
        {
            table.Set(objective.Name, algorithm, trials, Quartiles.Of(curves.Select(curve => curve[trials - 1])));
        }
    }
}
