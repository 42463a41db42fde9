using System.Globalization;

namespace FunctionTune.Suggest;

/// <summary>The options of <see cref="CmaesSuggester"/>.</summary>
/// <param name="Sigma">
/// The first step size, in units of the bounds' distance (of sqrt(12) deviations for a normal prior). Range: above 0, at most 1.
/// </param>
/// <param name="PopulationSize">
/// How many trials a generation has; null for 4 + floor(3 ln n) with n parameters, or as many as run at once if that is more.
/// Range: 4 to 10,000.
/// </param>
public sealed record CmaesOptions(double Sigma = 0.17, int? PopulationSize = null)
{
    private const int LeastTrials = 4;
    private const int MostTrials = 10_000;

    /// <summary>The rules that the options break; none when they are sound.</summary>
    /// <param name="path">Where the options stand, for the problems' <see cref="Problem.Path"/>.</param>
    public IEnumerable<Problem> Check(string path)
    {
        if (!(Sigma > 0 && Sigma <= 1))
        {
            yield return new Problem(
                $"{path}.sigma",
                "sigma must lie above 0, and be at most 1",
                Sigma.ToString(CultureInfo.InvariantCulture)
            );
        }

        if (PopulationSize is < LeastTrials or > MostTrials)
        {
            yield return new Problem(
                $"{path}.populationSize",
                "populationSize must lie between 4 and 10,000",
                PopulationSize.Value.ToString(CultureInfo.InvariantCulture)
            );
        }
    }
}
