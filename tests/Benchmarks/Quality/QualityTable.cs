using System.Globalization;

namespace FunctionTune.Benchmarks.Quality;

/// <summary>Quartiles by objective, algorithm and number of trials, for one way of running.</summary>
internal sealed class QualityTable
{
    // A ratio to random search below this counts as this: beyond it the optimum is found.
    private const double Floor = 0.001;

    private readonly Dictionary<(string Objective, string Algorithm, int Trials), Quartiles> _cells = [];

    /// <summary>Sets one cell.</summary>
    public void Set(string objective, string algorithm, int trials, Quartiles quartiles) =>
        _cells[(objective, algorithm, trials)] = quartiles;

    /// <summary>One cell; null when it is not known.</summary>
    public Quartiles? Get(string objective, string algorithm, int trials) =>
        _cells.TryGetValue((objective, algorithm, trials), out Quartiles cell) ? cell : null;

    /// <summary>
    /// Median regret of an algorithm relative to that of random search, at least 0.001; NaN when either is not known.
    /// </summary>
    public double Ratio(string objective, double optimum, string algorithm, string random, int trials) =>
        Get(objective, algorithm, trials) is { } own && Get(objective, random, trials) is { } other
            ? Math.Max(Floor, (own.Median - optimum) / (other.Median - optimum))
            : double.NaN;

    /// <summary>The peers' recorded figures.</summary>
    /// <param name="mode">How they were run: <c>sequential</c> or <c>parallel8</c>.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    public static async Task<QualityTable> PeersAsync(string mode, CancellationToken cancellationToken)
    {
        string file = Path.Combine(AppContext.BaseDirectory, "Data", "peers.csv");
        var table = new QualityTable();
        foreach (string line in (await File.ReadAllLinesAsync(file, cancellationToken)).Skip(1))
        {
            string[] cells = line.Split(',');
            if (cells[0] == mode)
            {
                table.Set(
                    cells[1],
                    cells[2],
                    int.Parse(cells[3], CultureInfo.InvariantCulture),
                    new Quartiles(Number(cells[5]), Number(cells[6]), Number(cells[7]))
                );
            }
        }

        return table;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
