using FsCheck;
using FsCheck.Fluent;
using FunctionTune.Numerics;
using FunctionTune.Spaces;
using FunctionTune.Suggest;
using FunctionTune.Suggest.Gp;
using FunctionTune.Testing;

namespace FunctionTune.Engine.Tests.Suggest.Gp;

/// <summary>A random space with random points, losses, known variances and a random kernel.</summary>
internal sealed class Process
{
    private const int MostPoints = 16;

    public Process(SearchSpace space, int seed)
    {
        Random = Pcg64.ForTrial(99, seed);
        Coding = new SpaceCoding(space);
        int n = 1 + (int)Random.NextBelow(MostPoints);
        Points = [.. Enumerable.Range(0, n).Select(_ => AnyPoint())];
        Losses = [.. Points.Select(_ => Random.NextNormal())];
        Noises = [.. Points.Select(_ => seed % 2 == 0 ? 0 : Random.NextDouble())];
        var prior = new KernelPrior(Coding.Dimensions);
        Theta =
        [
            .. prior.Mode().Select((mode, i) => Math.Clamp(mode + Random.NextNormal(), prior.Low[i], prior.High[i])),
        ];
        Theta[^1] = Math.Log(0.01);
    }

    public SpaceCoding Coding { get; }

    public Pcg64 Random { get; }

    public double[][] Points { get; }

    public double[] Losses { get; }

    public double[] Noises { get; }

    public double[] Theta { get; }

    public static void Hold(Action<Process> law)
    {
        Gen<Process> processes =
            from space in SpaceGen.Space()
            from seed in Gen.Choose(0, 1_000_000)
            select new Process(space, seed);
        Prop.ForAll(Arb.From(processes), law).Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithReplay(7, 9));
    }

    public double[] AnyPoint() => Coding.Encode(PriorSampler.Draw(Coding.Space, Random));

    public Surrogate Learn(int room = 0)
    {
        var surrogate = new Surrogate(Coding, Theta, Points.Length + room);
        surrogate.Learn(Points, Losses, Noises);
        return surrogate;
    }

    /// <summary>Fails unless a gradient is the slope of a function, by differences over the coordinates with one.</summary>
    public void AssertSlopes(double[] x, double[] gradient, Func<double[], double> function, string what)
    {
        const double Step = 1e-5;
        for (int k = 0; k < x.Length; k++)
        {
            double expected = 0;
            if (Coding.IsNumber(k) && !double.IsNaN(x[k]))
            {
                double[] above = [.. x];
                double[] below = [.. x];
                above[k] += Step;
                below[k] -= Step;
                expected = (function(above) - function(below)) / (2 * Step);
            }

            // The second part is what rounding makes of differences of large values.
            double allowed = (1e-4 * (1 + gradient.Max(Math.Abs))) + (1e-8 * Math.Abs(function(x)));
            Assert.True(
                Math.Abs(expected - gradient[k]) <= allowed,
                $"{what}: the slope over coordinate {k} should be {expected:R} but is {gradient[k]:R}."
            );
        }
    }
}
