using FunctionTune.Engine.Tests.Numerics;
using FunctionTune.Numerics;
using FunctionTune.Suggest.TpeMv;
using MathNet.Numerics.Distributions;

namespace FunctionTune.Engine.Tests.Suggest.TpeMv;

public sealed class StudentKernelTests
{
    [Theory]
    [InlineData(-40)]
    [InlineData(-1.5)]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(12)]
    public void The_distribution_function_is_Students_and_the_quantile_inverts_it(double t)
    {
        double p = StudentKernel.Cdf(t);

        Assert.Equal(StudentT.CDF(0, 1, 2, t), p, 1e-12);
        Assert.Equal(t, StudentKernel.Quantile(p), 1e-9 * Math.Max(1, Math.Abs(t * t * t)));
    }

    [Theory]
    [InlineData(0.5, 0.1)]
    [InlineData(0, 0.3)]
    [InlineData(0.99, 0.001)]
    public void Draws_follow_the_kernel_cut_off_at_the_bounds(double centre, double width)
    {
        var random = new Pcg64(1, 2);
        double[] draws =
        [
            .. Enumerable.Range(0, 4000).Select(_ => StudentKernel.Draw(centre, width, isBounded: true, random)),
        ];
        double low = StudentKernel.Cdf(-centre / width);
        double mass = Math.Exp(StudentKernel.LogMass(centre, width, isBounded: true));

        Laws.AssertFollows(draws, x => (StudentKernel.Cdf((x - centre) / width) - low) / mass);
    }
}
