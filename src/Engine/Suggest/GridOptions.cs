using System.Globalization;

namespace FunctionTune.Suggest;

/// <summary>The options of <see cref="GridSuggester"/>.</summary>
/// <param name="Steps">
/// How many values to take of a parameter that has no bounded number of them: evenly spread quantiles of its prior. Null when
/// there is to be no such parameter. Range: 1 to 10,000.
/// </param>
public sealed record GridOptions(int? Steps = null)
{
    private const int MaxSteps = 10_000;

    /// <summary>The rules that the options break; none when they are sound.</summary>
    /// <param name="path">Where the options stand, for the problems' <see cref="Problem.Path"/>.</param>
    public IEnumerable<Problem> Check(string path)
    {
        if (Steps is < 1 or > MaxSteps)
        {
            string found = Steps.Value.ToString(CultureInfo.InvariantCulture);
            yield return new Problem($"{path}.steps", "steps must lie between 1 and 10,000", found);
        }
    }
}
