using System.Numerics.Tensors;
using FunctionTune.Numerics;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest.Tpe;

/// <summary>The search among candidates for a numeric parameter.</summary>
/// <param name="prior">The parameter's prior.</param>
/// <param name="options">The options of TPE.</param>
/// <param name="random">The trial's generator.</param>
internal readonly struct NumberSearch(NumericPrior prior, TpeOptions options, Pcg64 random)
{
    /// <summary>How much memory <see cref="Best"/> needs for a history of so many trials, in numbers.</summary>
    public static int Memory(int trials, int candidates)
    {
        // A mixture, its densities, and what goes into it, for either side; of that above also the weights in time.
        const int ArraysOfOneSide = 9;
        return (3 * candidates)
            + (ArraysOfOneSide * (HistorySplit.MaxBelow + 1))
            + ((ArraysOfOneSide + 1) * (trials + 1));
    }

    /// <summary>The best of the candidates drawn.</summary>
    public double Best(in LabelHistory history, Workspace workspace)
    {
        Span<double> candidates = workspace.Take(options.Candidates);
        MixtureDensity below = Below(history, candidates, ref workspace);
        MixtureDensity above = Above(history, ref workspace);
        return prior.Q > 0
            ? BestMultiple(candidates, below, above)
            : prior.ToValue(
                BestPoint(
                    candidates,
                    below,
                    above,
                    workspace.Take(candidates.Length),
                    workspace.Take(candidates.Length)
                )
            );
    }

    private MixtureDensity Below(in LabelHistory history, Span<double> candidates, ref Workspace workspace)
    {
        Span<double> observations = workspace.Take(history.BelowCount);
        Span<double> weights = workspace.Take(history.BelowCount);
        history.CopyBelow(observations);
        observations.Sort();
        weights.Fill(1);
        ParzenMixture mixture = workspace.TakeMixture(observations.Length + 1);
        int place = AdaptiveParzen.Fit(observations, weights, prior, options.PriorWeight, mixture);
        TruncatedMixture.Draw(mixture, prior, random, candidates);
        return new MixtureDensity(mixture, place, workspace.Take(MixtureDensity.Memory(mixture)));
    }

    private MixtureDensity Above(in LabelHistory history, ref Workspace workspace)
    {
        Span<double> weightsInTime = workspace.Take(history.All.Length);
        Span<double> observations = workspace.Take(history.AboveCount);
        Span<double> weights = workspace.Take(history.AboveCount);
        history.WeighAbove(weightsInTime);
        history.SortAbove(weightsInTime, observations, weights);
        ParzenMixture mixture = workspace.TakeMixture(observations.Length + 1);
        int place = AdaptiveParzen.Fit(observations, weights, prior, options.PriorWeight, mixture);
        mixture = prior.Q > 0 ? mixture.MergeEqual(ref place) : mixture;
        return new MixtureDensity(mixture, place, workspace.Take(MixtureDensity.Memory(mixture)));
    }

    private double BestMultiple(Span<double> candidates, in MixtureDensity below, in MixtureDensity above)
    {
        int best = 0;
        double bestScore = double.NegativeInfinity;
        for (int i = 0; i < candidates.Length; i++)
        {
            candidates[i] = prior.ToValue(candidates[i]);
            if (!candidates[..i].Contains(candidates[i]))
            {
                (double lower, double upper) = prior.LatentCell(candidates[i]);
                double score = below.LogBetween(lower, upper) - above.LogBetween(lower, upper);
                (best, bestScore) = score > bestScore ? (i, score) : (best, bestScore);
            }
        }

        return candidates[best];
    }

    private static double BestPoint(
        ReadOnlySpan<double> candidates,
        scoped in MixtureDensity below,
        scoped in MixtureDensity above,
        Span<double> logBelow,
        Span<double> hopes
    )
    {
        // A quick look gives each candidate a score that may be too high, never too low. The exact score is found in the
        // order of these hopes, until no other hope reaches it.
        for (int i = 0; i < candidates.Length; i++)
        {
            logBelow[i] = below.LogAt(candidates[i]);
            hopes[i] = logBelow[i] - above.AtMostLogAt(candidates[i]);
        }

        int best = 0;
        double bestScore = double.NegativeInfinity;
        for (int tried = 0; tried < candidates.Length; tried++)
        {
            int i = TensorPrimitives.IndexOfMax<double>(hopes);
            if (!(hopes[i] >= bestScore))
            {
                break;
            }

            double score = logBelow[i] - above.LogAt(candidates[i]);
            bool isBetter = score > bestScore || (score == bestScore && i < best);
            (best, bestScore) = isBetter ? (i, score) : (best, bestScore);
            hopes[i] = double.NegativeInfinity;
        }

        return candidates[best];
    }
}
