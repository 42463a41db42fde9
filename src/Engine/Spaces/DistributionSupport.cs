using System.Globalization;

namespace FunctionTune.Spaces;

/// <summary>Which raw values a distribution can take.</summary>
internal static class DistributionSupport
{
    /// <summary>
    /// Relative slack where a value is compared with one that went through exp, or through multiplication with a step: a user
    /// writes 0.3, but three steps of 0.1 make 0.30000000000000004.
    /// </summary>
    private const double Slack = 1e-9;

    /// <summary>Whether <paramref name="value"/> is possible under <paramref name="distribution"/>.</summary>
    public static bool Contains(Distribution distribution, double value) =>
        double.IsFinite(value)
        && distribution switch
        {
            Distribution.LogNormal => value > 0,
            Distribution.LogUniform d => value >= Math.Exp(d.Low) * (1 - Slack)
                && value <= Math.Exp(d.High) * (1 + Slack),
            Distribution.PChoice d => IsIn(Range(d), value)
                && double.IsInteger(value)
                && d.Probabilities[(int)value] > 0,
            Distribution.RandInt or Distribution.Choice => double.IsInteger(value) && IsIn(Range(distribution), value),
            _ when RawValue.Step(distribution) is { } q => IsStep(distribution, q, value),
            _ => IsIn(Range(distribution), value),
        };

    /// <summary>The possible values in words, such as "an integer from 1 to 5".</summary>
    public static string Describe(Distribution distribution)
    {
        (double low, double high) = Range(distribution);
        string kind = RawValue.Step(distribution) switch
        {
            _ when distribution is Distribution.RandInt => "an integer",
            null => "a number",
            1 => "an integer",
            { } q => $"a multiple of {Text(q)}",
        };
        return (double.IsFinite(low), double.IsFinite(high)) switch
        {
            _ when distribution is Distribution.LogNormal => "a number above 0",
            (true, true) => $"{kind} from {Text(low)} to {Text(high)}",
            (true, false) => $"{kind} of at least {Text(low)}",
            _ => kind,
        };
    }

    /// <summary>The smallest and the largest possible value; infinite where there is none.</summary>
    private static (double Low, double High) Range(Distribution distribution) =>
        distribution switch
        {
            Distribution.Uniform d => (d.Low, d.High),
            Distribution.QUniform d => (Multiple(d.Low, d.Q), Multiple(d.High, d.Q)),
            Distribution.UniformInt d => (Multiple(d.Low, 1), Multiple(d.High, 1)),
            Distribution.LogUniform d => (Math.Exp(d.Low), Math.Exp(d.High)),
            Distribution.QLogUniform d => (
                Multiple(Math.Exp(d.Low) * (1 - Slack), d.Q),
                Multiple(Math.Exp(d.High) * (1 + Slack), d.Q)
            ),
            Distribution.Normal or Distribution.QNormal => (double.NegativeInfinity, double.PositiveInfinity),
            Distribution.LogNormal or Distribution.QLogNormal => (0, double.PositiveInfinity),
            Distribution.RandInt d => (d.Low, d.High - 1),
            Distribution.Choice d => (0, d.Count - 1),
            Distribution.PChoice d => (0, d.Probabilities.Length - 1),
            _ => throw new InvalidOperationException($"Unknown distribution {distribution.GetType()}."),
        };

    private static bool IsStep(Distribution distribution, double q, double value)
    {
        double nearest = Multiple(value, q);
        double slack = RawValue.IsInteger(distribution) ? 0 : Slack * Math.Max(Math.Abs(value), q);
        return Math.Abs(value - nearest) <= slack && IsIn(Range(distribution), nearest);
    }

    private static bool IsIn((double Low, double High) range, double value) =>
        value >= range.Low && value <= range.High;

    private static double Multiple(double value, double q) => Math.Round(value / q) * q;

    // Six digits, because exp(log(0.001)) is not 0.001 to the last one.
    private static string Text(double value) =>
        double.IsInteger(value)
            ? value.ToString(CultureInfo.InvariantCulture)
            : value.ToString("G6", CultureInfo.InvariantCulture);
}
