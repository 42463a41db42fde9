using FunctionTune.Spaces;

namespace FunctionTune.Testing.Suggest;

/// <summary>Which values a distribution can give, written down a second time, independently of the engine.</summary>
public static class Support
{
    private const double Rounding = 1e-9;

    /// <summary>Fails unless a value of each active parameter is one that its distribution can give, and the others are NaN.</summary>
    public static void AssertContains(SearchSpace space, Point point)
    {
        Assert.Equal(space.Parameters.Length, point.Values.Length);
        foreach (SpaceParameter parameter in space.Parameters)
        {
            Assert.Equal(space.IsActive(parameter.Index, point.Values.AsSpan()), point.IsActive(parameter.Index));
            if (point.IsActive(parameter.Index))
            {
                double value = point[parameter.Index];
                Assert.True(
                    Contains(parameter.Prior, value),
                    $"{parameter.Label} = {value:R} is no value of {parameter.Prior}."
                );
            }
        }
    }

    /// <summary>Whether the distribution can give the value.</summary>
    public static bool Contains(Distribution distribution, double value) =>
        distribution switch
        {
            Distribution.Uniform d => d.Low <= value && value < d.High,
            Distribution.QUniform d => IsRounded(value, d.Low, d.High, d.Q),
            Distribution.UniformInt d => IsRounded(value, d.Low, d.High, q: 1),
            Distribution.LogUniform d => Math.Exp(d.Low) <= value && value <= Math.Exp(d.High),
            Distribution.QLogUniform d => IsRounded(value, Math.Exp(d.Low), Math.Exp(d.High), d.Q),
            Distribution.Normal => double.IsFinite(value),
            Distribution.QNormal d => IsRounded(value, double.MinValue, double.MaxValue, d.Q),
            Distribution.LogNormal => double.IsFinite(value) && value > 0,
            Distribution.QLogNormal d => IsRounded(value, 0, double.MaxValue, d.Q),
            Distribution.RandInt d => double.IsInteger(value) && d.Low <= value && value < d.High,
            Distribution.Choice d => double.IsInteger(value) && value >= 0 && value < d.Count,
            Distribution.PChoice d => double.IsInteger(value)
                && value >= 0
                && value < d.Probabilities.Length
                && d.Probabilities[(int)value] > 0,
            _ => throw new ArgumentOutOfRangeException(nameof(distribution), distribution, "Unknown distribution."),
        };

    // A rounded value is within half a step of what was rounded, and a multiple of the step.
    private static bool IsRounded(double value, double low, double high, double q) =>
        value >= low - (q / 2) - Rounding
        && value <= high + (q / 2) + Rounding
        && Math.Abs((value / q) - Math.Round(value / q)) < Rounding;
}
