using FunctionTune.Numerics;
using FunctionTune.Spaces;
using FunctionTune.Suggest.Distinct;

namespace FunctionTune.Suggest;

/// <summary>
/// Another algorithm that never tries a point twice: where all parameters are discrete, a point that a trial has already,
/// whatever became of it, is replaced. First the algorithm is asked again with other random numbers, then a point near the
/// unwanted one is taken. Fewer points than asked for are given only when every point of the space was tried.
/// </summary>
/// <remarks>In a space with a continuous or unbounded parameter it changes nothing.</remarks>
public sealed class DistinctSuggester : ISuggester
{
    private readonly ISuggester _inner;
    private readonly int _redraws;

    /// <summary>The algorithm without repetitions.</summary>
    /// <param name="inner">The algorithm.</param>
    /// <param name="redraws">
    /// How often it is asked again: 0 for one that would say the same whatever its random numbers are. Range: at least 0.
    /// </param>
    public DistinctSuggester(ISuggester inner, int redraws)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(redraws);
        (_inner, _redraws) = (inner, redraws);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Suggestion> Suggest(SuggestRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        IReadOnlyList<Suggestion> wanted = _inner.Suggest(request);
        if (PointGrid.Of(request.Space) is not { } grid)
        {
            return wanted;
        }

        var taken = new TakenPoints(request.History.Tried);
        var given = new List<Suggestion>(wanted.Count);
        foreach (Suggestion suggestion in wanted)
        {
            if (Fresh(suggestion, request, given.Count, grid, taken) is not { } fresh)
            {
                break;
            }

            taken.Add(fresh.Point);
            given.Add(fresh);
        }

        return given;
    }

    private Suggestion? Fresh(Suggestion wanted, SuggestRequest request, int place, PointGrid grid, TakenPoints taken)
    {
        int number = request.First + place;
        Suggestion suggestion = wanted;
        for (int redraw = 1; redraw <= _redraws && taken.Contains(suggestion.Point); redraw++)
        {
            // The seeds of studies have 53 bits: no two of them lead to the same stream.
            ulong seed = SplitMix64.Mix(request.Seed ^ ((ulong)redraw << 56));
            suggestion = _inner.Suggest(request with { First = number, Count = 1, Seed = seed })[0];
        }

        if (!taken.Contains(suggestion.Point))
        {
            return suggestion;
        }

        Point? near =
            Neighbours.Fresh(request.Space, grid, wanted.Point, taken, Pcg64.ForTrial(request.Seed, number))
            ?? taken.NextFresh(grid, wanted.Point);
        return near is null ? null : wanted with { Point = near, Why = null };
    }
}
