using System.Text.Json;
using FunctionTune.Numerics;

namespace FunctionTune.Golden.Tests.Numerics;

/// <summary>Truncated normal distributions around the mean and far in the tails, beside numbers of 100 digits.</summary>
public sealed class TruncatedGaussianTests
{
    private const double Bound = 1e-13;

    [Fact]
    public void The_mass_between_the_bounds_keeps_its_digits() =>
        AssertAll("log_mass", (row, gaussian) => gaussian.LogMass, _ => 0.02);

    [Fact]
    public void The_density_keeps_its_digits() =>
        AssertAll("log_density", (row, gaussian) => gaussian.LogDensity(Number(row, "quantile")), _ => 1);

    [Fact]
    public void Quantiles_are_as_far_from_the_nearer_bound_as_they_should_be() =>
        AssertAll("quantile", (row, gaussian) => gaussian.Quantile(Number(row, "p")), ToNearerBound);

    // Around the mean, a probability near 1/2 leaves no more than the spacing of doubles there.
    private static double ToNearerBound(JsonElement row)
    {
        double x = Number(row, "quantile");
        double distance = Math.Min(x - Number(row, "low"), Number(row, "high") - x);
        return Math.Max(
            distance,
            Number(row, "low") < Number(row, "mean") && Number(row, "mean") < Number(row, "high")
                ? 0.004 * Number(row, "sigma")
                : 0
        );
    }

    private static void AssertAll(
        string column,
        Func<JsonElement, TruncatedGaussian, double> actual,
        Func<JsonElement, double> scale
    )
    {
        foreach (JsonElement row in GoldenData.Numerics.GetProperty("truncated").EnumerateArray())
        {
            double expected = Number(row, column);
            double was = actual(row, Gaussian(row));
            double allowed = (Bound * scale(row)) + (4e-15 * Math.Abs(expected));
            Assert.True(
                Math.Abs(was - expected) <= allowed,
                $"{column} of {row} is {was:R}, off by {Math.Abs(was - expected)}, more than {allowed}."
            );
        }
    }

    private static TruncatedGaussian Gaussian(JsonElement row) =>
        new(Number(row, "mean"), Number(row, "sigma"), Number(row, "low"), Number(row, "high"));

    private static double Number(JsonElement row, string name) => row.GetProperty(name).GetDouble();
}
