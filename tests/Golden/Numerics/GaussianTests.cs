using System.Text.Json;
using FunctionTune.Numerics;

namespace FunctionTune.Golden.Tests.Numerics;

public sealed class GaussianTests
{
    [Fact]
    public void The_distribution_function_is_that_of_SciPy()
    {
        foreach (JsonElement row in GoldenData.Scipy.GetProperty("normal_cdf").EnumerateArray())
        {
            double z = row.GetProperty("z").GetDouble();
            double expected = row.GetProperty("p").GetDouble();

            // Both are 0.5 (1 + erf): the lower tail is a difference of numbers near 1, good to 1e-16 absolutely.
            Assert.Equal(expected, Gaussian.Cdf(z), tolerance: 2.3e-16);
        }
    }
}
