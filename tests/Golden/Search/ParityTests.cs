using FunctionTune.Suggest;
using FunctionTune.Testing.Search;

namespace FunctionTune.Golden.Tests.Search;

/// <summary>
/// Whether TPE finds what Hyperopt's finds on the ten objectives. The long form, with more runs, is the benchmark
/// <c>parity</c>.
/// </summary>
public sealed class ParityTests
{
    private const int Runs = 20;
    private const int Trials = 100;
    private static readonly int[] s_checkpoints = [25, 50, 100];

    [Fact]
    public void Tpe_reaches_what_Hyperopts_reaches_within_what_chance_allows()
    {
        PeerQuartiles[] peers = [.. PeerQuartiles.Read(GoldenData.Peers, "sequential", "ho_tpe")];
        var curves = Objectives.All.ToDictionary(objective => objective.Name, Play);
        foreach (int trials in s_checkpoints)
        {
            Parity[] all =
            [
                .. peers
                    .Where(peer => peer.Trials == trials)
                    .Select(peer => new Parity(peer, [.. curves[peer.Objective].Select(curve => curve[trials - 1])])),
            ];

            // Chance goes beyond 3.3 deviations once in a thousand times. The seeds are fixed.
            Assert.Equal(10, all.Length);
            Assert.All(all, parity => Assert.InRange(parity.Median, -3.3, 3.3));
            Assert.InRange(Parity.Together([.. all.Select(parity => parity.Lower)]), -3.3, 3.3);
            Assert.InRange(Parity.Together([.. all.Select(parity => parity.Median)]), -3.3, 3.3);
            Assert.InRange(Parity.Together([.. all.Select(parity => parity.Upper)]), -3.3, 3.3);
        }
    }

    private static double[][] Play(Objective objective)
    {
        var tpe = new TpeSuggester(new TpeOptions());
        return
        [
            .. Enumerable
                .Range(1, Runs)
                .AsParallel()
                .Select(seed => new SearchRun(objective, tpe, (ulong)seed).Play(Trials)),
        ];
    }
}
