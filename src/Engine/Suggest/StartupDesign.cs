using FunctionTune.Spaces;

namespace FunctionTune.Suggest;

/// <summary>
/// The points with which a search begins before there is anything to learn from: first the median of every prior, which is
/// where people put what they believe in, then points that fill the space evenly.
/// </summary>
internal static class StartupDesign
{
    private const double Median = 0.5;

    /// <summary>The point of the trial called <paramref name="number"/>.</summary>
    /// <param name="space">The space.</param>
    /// <param name="seed">The study's seed.</param>
    /// <param name="number">Range: at least 0.</param>
    public static Point At(SearchSpace space, ulong seed, int number)
    {
        if (number > 0)
        {
            return SobolSuggester.At(space, seed, number);
        }

        double[] medians = new double[space.Parameters.Length];
        Array.Fill(medians, Median);
        return PriorQuantile.At(space, medians);
    }
}
