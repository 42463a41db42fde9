using System.Globalization;

namespace FunctionTune.Testing.Search;

/// <summary>What a peer reached on an objective: the quartiles of its best loss over several runs.</summary>
/// <param name="Objective">The objective's name.</param>
/// <param name="Trials">After how many trials.</param>
/// <param name="Runs">How many runs.</param>
/// <param name="Lower">A quarter of the runs did better.</param>
/// <param name="Median">Half of the runs did better.</param>
/// <param name="Upper">Three quarters of the runs did better.</param>
public sealed record PeerQuartiles(string Objective, int Trials, int Runs, double Lower, double Median, double Upper)
{
    /// <summary>The rows of one algorithm in the lines of <c>peers.csv</c>.</summary>
    /// <param name="lines">The file, with its head.</param>
    /// <param name="mode">How it was run: <c>sequential</c> or <c>parallel8</c>.</param>
    /// <param name="algorithm">The peer.</param>
    public static IEnumerable<PeerQuartiles> Read(IEnumerable<string> lines, string mode, string algorithm) =>
        lines
            .Select(line => line.Split(','))
            .Where(cells => cells[0] == mode && cells[2] == algorithm)
            .Select(cells => new PeerQuartiles(
                cells[1],
                int.Parse(cells[3], CultureInfo.InvariantCulture),
                int.Parse(cells[4], CultureInfo.InvariantCulture),
                Number(cells[5]),
                Number(cells[6]),
                Number(cells[7])
            ));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
