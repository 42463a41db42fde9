using System.Buffers;
using FunctionTune.History;
using FunctionTune.Numerics;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest.Tpe;

/// <summary>
/// Finds the value of one parameter after the other: candidates are drawn from the density of the good trials, and the one
/// wins whose density among the good is largest in relation to that among the others.
/// </summary>
internal readonly ref struct CandidateSearch
{
    // Weights in time; then sorted observations and weights; a mixture's three; a density's four; one more each for the prior.
    private const int ArraysAbove = 10;
    private const int ArraysBelow = 9;
    private const int MostBelow = HistorySplit.MaxBelow + 1;

    private readonly TpeOptions _options;
    private readonly Pcg64 _random;
    private readonly double[] _memory;
    private readonly Span<double> _candidates;
    private readonly Span<double> _below;
    private readonly Span<double> _above;

    /// <summary>A search over a history of <paramref name="trials"/> trials.</summary>
    public CandidateSearch(TpeOptions options, Pcg64 random, int trials)
    {
        _options = options;
        _random = random;
        int below = ArraysBelow * MostBelow;
        int above = ArraysAbove * (trials + 1);
        _memory = ArrayPool<double>.Shared.Rent(options.Candidates + below + above);
        _candidates = _memory.AsSpan(0, options.Candidates);
        _below = _memory.AsSpan(options.Candidates, below);
        _above = _memory.AsSpan(options.Candidates + below, above);
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => ArrayPool<double>.Shared.Return(_memory);

    /// <summary>The value of a parameter, given its column of the history and the numbers of the good trials.</summary>
    public double Best(Distribution distribution, ParameterColumn column, ReadOnlySpan<int> good)
    {
        var history = new LabelHistory(column, good, stackalloc int[HistorySplit.MaxBelow]);
        return NumericPrior.Of(distribution) is { } numeric
            ? BestNumber(numeric, history)
            : BestOption(CategoricalPrior.Of(distribution)!.Value, history);
    }

    private double BestNumber(in NumericPrior prior, in LabelHistory history)
    {
        MixtureDensity below = FitBelow(prior, history);
        MixtureDensity above = FitAbove(prior, history);
        double best = _candidates[0];
        double bestScore = double.NegativeInfinity;
        foreach (double candidate in _candidates)
        {
            double score;
            if (prior.Q > 0)
            {
                (double lower, double upper) = prior.LatentCell(prior.ToValue(candidate));
                score = below.LogBetween(lower, upper) - above.LogBetween(lower, upper);
            }
            else
            {
                score = below.LogAt(candidate) - above.LogAt(candidate);
            }

            (best, bestScore) = score > bestScore ? (candidate, score) : (best, bestScore);
        }

        return prior.ToValue(best);
    }

    private MixtureDensity FitBelow(in NumericPrior prior, in LabelHistory history)
    {
        int count = history.BelowCount;
        Span<double> observations = Take(_below, MostBelow, 0, count);
        history.CopyBelow(observations);
        observations.Sort();
        Span<double> weights = Take(_below, MostBelow, 1, count);
        weights.Fill(1);
        ParzenMixture mixture = Mixture(_below, MostBelow, 2, count + 1);
        int place = AdaptiveParzen.Fit(observations, weights, prior, _options.PriorWeight, mixture);
        TruncatedMixture.Draw(mixture, prior, _random, _candidates);
        return new MixtureDensity(mixture, place, _below[(5 * MostBelow)..]);
    }

    private MixtureDensity FitAbove(in NumericPrior prior, in LabelHistory history)
    {
        int count = history.AboveCount;
        int stride = _above.Length / ArraysAbove;
        Span<double> inTime = Take(_above, stride, 0, history.All.Length);
        history.WeighAbove(inTime);
        Span<double> observations = Take(_above, stride, 1, count);
        Span<double> weights = Take(_above, stride, 2, count);
        history.SortAbove(inTime, observations, weights);
        ParzenMixture mixture = Mixture(_above, stride, 3, count + 1);
        int place = AdaptiveParzen.Fit(observations, weights, prior, _options.PriorWeight, mixture);
        return new MixtureDensity(mixture, place, _above[(6 * stride)..]);
    }

    private double BestOption(in CategoricalPrior prior, in LabelHistory history)
    {
        Span<double> good = Take(_below, MostBelow, 0, history.BelowCount);
        history.CopyBelow(good);
        Span<double> ones = Take(_below, MostBelow, 1, good.Length);
        ones.Fill(1);
        var below = new CategoricalPosterior(good, ones, prior, _options.PriorWeight);
        Span<double> weights = _above[..history.All.Length];
        history.WeighAbove(weights);
        var above = new CategoricalPosterior(history.All, weights, prior, _options.PriorWeight);
        foreach (ref double candidate in _candidates)
        {
            candidate = below.Draw(_random);
        }

        double best = _candidates[0];
        double bestScore = double.NegativeInfinity;
        for (int i = 0; i < _candidates.Length; i++)
        {
            double candidate = _candidates[i];
            if (!_candidates[..i].Contains(candidate))
            {
                double score = below.LogProbabilityOf(candidate) - above.LogProbabilityOf(candidate);
                (best, bestScore) = score > bestScore ? (candidate, score) : (best, bestScore);
            }
        }

        return best;
    }

    private static Span<double> Take(Span<double> memory, int stride, int index, int length) =>
        memory.Slice(index * stride, length);

    private static ParzenMixture Mixture(Span<double> memory, int stride, int index, int length) =>
        new(
            Take(memory, stride, index, length),
            Take(memory, stride, index + 1, length),
            Take(memory, stride, index + 2, length)
        );
}
