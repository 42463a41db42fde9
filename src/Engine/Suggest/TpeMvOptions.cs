using System.Globalization;

namespace FunctionTune.Suggest;

/// <summary>The options of <see cref="TpeMvSuggester"/>.</summary>
/// <param name="StartupTrials">
/// How many trials, pending ones counted, must be known before anything is learnt; until then points are spread evenly, the
/// first at the prior's medians. Range: at least 0.
/// </param>
/// <param name="Candidates">How many candidates are drawn, of which the best is taken. Range: 1 to 10,000.</param>
/// <param name="Gamma">The share of trials that are good: at least 4 trials, at most 25. Range: above 0, at most 1.</param>
/// <param name="PriorWeight">Weight of the prior in both densities, where a trial weighs 1. Range: finite, above 0.</param>
public sealed record TpeMvOptions(
    int StartupTrials = 10,
    int Candidates = 64,
    double Gamma = 0.15,
    double PriorWeight = 1
)
{
    private const int MaxCandidates = 10_000;

    /// <summary>The rules that the options break; none when they are sound.</summary>
    /// <param name="path">Where the options stand, for the problems' <see cref="Problem.Path"/>.</param>
    public IEnumerable<Problem> Check(string path)
    {
        if (StartupTrials < 0)
        {
            yield return new Problem($"{path}.nStartupJobs", "nStartupJobs must be at least 0", Text(StartupTrials));
        }

        if (Candidates is < 1 or > MaxCandidates)
        {
            yield return new Problem(
                $"{path}.nEICandidates",
                "nEICandidates must lie between 1 and 10,000",
                Text(Candidates)
            );
        }

        if (!(Gamma is > 0 and <= 1))
        {
            yield return new Problem($"{path}.gamma", "0 < gamma <= 1 must hold", Text(Gamma));
        }

        if (!(double.IsFinite(PriorWeight) && PriorWeight > 0))
        {
            yield return new Problem($"{path}.priorWeight", "priorWeight > 0 must hold, finite", Text(PriorWeight));
        }
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
