using System.Runtime.InteropServices;
using FunctionTune.Numerics;
using FunctionTune.Spaces;
using FunctionTune.Suggest.Anneal;
using FunctionTune.Suggest.Cmaes;

namespace FunctionTune.Suggest;

/// <summary>
/// Covariance matrix adaptation, (mu/mu_w, lambda)-CMA-ES with restarts: trials are drawn from a normal distribution whose mean,
/// width and shape follow the better half of each generation.
/// </summary>
/// <remarks>
/// <para>
/// Hansen, "The CMA evolution strategy: a tutorial", arXiv:1604.00772; restarts by Auger, Hansen, CEC 2005; rounded parameters
/// keep changing with a least probability, after Hamano, Saito, Nomura, Shirakawa, "CMA-ES with margin", GECCO 2022; trials of
/// others are learnt from as in Hansen, arXiv:1110.4181.
/// </para>
/// <para>
/// It searches the numeric parameters that are always active. Choices, unordered integers and conditional parameters are drawn near
/// good trials, as <see cref="AnnealSuggester"/> does.
/// </para>
/// </remarks>
public sealed class CmaesSuggester : ISuggester
{
    private readonly CmaesOptions _options;

    // How far the search had come the last time: it saves going the whole way again, and is used only where that led to the same.
    private CmaHistory? _last;

    /// <summary>A suggester with the given options.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="InvalidInputException">An option is out of its range; all problems are listed.</exception>
    public CmaesSuggester(CmaesOptions options)
    {
        Problem[] problems = [.. options.Check("$")];
        _options = problems.Length == 0 ? options : throw new InvalidInputException([.. problems]);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Suggestion> Suggest(SuggestRequest request)
    {
        CmaAxis[] axes = AxesOf(request.Space);
        CmaState? state = axes.Length > 0 ? Follow(request, axes).State : null;
        var suggestions = new Suggestion[request.Count];
        for (int i = 0; i < suggestions.Length; i++)
        {
            suggestions[i] = new Suggestion(Draw(request, request.First + i, axes, state));
        }

        return suggestions;
    }

    private static CmaAxis[] AxesOf(SearchSpace space) =>
        [
            .. space
                .Parameters.Where(parameter => parameter.Conditions.IsEmpty)
                .Select(parameter => (parameter.Index, Prior: NumericPrior.Of(parameter.Prior)))
                .Where(pair => pair.Prior is not null)
                .Select(pair => new CmaAxis(pair.Index, pair.Prior!.Value)),
        ];

    private static Point Draw(SuggestRequest request, int number, CmaAxis[] axes, CmaState? state)
    {
        SearchSpace space = request.Space;
        var random = Pcg64.ForTrial(request.Seed, number);
        double[] values = new double[space.Parameters.Length];
        values.AsSpan().Fill(double.NaN);
        if (state is not null)
        {
            double[] normal = [.. axes.Select((_, i) => Gaussian.Quantile(Sobol.Coordinate(request.Seed, number, i)))];
            double[] coordinates = state.Sample(normal);
            foreach ((int i, CmaAxis axis) in axes.Index())
            {
                values[axis.Parameter] = axis.ToValue(coordinates[i]);
            }
        }

        var others = new NeighbourSearch(new AnnealOptions(), request.History.Index, random);
        foreach (SpaceParameter parameter in space.Parameters)
        {
            if (double.IsNaN(values[parameter.Index]) && space.IsActive(parameter.Index, values))
            {
                values[parameter.Index] = others.Draw(parameter);
            }
        }

        return new Point(ImmutableCollectionsMarshal.AsImmutableArray(values));
    }

    private CmaRun Follow(SuggestRequest request, CmaAxis[] axes)
    {
        var before = CmaHistory.Before(request, axes, _options);
        CmaHistory from = Volatile.Read(ref _last) is { } last && last.IsPartOf(request, before) ? last : before;
        CmaRun run = from.Follow(request, axes, out CmaHistory settled);
        Volatile.Write(ref _last, settled);
        return run;
    }
}
