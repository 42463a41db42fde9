using FunctionTune.Numerics;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest;

/// <summary>
/// Quasi-random search: like <see cref="RandomSuggester"/> it follows the prior and learns nothing, but its points fill the
/// space evenly, without the clusters and holes of random ones.
/// </summary>
/// <remarks>
/// A scrambled Sobol sequence (Owen 1995, direction numbers of Joe and Kuo 2008) put through the quantile function of each
/// prior. A trial's point depends on the seed and its number only. Each parameter, conditional ones too, has a coordinate of
/// its own, used when the parameter is active.
/// </remarks>
public sealed class SobolSuggester : ISuggester
{
    /// <inheritdoc/>
    public IReadOnlyList<Suggestion> Suggest(SuggestRequest request)
    {
        var suggestions = new Suggestion[request.Count];
        for (int i = 0; i < suggestions.Length; i++)
        {
            suggestions[i] = new Suggestion(At(request.Space, request.Seed, request.First + i));
        }

        return suggestions;
    }

    /// <summary>The point of the trial called <paramref name="number"/>.</summary>
    internal static Point At(SearchSpace space, ulong seed, int number)
    {
        double[] probabilities = new double[space.Parameters.Length];
        for (int parameter = 0; parameter < probabilities.Length; parameter++)
        {
            probabilities[parameter] = Sobol.Coordinate(seed, number, parameter);
        }

        return PriorQuantile.At(space, probabilities);
    }
}
