using System.Globalization;

namespace FunctionTune.Suggest;

/// <summary>The options of <see cref="GpSuggester"/>.</summary>
/// <param name="StartupTrials">
/// How many trials, pending ones counted, must be known before the model is asked; until then the space is filled evenly.
/// Range: at least 2.
/// </param>
/// <param name="MaxTrials">
/// How many trials the model learns from; of more, the better half and others from all along are taken. The cost of a
/// suggestion grows with the square of it. Range: 10 to 1,000.
/// </param>
public sealed record GpOptions(int StartupTrials = 5, int MaxTrials = 200)
{
    private const int LeastStartup = 2;
    private const int LeastTrials = 10;
    private const int MostTrials = 1000;

    /// <summary>The rules that the options break; none when they are sound.</summary>
    /// <param name="path">Where the options stand, for the problems' <see cref="Problem.Path"/>.</param>
    public IEnumerable<Problem> Check(string path)
    {
        if (StartupTrials < LeastStartup)
        {
            yield return new Problem(
                $"{path}.nStartupJobs",
                $"nStartupJobs must be at least {LeastStartup}",
                Text(StartupTrials)
            );
        }

        if (MaxTrials is < LeastTrials or > MostTrials)
        {
            yield return new Problem($"{path}.maxTrials", "maxTrials must lie between 10 and 1,000", Text(MaxTrials));
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
