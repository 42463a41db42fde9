using System.Globalization;

namespace FunctionTune.Benchmarks.Speed;

/// <summary>What one suggestion costs others: lines <c>lib,d,n,median_ms,min_ms</c>.</summary>
internal sealed class SpeedPeers
{
    private readonly Dictionary<(string Peer, int Dimensions, int Size), double> _medians = [];

    /// <summary>The peers, in the file's order.</summary>
    public IEnumerable<string> Names => _medians.Keys.Select(key => key.Peer).Distinct();

    /// <summary>The median in milliseconds, as text; empty when it was not measured.</summary>
    public string Median(string peer, int dimensions, int size) =>
        _medians.TryGetValue((peer, dimensions, size), out double median)
            ? median.ToString("F1", CultureInfo.InvariantCulture)
            : "";

    /// <summary>Reads a file.</summary>
    public static async Task<SpeedPeers> ReadAsync(string file, CancellationToken cancellationToken)
    {
        var peers = new SpeedPeers();
        foreach (string line in (await File.ReadAllLinesAsync(file, cancellationToken)).Skip(1))
        {
            string[] cells = line.Split(',');
            peers._medians[(cells[0], Int(cells[1]), Int(cells[2]))] = double.Parse(
                cells[3],
                CultureInfo.InvariantCulture
            );
        }

        return peers;
    }

    private static int Int(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
