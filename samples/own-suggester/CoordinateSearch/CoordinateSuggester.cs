using FunctionTune.History;
using FunctionTune.Spaces;
using FunctionTune.Suggest;

namespace CoordinateSearch;

/// <summary>Goes out from the best trial: each new point differs from it in one parameter, which is drawn afresh.</summary>
/// <param name="startup">How many finished trials there are before; until then points are drawn from the prior.</param>
public sealed class CoordinateSuggester(int startup) : ISuggester
{
    private const int Attempts = 100;

    private readonly RandomSuggester _prior = new();

    /// <inheritdoc/>
    public IReadOnlyList<Suggestion> Suggest(SuggestRequest request)
    {
        Observation[] finished = [.. request.History.Observations.Where(trial => trial.Kind == LossKind.Finite)];
        return finished.Length < startup
            ? _prior.Suggest(request)
            :
            [
                .. Enumerable
                    .Range(request.First, request.Count)
                    .Select(number => Step(request, finished.MinBy(trial => trial.Loss), number)),
            ];
    }

    private Suggestion Step(SuggestRequest request, Observation best, int number)
    {
        // What is random follows from the study's seed and the trial's number: then the study can be replayed.
        var random = new Random(unchecked(((int)request.Seed * 31) + number));
        int[] active = [.. Enumerable.Range(0, best.Point.Values.Length).Where(best.Point.IsActive)];
        int moved = active[random.Next(active.Length)];
        Point drawn = Draw(request, number, attempt: 0);
        for (int attempt = 1; attempt < Attempts && !drawn.IsActive(moved); attempt++)
        {
            drawn = Draw(request, number, attempt);
        }

        // Other parameters hang on the option of a choice: with another one, all of them are new.
        bool isChoice = request.Space.Parameters[moved].Prior is Distribution.Choice or Distribution.PChoice;
        Point next =
            isChoice || !drawn.IsActive(moved) ? drawn : new Point(best.Point.Values.SetItem(moved, drawn[moved]));
        return new Suggestion(next) { Why = request.Explain ? new Explanation { Trials = [best.Number] } : null };
    }

    private Point Draw(SuggestRequest request, int number, int attempt) =>
        _prior.Suggest(request with { First = number, Count = 1, Seed = request.Seed + (ulong)attempt })[0].Point;
}
