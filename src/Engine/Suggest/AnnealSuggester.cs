using System.Runtime.InteropServices;
using FunctionTune.History;
using FunctionTune.Numerics;
using FunctionTune.Spaces;
using FunctionTune.Suggest.Anneal;

namespace FunctionTune.Suggest;

/// <summary>
/// Hyperopt's <c>anneal.suggest</c>: new points are drawn from the prior, narrowed to the neighbourhood of a good trial; the
/// neighbourhoods shrink as trials accumulate.
/// </summary>
/// <remarks>
/// <para>
/// Pending trials and those that failed without a loss count as infinitely bad; trials of kind
/// <see cref="LossKind.None"/> are not seen. Points of one request see those before them as pending.
/// </para>
/// <para>
/// Differences from hyperopt: the random numbers are others; a draw that rounding would put on the upper bound stays below it;
/// a quantised lognormal value of 0 stands at log 1e-12 (as in hyperopt's TPE), where hyperopt's anneal has log 1e-16;
/// an unbounded parameter stays within ten deviations of its prior's mean, beyond which a lognormal value could overflow.
/// </para>
/// </remarks>
public sealed class AnnealSuggester : ISuggester
{
    private readonly AnnealOptions _options;

    /// <summary>A suggester with the given options.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="InvalidInputException">An option is out of its range; all problems are listed.</exception>
    public AnnealSuggester(AnnealOptions options)
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
        double[] values = new double[space.Parameters.Length];
        var search = new NeighbourSearch(_options, index, random);
        foreach (SpaceParameter parameter in space.Parameters)
        {
            values[parameter.Index] = space.IsActive(parameter.Index, values) ? search.Draw(parameter) : double.NaN;
        }

        return new Point(ImmutableCollectionsMarshal.AsImmutableArray(values));
    }
}
