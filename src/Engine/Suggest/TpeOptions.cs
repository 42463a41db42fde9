using System.Globalization;

namespace FunctionTune.Suggest;

/// <summary>The options of <see cref="TpeSuggester"/>, with hyperopt's defaults.</summary>
/// <param name="PriorWeight">Weight of the prior, where a fresh observation weighs 1. Range: finite, above 0.</param>
/// <param name="StartupTrials">
/// How many trials, pending ones counted, must be known before TPE begins; until then points are drawn from the prior.
/// Range: at least 0.
/// </param>
/// <param name="Candidates">How many values are drawn for each parameter, of which the best is taken. Range: 1 to 10,000.</param>
/// <param name="Gamma">Of n trials ceil(Gamma sqrt(n)), at most 25, count as good. Range: finite, above 0.</param>
public sealed record TpeOptions(
    double PriorWeight = 1,
    int StartupTrials = 20,
    int Candidates = 24,
    double Gamma = 0.25
)
{
    private const int MaxCandidates = 10_000;

    /// <summary>The rules that the options break; none when they are sound.</summary>
    /// <param name="path">Where the options stand, for the problems' <see cref="Problem.Path"/>.</param>
    public IEnumerable<Problem> Check(string path)
    {
        if (!(double.IsFinite(PriorWeight) && PriorWeight > 0))
        {
            yield return new Problem($"{path}.priorWeight", "priorWeight > 0 must hold, finite", Text(PriorWeight));
        }

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

        if (!(double.IsFinite(Gamma) && Gamma > 0))
        {
            yield return new Problem($"{path}.gamma", "gamma > 0 must hold, finite", Text(Gamma));
        }
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
