using System.Globalization;
using FunctionTune.History;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest;

/// <summary>The default: asks for every trial the algorithm that does best with the space and with what is known so far.</summary>
/// <remarks>
/// While the trials are few, the Gaussian process finds more with less than any other algorithm here, in spaces of every
/// kind. When they are many, another trial teaches it little and would cost it much: then CMA-ES takes over where every
/// parameter is an ordered number that is always there, up to 2,000 trials of 20 parameters, and the estimators of
/// <c>tpe-mv</c> elsewhere. docs/benchmarks.md has the figures.
/// </remarks>
public sealed class AutoSuggester : ISuggester
{
    /// <summary>From so many finished trials on the Gaussian process is left.</summary>
    internal const int ManyTrials = 300;

    /// <summary>Beyond so many parameters the Gaussian process is too slow from the beginning.</summary>
    internal const int ManyParameters = 60;

    // CMA-ES follows the whole search when a host takes it up again: beyond these that takes longer than a quarter of a second.
    private const int MostTrialsToFollow = 2000;
    private const int MostParametersToFollow = 20;

    private readonly GpSuggester _gp = new(new GpOptions());
    private readonly CmaesSuggester _cmaes = new(new CmaesOptions());
    private readonly TpeMvSuggester _tpeMv = new(new TpeMvOptions());

    /// <inheritdoc/>
    public IReadOnlyList<Suggestion> Suggest(SuggestRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        (string source, string reason, ISuggester suggester) = Choose(request);
        return
        [
            .. suggester.Suggest(request).Select(suggestion => suggestion with { Source = source, Reason = reason }),
        ];
    }

    private (string Source, string Reason, ISuggester Suggester) Choose(SuggestRequest request)
    {
        int parameters = request.Space.Parameters.Length;
        int finished = request.History.Observations.Count(o => o.Kind == LossKind.Finite);
        if (finished < ManyTrials && parameters <= ManyParameters)
        {
            return ("gp", $"a Gaussian process learns most from fewer than {ManyTrials} trials", _gp);
        }

        string why =
            finished < ManyTrials
                ? Invariant($"{parameters} parameters are too many for a Gaussian process")
                : Invariant($"{ManyTrials} trials have ended, and a Gaussian process would learn little from more");
        bool canFollow = finished is >= ManyTrials and < MostTrialsToFollow && parameters <= MostParametersToFollow;
        return canFollow && AreOrdered(request.Space)
            ? ("cmaes", $"{why}; all parameters are numbers with an order, always there", _cmaes)
            : ("tpe-mv", $"{why}; densities of good and other trials cost little", _tpeMv);
    }

    private static bool AreOrdered(SearchSpace space) =>
        space.Parameters.All(p => p.Conditions.IsEmpty && NumericPrior.Of(p.Prior) is not null);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
