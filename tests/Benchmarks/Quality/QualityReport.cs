using FunctionTune.Testing.Search;

namespace FunctionTune.Benchmarks.Quality;

/// <summary>The Markdown tables of one number of trials.</summary>
/// <param name="objectives">The objectives.</param>
/// <param name="own">Our figures.</param>
/// <param name="peers">The peers' figures.</param>
/// <param name="trials">How many trials had ended.</param>
internal sealed class QualityReport(Objective[] objectives, QualityTable own, QualityTable peers, int trials)
{
    private static readonly string[] s_peers = ["ho_tpe", "ho_anneal", "op_tpe", "op_cmaes", "op_gp"];

    /// <summary>Writes the median regrets with quartiles, and the ratios to random search.</summary>
    public async Task WriteAsync(TextWriter output, string[] algorithms, string peersRandom)
    {
        await output.WriteLineAsync($"### After {trials} trials: regret (quartiles), and its ratio to random search\n");
        string heads = string.Concat(algorithms.Concat(s_peers).Select(name => $" {name} |"));
        await output.WriteLineAsync($"| objective |{heads}");
        await output.WriteLineAsync(
            $"| --- |{string.Concat(Enumerable.Repeat(" ---: |", algorithms.Length + s_peers.Length))}"
        );
        foreach (Objective o in objectives)
        {
            string cells = string.Concat(algorithms.Select(a => Cell(own, o, a, algorithms[0])));
            string others = string.Concat(s_peers.Select(a => Cell(peers, o, a, peersRandom)));
            await output.WriteLineAsync($"| {o.Name} |{cells}{others}");
        }

        string means = string.Concat(algorithms.Select(a => Mean(own, a, algorithms[0])));
        string peerMeans = string.Concat(s_peers.Select(a => Mean(peers, a, peersRandom)));
        await output.WriteLineAsync($"| geometric mean |{means}{peerMeans}");
        foreach (string algorithm in algorithms.Skip(1))
        {
            string wins = string.Concat(s_peers.Select(peer => Wins(algorithm, peer)));
            await output.WriteLineAsync(
                $"| {algorithm} better : worse |{string.Concat(Enumerable.Repeat(" |", algorithms.Length))}{wins}"
            );
        }

        await output.WriteLineAsync();
    }

    private string Cell(QualityTable table, Objective o, string algorithm, string random)
    {
        if (table.Get(o.Name, algorithm, trials) is not { } q)
        {
            return " |";
        }

        double ratio = table.Ratio(o.Name, o.Optimum, algorithm, random, trials);
        return FormattableString.Invariant(
            $" {q.Median - o.Optimum:G3} ({q.Lower - o.Optimum:G2} to {q.Upper - o.Optimum:G2}) {ratio:F3} |"
        );
    }

    private string Mean(QualityTable table, string algorithm, string random)
    {
        double[] ratios =
        [
            .. objectives
                .Select(o => table.Ratio(o.Name, o.Optimum, algorithm, random, trials))
                .Where(ratio => !double.IsNaN(ratio)),
        ];
        return ratios.Length < objectives.Length
            ? " |"
            : FormattableString.Invariant($" {Math.Exp(ratios.Average(Math.Log)):F4} |");
    }

    private string Wins(string algorithm, string peer)
    {
        int better = 0;
        int worse = 0;
        foreach (Objective o in objectives)
        {
            if (own.Get(o.Name, algorithm, trials) is { } mine && peers.Get(o.Name, peer, trials) is { } theirs)
            {
                better += mine.Median < theirs.Median ? 1 : 0;
                worse += mine.Median > theirs.Median ? 1 : 0;
            }
        }

        return $" {better} : {worse} |";
    }
}
