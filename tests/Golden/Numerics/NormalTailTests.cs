using System.Text.Json;
using FunctionTune.Numerics;

namespace FunctionTune.Golden.Tests.Numerics;

/// <summary>The normal distribution and its relatives, beside numbers of 100 digits.</summary>
public sealed class NormalTailTests
{
    [Fact]
    public void Mills_ratio_keeps_its_digits_to_the_end_of_the_tail() =>
        AssertColumn("tail", "mills", MillsRatio.Of, 1e-15);

    [Fact]
    public void What_Mills_ratio_lacks_to_1_over_z_keeps_its_digits_too() =>
        AssertColumn("tail", "complement", MillsRatio.Complement, 1e-14);

    [Fact]
    public void The_upper_tail_keeps_its_digits_until_it_underflows() =>
        AssertColumn("tail", "tail", Gaussian.Tail, 3e-15);

    [Fact]
    public void The_logarithm_of_the_distribution_function_keeps_its_digits_in_both_tails() =>
        AssertColumn("log_cdf", "log_cdf", Gaussian.LogCdf, 4e-15);

    [Fact]
    public void The_quantile_keeps_its_digits() => AssertColumn("quantile", "z", Gaussian.Quantile, 5e-16, "p");

    [Fact]
    public void The_quantile_of_a_logarithm_knows_no_smallest_probability() =>
        AssertColumn("quantile_of_log", "z", Gaussian.QuantileOfLog, 1e-15, "log", floor: 1);

    [Fact]
    public void The_logarithm_of_the_expected_improvement_keeps_its_digits_where_the_improvement_underflows() =>
        AssertColumn("log_ei", "log", ExpectedImprovement.Log, 1e-14);

    [Fact]
    public void The_slope_of_the_logarithm_of_the_expected_improvement_keeps_its_digits() =>
        AssertColumn("log_ei", "slope", ExpectedImprovement.LogSlope, 1e-14);

    [Fact]
    public void Sums_and_differences_of_logarithms_keep_their_digits()
    {
        foreach (JsonElement row in GoldenData.Numerics.GetProperty("log_space").EnumerateArray())
        {
            (double a, double b) = (row.GetProperty("a").GetDouble(), row.GetProperty("b").GetDouble());
            double size = Math.Max(Math.Abs(a), Math.Abs(b));

            AssertNear(row.GetProperty("sum").GetDouble(), LogSpace.Sum(a, b), 1e-15, $"sum of {a:R}, {b:R}", size);
            AssertNear(row.GetProperty("sum").GetDouble(), LogSpace.Sum([b, a]), 1e-15, $"sum of {b:R}, {a:R}", size);
            AssertNear(
                row.GetProperty("difference").GetDouble(),
                LogSpace.Difference(a, b),
                1e-15,
                $"difference of {a:R}, {b:R}",
                size
            );
        }
    }

    private static void AssertColumn(
        string table,
        string column,
        Func<double, double> function,
        double bound,
        string input = "z",
        double floor = 0
    )
    {
        foreach (JsonElement row in GoldenData.Numerics.GetProperty(table).EnumerateArray())
        {
            double x = row.GetProperty(input).GetDouble();
            AssertNear(row.GetProperty(column).GetDouble(), function(x), bound, $"{column} of {x:R}", floor);
        }
    }

    // Relatively; but to numbers below the floor absolutely, where a difference of numbers near 1 comes near 0.
    private static void AssertNear(double expected, double actual, double bound, string what, double floor) =>
        Assert.True(
            Math.Abs(expected - actual) <= bound * Math.Max(Math.Abs(expected), floor),
            $"{what} should be {expected:R} but is {actual:R}, off by {Math.Abs((actual / expected) - 1)}."
        );
}
