using System.Globalization;
using FunctionTune.History;

namespace FunctionTune.Suggest;

/// <summary>The default: asks for every trial the algorithm that does best with the space and with what is known so far.</summary>
/// <remarks>
/// While the trials are few, each is worth thinking about, and the Gaussian process finds more with less than any other
/// algorithm here on spaces of every kind. When they are many, trials are evidently cheap, and the estimators whose cost
/// does not grow take over. The figures behind the two limits stand in docs/benchmarks.md.
/// </remarks>
public sealed class AutoSuggester : ISuggester
{
    /// <summary>From so many finished trials on, another one teaches the Gaussian process little.</summary>
    internal const int MostTrials = 300;

    /// <summary>Beyond so many parameters the Gaussian process is slow.</summary>
    internal const int MostParameters = 60;

    private readonly GpSuggester _gp = new(new GpOptions());
    private readonly TpeSuggester _tpe = new(new TpeOptions());

    /// <inheritdoc/>
    public IReadOnlyList<Suggestion> Suggest(SuggestRequest request)
    {
        (string source, string reason, ISuggester suggester) = Choose(request);
        return
        [
            .. suggester.Suggest(request).Select(suggestion => suggestion with { Source = source, Reason = reason }),
        ];
    }

    private (string Source, string Reason, ISuggester Suggester) Choose(SuggestRequest request)
    {
        int parameters = request.Space.Parameters.Length;
        if (parameters > MostParameters)
        {
            return ("tpe", Invariant($"{parameters} parameters are too many for a Gaussian process"), _tpe);
        }

        int finite = request.History.Observations.Count(o => o.Kind == LossKind.Finite);
        return finite >= MostTrials
            ? ("tpe", Invariant($"{finite} trials have ended: what can be learnt from few is learnt"), _tpe)
            : (
                "gp",
                Invariant($"few trials for {parameters} parameters: a Gaussian process learns most from them"),
                _gp
            );
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
