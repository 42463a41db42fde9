using FunctionTune.Suggest;
using FunctionTune.Testing.Search;
using MathNet.Numerics.Distributions;

namespace FunctionTune.Benchmarks.Quality;

/// <summary>Whether <c>tpe</c> finds what Hyperopt's TPE finds.</summary>
internal sealed class ParityBenchmark : IBenchmark
{
    private static readonly int[] s_checkpoints = [25, 50, 100];

    /// <inheritdoc/>
    public string Name => "parity";

    /// <inheritdoc/>
    public string About => "tpe beside Hyperopt's; [--seeds N] [--in-flight 8] [--objective X,Y]";

    /// <inheritdoc/>
    public async Task RunAsync(string[] arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var options = QualityOptions.Read(arguments);
        string[] lines = await File.ReadAllLinesAsync(
            Path.Combine(AppContext.BaseDirectory, "Data", "peers.csv"),
            cancellationToken
        );
        string mode = options.InFlight == 1 ? "sequential" : "parallel8";
        PeerQuartiles[] peers = [.. PeerQuartiles.Read(lines, mode, "ho_tpe")];
        var runs = Objectives
            .All.Where(o => peers.Any(peer => peer.Objective == o.Name))
            .Where(o => options.Objectives.Length == 0 || options.Objectives.Contains(o.Name))
            .ToDictionary(o => o.Name, o => Play(o, options));
        foreach (int trials in s_checkpoints)
        {
            await WriteAsync(output, trials, peers, runs);
        }
    }

    private static double[][] Play(Objective objective, QualityOptions options)
    {
        var tpe = new TpeSuggester(new TpeOptions());
        double[][] curves = new double[options.Seeds][];
        Parallel.For(
            0,
            options.Seeds,
            new ParallelOptions { MaxDegreeOfParallelism = options.Threads },
            seed => curves[seed] = new SearchRun(objective, tpe, (ulong)seed + 1, options.InFlight).Play(options.Trials)
        );
        return curves;
    }

    private static async Task WriteAsync(
        TextWriter output,
        int trials,
        PeerQuartiles[] peers,
        Dictionary<string, double[][]> runs
    )
    {
        await output.WriteLineAsync(
            $"### After {trials} trials: our runs that were better than Hyperopt's quartiles\n"
        );
        await output.WriteLineAsync(
            "| objective | median, Hyperopt's | better than q1 | than the median | than q3 | deviations |"
        );
        await output.WriteLineAsync("| --- | ---: | ---: | ---: | ---: | ---: |");
        List<Parity> all = [];
        foreach ((string name, double[][] curves) in runs)
        {
            PeerQuartiles peer = peers.Single(p => p.Objective == name && p.Trials == trials);
            double[] losses = [.. curves.Select(curve => curve[trials - 1])];
            var parity = new Parity(peer, losses);
            all.Add(parity);
            await output.WriteLineAsync(
                FormattableString.Invariant(
                    $"| {name} | {Quartiles.Of(losses).Median:G4}, {peer.Median:G4} | {parity.BelowLower:P0} | {parity.BelowMedian:P0} | {parity.BelowUpper:P0} | {parity.Lower:F1}, {parity.Median:F1}, {parity.Upper:F1} |"
                )
            );
        }

        double lean = Parity.Together([.. all.Select(parity => parity.Median)]);
        double spread = all.Sum(parity => parity.Median * parity.Median);
        await output.WriteLineAsync(
            FormattableString.Invariant(
                $"\nTogether: medians lean by {lean:F2} deviations (p = {2 * Normal.CDF(0, 1, -Math.Abs(lean)):G2}); quartiles by {Parity.Together([.. all.Select(p => p.Lower)]):F2} and {Parity.Together([.. all.Select(p => p.Upper)]):F2}; chi-square {spread:F1} of {all.Count} (p = {1 - ChiSquared.CDF(all.Count, spread):G2}).\n"
            )
        );
    }
}
