using FunctionTune.Numerics;

namespace FunctionTune.Engine.Tests.Numerics;

public sealed class BoundedLbfgsTests
{
    private const double Tolerance = 1e-14;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(20)]
    public void The_least_point_of_a_bowl_within_bounds_is_found(int n)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            // A sum of single bowls: bounded, each variable ends at its own least point or at the bound before it.
            var random = Pcg64.ForTrial((ulong)seed, n);
            double[] centre = [.. Enumerable.Range(0, n).Select(_ => 2 * random.NextNormal())];
            double[] steepness = [.. Enumerable.Range(0, n).Select(_ => Math.Pow(10, 3 * random.NextDouble()))];
            double[] x = [.. Enumerable.Range(0, n).Select(_ => (2 * random.NextDouble()) - 1)];
            double Bowl(ReadOnlySpan<double> at, Span<double> gradient)
            {
                double sum = 0;
                for (int i = 0; i < n; i++)
                {
                    sum += 0.5 * steepness[i] * Math.Pow(at[i] - centre[i], 2);
                    gradient[i] = steepness[i] * (at[i] - centre[i]);
                }

                return sum;
            }

            Minimizer(n, -1, 1).Minimize(Bowl, x, evaluations: 500, Tolerance);

            Assert.All(x.Zip(centre), pair => Assert.Equal(Math.Clamp(pair.Second, -1, 1), pair.First, 1e-5));
        }
    }

    [Theory]
    [InlineData(-1.2, 1)]
    [InlineData(2, 2)]
    [InlineData(-2, -2)]
    public void The_end_of_Rosenbrocks_valley_is_found(double x, double y)
    {
        double[] at = [x, y];
        double value = Minimizer(2, -5, 5).Minimize(Rosenbrock, at, evaluations: 300, Tolerance);

        Assert.InRange(value, 0, 1e-10);
        Assert.All(at, coordinate => Assert.Equal(1, coordinate, 1e-4));
    }

    [Fact]
    public void A_valley_that_leaves_the_bounds_is_followed_to_the_bound()
    {
        double[] at = [-1, 1];
        new BoundedLbfgs([-2, -2], [0.5, 2]).Minimize(Rosenbrock, at, evaluations: 300, Tolerance);

        Assert.Equal([0.5, 0.25], at.Select(x => Math.Round(x, 5)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(25)]
    [InlineData(60)]
    public void It_keeps_within_bounds_and_evaluations_and_never_returns_worse_than_it_began(int evaluations)
    {
        for (int seed = 0; seed < 50; seed++)
        {
            var random = Pcg64.ForTrial(5, seed);
            double[] x = [.. Enumerable.Range(0, 4).Select(_ => (3 * random.NextDouble()) - 1)];
            int asked = 0;
            double start = Waves(x, new double[4]);
            double Counted(ReadOnlySpan<double> at, Span<double> gradient)
            {
                asked++;
                foreach (double coordinate in at)
                {
                    Assert.InRange(coordinate, -1, 2);
                }

                return Waves(at, gradient);
            }

            double value = Minimizer(4, -1, 2).Minimize(Counted, x, evaluations, tolerance: 0);

            Assert.InRange(asked, 1, evaluations);
            Assert.Equal(value, Waves(x, new double[4]));
            Assert.InRange(value, double.NegativeInfinity, start);
        }
    }

    [Fact]
    public void A_region_without_values_is_stepped_around()
    {
        // The first steps from 3 reach beyond 0, where there is nothing.
        double[] x = [3];
        double value = Minimizer(1, -100, 100)
            .Minimize(
                (at, gradient) =>
                {
                    gradient[0] = 40 * (at[0] - 0.5);
                    return at[0] < 0 ? double.NaN : 20 * Math.Pow(at[0] - 0.5, 2);
                },
                x,
                evaluations: 100,
                Tolerance
            );

        Assert.Equal(0.5, x[0], 1e-6);
        Assert.Equal(0, value, 1e-10);
    }

    [Fact]
    public void A_start_without_a_value_is_given_back()
    {
        double[] x = [0.25];
        double value = Minimizer(1, 0, 1)
            .Minimize(
                (_, gradient) =>
                {
                    gradient[0] = double.NaN;
                    return double.NaN;
                },
                x,
                evaluations: 10,
                Tolerance
            );

        Assert.True(double.IsNaN(value));
        Assert.Equal(0.25, x[0]);
    }

    [Fact]
    public void A_variable_without_room_stays_where_it_is()
    {
        double[] x = [0.5, -1];
        new BoundedLbfgs([0.5, -5], [0.5, 5]).Minimize(Rosenbrock, x, evaluations: 100, Tolerance);

        Assert.Equal(0.5, x[0]);
        Assert.Equal(0.25, x[1], 1e-6);
    }

    private static BoundedLbfgs Minimizer(int n, double low, double high) =>
        new([.. Enumerable.Repeat(low, n)], [.. Enumerable.Repeat(high, n)]);

    private static double Rosenbrock(ReadOnlySpan<double> x, Span<double> gradient)
    {
        double off = x[1] - (x[0] * x[0]);
        gradient[0] = (-400 * x[0] * off) - (2 * (1 - x[0]));
        gradient[1] = 200 * off;
        return (100 * off * off) + ((1 - x[0]) * (1 - x[0]));
    }

    private static double Waves(ReadOnlySpan<double> x, Span<double> gradient)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += Math.Sin(5 * x[i]) + (0.3 * x[i] * x[i]);
            gradient[i] = (5 * Math.Cos(5 * x[i])) + (0.6 * x[i]);
        }

        return sum;
    }
}
