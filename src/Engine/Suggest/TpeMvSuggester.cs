using System.Runtime.InteropServices;
using FunctionTune.History;
using FunctionTune.Numerics;
using FunctionTune.Spaces;
using FunctionTune.Suggest.TpeMv;

namespace FunctionTune.Suggest;

/// <summary>
/// The Tree-structured Parzen Estimator over all parameters together: candidates are drawn near the best trials, and the one
/// is taken that lies nearest to good trials and farthest from the others.
/// </summary>
/// <remarks>
/// <para>
/// After Bergstra, Bardenet, Bengio, Kégl, "Algorithms for hyper-parameter optimization", NIPS 2011, section 4; Falkner, Klein,
/// Hutter, "BOHB", ICML 2018 (kernels over all parameters); Watanabe, "Tree-structured Parzen estimator: understanding its
/// algorithm components", arXiv:2304.11127. What is ours: both densities share their kernels, which have the tails of Student's
/// distribution; good trials also count a little among the others; and the choices that others depend on are made by what
/// their options promise.
/// </para>
/// <para>
/// Pending trials, those that failed without a loss and infeasible ones count among the others; trials of kind
/// <see cref="LossKind.None"/> are not seen. Points of one request see those before them as pending. Where losses have a
/// variance, each is first smoothed with those of the trials near it.
/// </para>
/// </remarks>
public sealed class TpeMvSuggester : ISuggester
{
    private readonly TpeMvOptions _options;

    /// <summary>A suggester with the given options.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="InvalidInputException">An option is out of its range; all problems are listed.</exception>
    public TpeMvSuggester(TpeMvOptions options)
    {
        Problem[] problems = [.. options.Check("$")];
        _options = problems.Length == 0 ? options : throw new InvalidInputException([.. problems]);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Suggestion> Suggest(SuggestRequest request) =>
        OneByOne.Suggest(request, (index, number) => Next(request, index, number));

    private Suggestion Next(SuggestRequest request, HistoryIndex index, int number)
    {
        if (index.Numbers.Length < _options.StartupTrials)
        {
            return new Suggestion(StartupDesign.At(request.Space, request.Seed, number));
        }

        var random = Pcg64.ForTrial(request.Seed, number);
        bool[] decides = BranchChoice.Decides(request.Space);
        double[] values = new double[decides.Length];
        values.AsSpan().Fill(double.NaN);
        BranchChoice.Draw(request.Space, index, decides, values, random);
        int[] free = Free(request.Space, decides, values);
        if (free.Length == 0 || Split(index, index.Losses) is not { } split)
        {
            return new Suggestion(Spread.At(request.Space, request.Seed, number, values));
        }

        if (LossSmoothing.Applies(index, split))
        {
            using KernelModel rough = Model(split);
            split = Split(index, LossSmoothing.Of(index, split, rough)) ?? split;
        }

        using KernelModel model = Model(split);
        Candidate best = new CandidateSearch(model, random).Best(_options.Candidates);
        Explanation? why = request.Explain ? Reasons.Of(request.Space, index, split, model, best) : null;
        model.Write(best, values);
        return new Suggestion(new Point(ImmutableCollectionsMarshal.AsImmutableArray(values))) { Why = why };

        TrialSplit? Split(HistoryIndex index, ReadOnlySpan<double> losses) =>
            TrialSplit.Of(index, losses, decides, values, _options.Gamma);

        KernelModel Model(TrialSplit split) => new(request.Space, free, index, split, _options.PriorWeight);
    }

    // The active parameters of a branch, without those that decide about it.
    private static int[] Free(SearchSpace space, bool[] decides, double[] values) =>
        [
            .. space
                .Parameters.Where(p => !decides[p.Index] && space.IsActive(p.Index, values))
                .Select(parameter => parameter.Index),
        ];
}
