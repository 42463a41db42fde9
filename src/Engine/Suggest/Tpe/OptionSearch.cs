using FunctionTune.Numerics;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest.Tpe;

/// <summary>The search among candidates for a parameter without order.</summary>
/// <param name="prior">The parameter's prior.</param>
/// <param name="options">The options of TPE.</param>
/// <param name="random">The trial's generator.</param>
internal readonly struct OptionSearch(CategoricalPrior prior, TpeOptions options, Pcg64 random)
{
    /// <summary>How much memory <see cref="Best"/> needs for a history of so many trials, in numbers.</summary>
    public static int Memory(int trials, int candidates) =>
        candidates + (2 * (HistorySplit.MaxBelow + CategoricalPosterior.MaxTable)) + trials;

    /// <summary>The best of the candidates drawn.</summary>
    public double Best(in LabelHistory history, Workspace workspace)
    {
        Span<double> good = workspace.Take(history.BelowCount);
        Span<double> ones = workspace.Take(history.BelowCount);
        Span<double> weights = workspace.Take(history.All.Length);
        history.CopyBelow(good);
        ones.Fill(1);
        history.WeighAbove(weights);
        Span<double> tableBelow = workspace.Take(CategoricalPosterior.MaxTable);
        Span<double> tableAbove = workspace.Take(CategoricalPosterior.MaxTable);
        var below = new CategoricalPosterior(good, ones, prior, options.PriorWeight, tableBelow);
        var above = new CategoricalPosterior(history.All, weights, prior, options.PriorWeight, tableAbove);
        Span<double> candidates = workspace.Take(options.Candidates);
        foreach (ref double candidate in candidates)
        {
            candidate = below.Draw(random);
        }

        return BestOf(candidates, below, above);
    }

    private static double BestOf(
        ReadOnlySpan<double> candidates,
        scoped in CategoricalPosterior below,
        scoped in CategoricalPosterior above
    )
    {
        int best = 0;
        double bestScore = double.NegativeInfinity;
        for (int i = 0; i < candidates.Length; i++)
        {
            if (!candidates[..i].Contains(candidates[i]))
            {
                double score = below.LogProbabilityOf(candidates[i]) - above.LogProbabilityOf(candidates[i]);
                (best, bestScore) = score > bestScore ? (i, score) : (best, bestScore);
            }
        }

        return candidates[best];
    }
}
