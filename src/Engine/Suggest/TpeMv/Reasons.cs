using System.Buffers;
using FunctionTune.History;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest.TpeMv;

/// <summary>Says why a candidate was taken.</summary>
internal static class Reasons
{
    /// <summary>
    /// The log ratio of the densities, the densities of each parameter by itself, and the good trials whose kernels put the most
    /// weight on the candidate.
    /// </summary>
    /// <param name="space">The space.</param>
    /// <param name="index">The trials.</param>
    /// <param name="split">Which of them counted.</param>
    /// <param name="model">The densities.</param>
    /// <param name="candidate">What was taken.</param>
    public static Explanation Of(
        SearchSpace space,
        HistoryIndex index,
        TrialSplit split,
        KernelModel model,
        Candidate candidate
    )
    {
        double[] kernels = ArrayPool<double>.Shared.Rent(model.Rows);
        Span<double> own = kernels.AsSpan(0, model.Rows);
        var densities = new LabelDensity[model.Numbers.Length + model.Options.Length];
        for (int j = 0; j < model.Numbers.Length; j++)
        {
            double prior = Math.Exp(model.Numbers[j].Axis.LogPrior(candidate.Places[j]));
            model.WriteKernels(j, candidate.Places[j], own);
            densities[j] = Density(space, model.Numbers[j].Parameter, model, prior, own);
        }

        for (int j = 0; j < model.Options.Length; j++)
        {
            double prior = model.Options[j].Prior(candidate.Options[j]);
            own.Fill(1);
            model.Options[j].Multiply(candidate.Options[j], own);
            densities[model.Numbers.Length + j] = Density(space, model.Options[j].Parameter, model, prior, own);
        }

        int[] trials = Nearest(index, split, model, candidate, own);
        ArrayPool<double>.Shared.Return(kernels);
        return new Explanation
        {
            Score = candidate.LogGood - candidate.LogOther,
            Densities = [.. densities],
            Trials = [.. trials],
        };
    }

    private static LabelDensity Density(
        SearchSpace space,
        int parameter,
        KernelModel model,
        double prior,
        ReadOnlySpan<double> kernels
    )
    {
        (double good, double other) = model.Sums(kernels);
        return new LabelDensity(
            space.Parameters[parameter].Label,
            Math.Log((model.GoodPrior * prior) + ((1 - model.GoodPrior) * good)),
            Math.Log((model.OtherPrior * prior) + ((1 - model.OtherPrior) * other))
        );
    }

    private static int[] Nearest(
        HistoryIndex index,
        TrialSplit split,
        KernelModel model,
        Candidate candidate,
        Span<double> shares
    )
    {
        double logOptions = CandidateSearch.Shares(model, candidate.Options, shares);
        model.LogDensities(candidate.Places, shares, logOptions);
        double[] weights = new double[split.Good.Length];
        int[] numbers = new int[weights.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = -split.Good[i] * model.Kernels[i];
            numbers[i] = index.Numbers[split.Rows[i]];
        }

        Array.Sort(weights, numbers);
        return numbers[..Math.Min(Explanation.MostTrials, numbers.Length)];
    }
}
