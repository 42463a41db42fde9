using System.Globalization;

namespace FunctionTune.Suggest;

/// <summary>The options of <see cref="AnnealSuggester"/>, with hyperopt's defaults.</summary>
/// <param name="AvgBestIdx">
/// How good the trials are, on average, about which new points are drawn: 1 takes the best always, 2 on average the second
/// best. Range: finite, at least 1.
/// </param>
/// <param name="ShrinkCoef">
/// How fast the neighbourhoods shrink: after T trials they are 1 / (1 + T * ShrinkCoef) of the prior. Range: finite, at least 0.
/// </param>
public sealed record AnnealOptions(double AvgBestIdx = 2, double ShrinkCoef = 0.1)
{
    /// <summary>The rules that the options break; none when they are sound.</summary>
    /// <param name="path">Where the options stand, for the problems' <see cref="Problem.Path"/>.</param>
    public IEnumerable<Problem> Check(string path)
    {
        if (!(double.IsFinite(AvgBestIdx) && AvgBestIdx >= 1))
        {
            yield return new Problem($"{path}.avgBestIdx", "avgBestIdx >= 1 must hold, finite", Text(AvgBestIdx));
        }

        if (!(double.IsFinite(ShrinkCoef) && ShrinkCoef >= 0))
        {
            yield return new Problem($"{path}.shrinkCoef", "shrinkCoef >= 0 must hold, finite", Text(ShrinkCoef));
        }
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
