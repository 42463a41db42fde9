using FunctionTune.Numerics;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest.Gp;

/// <summary>Draws the points among which the search for the best acquisition begins.</summary>
/// <param name="coding">The coordinates.</param>
/// <param name="random">The trial's generator.</param>
internal sealed class CandidateDraw(SpaceCoding coding, Pcg64 random)
{
    // Steps about a good point are between a third and a three-hundredth of the range, evenly in their logarithm.
    private const double LargestStep = -0.5;
    private const double StepRange = 2;

    /// <summary>A point drawn from the prior.</summary>
    public double[] Anywhere() => coding.Encode(PriorSampler.Draw(coding.Space, random));

    /// <summary>A point like another: some of its parameters are moved, or take other options.</summary>
    /// <param name="anchor">Coordinates, shape (d).</param>
    public double[] Near(double[] anchor)
    {
        double[] x = [.. anchor];
        double step = Math.Pow(10, LargestStep - (StepRange * random.NextDouble()));
        double share = Math.Max(1.0 / x.Length, random.NextDouble());
        for (int k = 0; k < x.Length; k++)
        {
            if (!double.IsNaN(x[k]) && random.NextDouble() < share)
            {
                x[k] = coding.IsNumber(k) ? Move(k, x[k], step) : AnyOption(k);
            }
        }

        Complete(x);
        return x;
    }

    /// <summary>Makes inactive what the options taken leave inactive, and draws what they have made active.</summary>
    /// <param name="x">Coordinates, shape (d).</param>
    public void Complete(double[] x)
    {
        foreach (SpaceParameter parameter in coding.Space.Parameters)
        {
            int k = parameter.Index;
            if (!coding.Space.IsActive(k, x))
            {
                x[k] = double.NaN;
            }
            else if (double.IsNaN(x[k]))
            {
                x[k] = coding.Encode(k, PriorSampler.Draw(parameter.Prior, random));
            }
        }
    }

    private double AnyOption(int parameter)
    {
        ReadOnlySpan<double> options = coding.Options(parameter);
        return options[(int)random.NextBelow((ulong)options.Length)];
    }

    private double Move(int parameter, double x, double step)
    {
        double moved = x + (step * random.NextNormal());
        return coding.Snap(parameter, Math.Clamp(moved, coding.Low(parameter), coding.High(parameter)));
    }
}
