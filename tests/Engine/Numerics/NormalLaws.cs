using FsCheck;
using FsCheck.Fluent;
using FunctionTune.Numerics;

namespace FunctionTune.Engine.Tests.Numerics;

public sealed class NormalLaws
{
    private const double Rounding = 1e-14;

    // Where an implementation passes from one formula to another.
    private static readonly double[] s_switches = [0, 1, MillsRatio.Far, Math.Sqrt(1500), -Math.Log(2), -700];

    private static readonly Dictionary<string, Func<double, double>> s_functions = new()
    {
        ["Pdf"] = Gaussian.Pdf,
        ["LogPdf"] = Gaussian.LogPdf,
        ["Cdf"] = Gaussian.Cdf,
        ["LogCdf"] = Gaussian.LogCdf,
        ["Tail"] = x => Gaussian.Tail(Math.Abs(x)),
        ["Mills' ratio"] = x => MillsRatio.Of(Math.Abs(x)),
        ["its complement"] = x => MillsRatio.Complement(Math.Abs(x)),
        ["QuantileOfLog"] = x => Gaussian.QuantileOfLog(-Math.Abs(x)),
        ["ExpectedImprovement.Log"] = ExpectedImprovement.Log,
        ["ExpectedImprovement.LogSlope"] = ExpectedImprovement.LogSlope,
        ["OneMinusExp"] = x => LogSpace.OneMinusExp(-Math.Abs(x)),
    };

    public static TheoryData<string> Functions => [.. s_functions.Keys];

    [Theory]
    [MemberData(nameof(Functions))]
    public void No_finite_number_gives_a_NaN(string function) =>
        AnyDouble.Hold(AnyDouble.Finite, x => Assert.False(double.IsNaN(s_functions[function](x)), $"{x:R}"));

    [Theory]
    [MemberData(nameof(Functions))]
    public void No_function_jumps_where_its_formula_changes(string function) =>
        Assert.All(
            s_switches.SelectMany(x => new[] { x, -x }),
            x =>
            {
                double below = s_functions[function](Math.BitDecrement(x));
                double above = s_functions[function](Math.BitIncrement(x));
                double allowed = 2 * Rounding * Math.Max(Math.Abs(below), 0.03);
                Assert.True(below == above || Math.Abs(below - above) <= allowed, $"{x:R}: {below:R}, {above:R}");
            }
        );

    [Theory]
    [InlineData("LogCdf", 1)]
    [InlineData("Mills' ratio", -1)]
    [InlineData("its complement", -1)]
    [InlineData("ExpectedImprovement.Log", 1)]
    [InlineData("ExpectedImprovement.LogSlope", -1)]
    public void What_should_rise_or_fall_does_so(string function, int direction) =>
        AnyDouble.Hold(
            Pairs(AnyDouble.Finite.Select(x => function.StartsWith('E') || function == "LogCdf" ? x : Math.Abs(x))),
            pair =>
            {
                double low = direction * s_functions[function](Math.Min(pair.A, pair.B));
                double high = direction * s_functions[function](Math.Max(pair.A, pair.B));
                Assert.True(low <= high || low - high <= Rounding * Math.Abs(high), $"{pair}: {low:R}, {high:R}");
            }
        );

    [Fact]
    public void The_quantile_of_the_log_probability_gives_the_number_back() =>
        AnyDouble.Hold(
            Gen.OneOf(AnyDouble.Between(-40, 2), AnyDouble.Spread(0, 8).Select(z => -Math.Abs(z))),
            z => Assert.Equal(z, Gaussian.QuantileOfLog(Gaussian.LogCdf(z)), 1e-14 * Math.Max(1, Math.Abs(z)))
        );

    [Fact]
    public void The_log_probability_of_the_quantile_gives_the_log_probability_back() =>
        AnyDouble.Hold(
            AnyDouble.Spread(-300, 300).Select(log => -Math.Abs(log)),
            log =>
            {
                double z = Gaussian.QuantileOfLog(log);

                // Above the mean the probability is near 1, and 1 minus it multiplies the last bit of z by z².
                Assert.Equal(log, Gaussian.LogCdf(z), Math.Abs(log) * (1e-15 + (z > 0 ? 8e-16 * z * z : 0)));
            }
        );

    [Fact]
    public void Both_sides_of_a_number_hold_all_probability() =>
        AnyDouble.Hold(
            AnyDouble.Between(-40, 40),
            z => Assert.Equal(0, LogSpace.Sum(Gaussian.LogCdf(z), Gaussian.LogCdf(-z)), 1e-15)
        );

    [Fact]
    public void The_log_of_the_expected_improvement_grows_by_no_more_and_no_less_than_its_slopes() =>
        AnyDouble.Hold(
            Pairs(Gen.OneOf(AnyDouble.Between(-12, 12), AnyDouble.Spread(-3, 8))),
            pair =>
            {
                (double low, double high) = (Math.Min(pair.A, pair.B), Math.Max(pair.A, pair.B));
                (double before, double after) = (ExpectedImprovement.Log(low), ExpectedImprovement.Log(high));
                double rounding = Rounding * (Math.Abs(before) + Math.Abs(after) + 1);

                Assert.True(after - before <= ((high - low) * ExpectedImprovement.LogSlope(low)) + rounding, $"{pair}");
                Assert.True(
                    after - before >= ((high - low) * ExpectedImprovement.LogSlope(high)) - rounding,
                    $"{pair}"
                );
            }
        );

    [Fact]
    public void A_sum_of_logarithms_lies_between_the_larger_and_twice_it() =>
        AnyDouble.Hold(
            Pairs(AnyDouble.Finite),
            pair =>
            {
                double large = Math.Max(pair.A, pair.B);
                double sum = LogSpace.Sum(pair.A, pair.B);

                Assert.InRange(sum, large, large + Math.Log(2) + (Rounding * Math.Abs(large)));
                Assert.Equal(sum, LogSpace.Sum([pair.A, pair.B]), 1e-15 * Math.Max(1, Math.Abs(large)));
                Assert.True(LogSpace.Difference(large, Math.Min(pair.A, pair.B)) <= large);
            }
        );

    [Fact]
    public void A_difference_of_logarithms_undoes_a_sum() =>
        AnyDouble.Hold(
            Pairs(AnyDouble.Between(-15, 15)),
            pair =>
                Assert.Equal(
                    pair.A,
                    LogSpace.Difference(LogSpace.Sum(pair.A, pair.B), pair.B),
                    1e-14 * Math.Exp(Math.Max(0, pair.B - pair.A)) * 15
                )
        );

    private static Gen<(double A, double B)> Pairs(Gen<double> numbers) =>
        from a in numbers
        from b in numbers
        select (a, b);
}
