using System.Runtime.InteropServices;
using FunctionTune.History;
using FunctionTune.Numerics;
using FunctionTune.Spaces;
using FunctionTune.Suggest.Tpe;

namespace FunctionTune.Suggest;

/// <summary>The Tree-structured Parzen Estimator with hyperopt's rules and defaults: hyperopt's <c>tpe.suggest</c>.</summary>
/// <remarks>
/// <para>Bergstra, Bardenet, Bengio, Kégl, "Algorithms for hyper-parameter optimization", NIPS 2011, section 4.</para>
/// <para>
/// Pending trials and those that failed without a loss count as infinitely bad; trials of kind
/// <see cref="LossKind.None"/> are not seen. Points of one request see those before them as pending, which is what
/// hyperopt does with <c>max_queue_len</c> above 1.
/// </para>
/// <para>
/// Differences from hyperopt: equal losses and equal observations are taken in the order of the trials, where NumPy's sort
/// leaves the order open; the random numbers are others; constants that cannot change which candidate is best (the
/// probability within the bounds, the Jacobian of exp) are left out of the scores.
/// </para>
/// </remarks>
public sealed class TpeSuggester : ISuggester
{
    private readonly TpeOptions _options;

    /// <summary>A suggester with the given options.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="InvalidInputException">An option is out of its range; all problems are listed.</exception>
    public TpeSuggester(TpeOptions options)
    {
        Problem[] problems = [.. options.Check("$")];
        _options = problems.Length == 0 ? options : throw new InvalidInputException([.. problems]);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Suggestion> Suggest(SuggestRequest request) =>
        OneByOne.Suggest(
            request,
            (index, number) => new Suggestion(Next(request.Space, index, Pcg64.ForTrial(request.Seed, number)))
        );

    private Point Next(SearchSpace space, HistoryIndex index, Pcg64 random)
    {
        if (index.Numbers.Length < _options.StartupTrials)
        {
            return PriorSampler.Draw(space, random);
        }

        Span<int> good = stackalloc int[HistorySplit.MaxBelow];
        good = good[..HistorySplit.CountBelow(index.Losses.Length, _options.Gamma)];
        HistorySplit.FindBelow(index.Losses, good);
        foreach (ref int trial in good)
        {
            trial = index.Numbers[trial];
        }

        double[] values = new double[space.Parameters.Length];
        using var search = new CandidateSearch(_options, random, index.Numbers.Length);
        foreach (SpaceParameter parameter in space.Parameters)
        {
            values[parameter.Index] = space.IsActive(parameter.Index, values)
                ? search.Best(parameter.Prior, index.Columns[parameter.Index], good)
                : double.NaN;
        }

        return new Point(ImmutableCollectionsMarshal.AsImmutableArray(values));
    }
}
