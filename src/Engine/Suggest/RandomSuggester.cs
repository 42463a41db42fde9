using FunctionTune.Numerics;

namespace FunctionTune.Suggest;

/// <summary>Random search: every point is drawn from the prior and nothing is learnt. Hyperopt's <c>rand.suggest</c>.</summary>
/// <remarks>
/// Where hyperopt draws all points of a call from one stream, here each trial has a stream of its own, so that a point
/// depends on the seed and the trial's number only.
/// </remarks>
public sealed class RandomSuggester : ISuggester
{
    /// <inheritdoc/>
    public IReadOnlyList<Suggestion> Suggest(SuggestRequest request)
    {
        var points = new Suggestion[request.Count];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = new Suggestion(
                PriorSampler.Draw(request.Space, Pcg64.ForTrial(request.Seed, request.First + i))
            );
        }

        return points;
    }
}
