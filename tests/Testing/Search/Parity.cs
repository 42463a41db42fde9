namespace FunctionTune.Testing.Search;

/// <summary>Whether our runs could be a peer's, judged by where its quartiles fall among our best losses.</summary>
/// <param name="peer">What the peer reached.</param>
/// <param name="losses">Our best losses, one a run.</param>
public sealed class Parity(PeerQuartiles peer, double[] losses)
{
    /// <summary>The share of our runs that were better than the peer's best quarter; 1/4 when both search alike.</summary>
    public double BelowLower => Share(peer.Lower);

    /// <summary>The share of our runs that were better than the peer's median; 1/2 when both search alike.</summary>
    public double BelowMedian => Share(peer.Median);

    /// <summary>The share of our runs that were better than all but the peer's worst quarter; 3/4 when both search alike.</summary>
    public double BelowUpper => Share(peer.Upper);

    /// <summary>
    /// How many deviations <see cref="BelowMedian"/> is from 1/2; above 0 when we are better. A sample's median lies at a
    /// share of the runs with variance 1 / (4 (n + 2)), that of a beta distribution, and ours are n more samples.
    /// </summary>
    public double Median => (BelowMedian - 0.5) / Deviation(0.5);

    /// <summary>The same for the quartile at the better end.</summary>
    public double Lower => (BelowLower - 0.25) / Deviation(0.25);

    /// <summary>The same for the quartile at the worse end.</summary>
    public double Upper => (BelowUpper - 0.75) / Deviation(0.75);

    /// <summary>
    /// Independent deviations taken together: how many deviations their sum is from 0 (Stouffer), which shows whether they
    /// lean to one side.
    /// </summary>
    public static double Together(IReadOnlyCollection<double> deviations) =>
        deviations.Sum() / Math.Sqrt(deviations.Count);

    private double Share(double loss) =>
        losses.Sum(own =>
            own < loss ? 1
            : own == loss ? 0.5
            : 0
        ) / losses.Length;

    private double Deviation(double share) =>
        Math.Sqrt(share * (1 - share) * ((1.0 / losses.Length) + (1.0 / (peer.Runs + 2))));
}
