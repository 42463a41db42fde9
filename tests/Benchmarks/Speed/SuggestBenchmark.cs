using System.Globalization;
using FunctionTune.Hosting;
using FunctionTune.Studies;
using FunctionTune.Suggest;

namespace FunctionTune.Benchmarks.Speed;

/// <summary>What one suggestion costs, beside the peers' costs.</summary>
internal sealed class SuggestBenchmark : IBenchmark
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);
    private static readonly string s_recorded = Path.Combine(AppContext.BaseDirectory, "Data", "peers-suggest.csv");

    /// <inheritdoc/>
    public string Name => "suggest";

    /// <inheritdoc/>
    public string About =>
        "one suggestion after n trials of d parameters; [--algo A,B] [--d D,E] [--n N,M] [--peers FILE.csv]";

    /// <inheritdoc/>
    public async Task RunAsync(string[] arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var given = Enumerable
            .Range(0, arguments.Length / 2)
            .ToDictionary(i => arguments[2 * i], i => arguments[(2 * i) + 1], StringComparer.Ordinal);
        SpeedPeers peers = await SpeedPeers.ReadAsync(
            given.GetValueOrDefault("--peers", s_recorded),
            cancellationToken
        );
        int[] dimensions = Numbers(given.GetValueOrDefault("--d", "2,8,20,50"));
        int[] sizes = Numbers(given.GetValueOrDefault("--n", "20,100,300,1000,3000,10000"));
        foreach (string algorithm in given.GetValueOrDefault("--algo", "tpe").Split(','))
        {
            ISuggester suggester = Suggesters.BuiltIn.Create(new AlgoSpec(algorithm));
            new TimedHistory(dimensions: 3, size: 1000).Ask(suggester, s_patience);
            await output.WriteLineAsync($"### One suggestion by {algorithm}, ms\n");
            await output.WriteLineAsync(
                $"| d | n | median | min | max | bytes | tell |{string.Concat(peers.Names.Select(peer => $" {peer} |"))}"
            );
            await output.WriteLineAsync($"|{string.Concat(Enumerable.Repeat(" ---: |", 7 + peers.Names.Count()))}");
            foreach ((int d, int n) in dimensions.SelectMany(d => sizes.Select(n => (d, n))))
            {
                await output.WriteLineAsync(Row(suggester, d, n, peers));
            }

            await output.WriteLineAsync();
        }
    }

    private static string Row(ISuggester suggester, int dimensions, int size, SpeedPeers peers)
    {
        var history = new TimedHistory(dimensions, size);
        (List<double> times, long bytes) = history.Ask(suggester, s_patience);
        string others = string.Concat(peers.Names.Select(peer => $" {peers.Median(peer, dimensions, size)} |"));
        return FormattableString.Invariant(
                $"| {dimensions} | {size} | {times[times.Count / 2]:G3} | {times[0]:G3} | {times[^1]:G3} | {bytes} | {history.Tell():F4} |"
            ) + others;
    }

    private static int[] Numbers(string list) =>
        [.. list.Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
}
