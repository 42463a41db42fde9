using FunctionTune.Numerics;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest.Tpe;

/// <summary>Draws from a mixture that is cut off at the bounds of the latent axis.</summary>
internal static class TruncatedMixture
{
    /// <summary>
    /// Draws a component, then a value from it, and both anew until the value lies within the bounds. Every mean lies within
    /// the bounds, or at most half a step outside, so that this ends soon.
    /// </summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="prior">The bounds.</param>
    /// <param name="random">The generator.</param>
    /// <param name="draws">Where the draws are written, on the latent axis. Shape (draws).</param>
    public static void Draw(in ParzenMixture mixture, in NumericPrior prior, Pcg64 random, Span<double> draws)
    {
        foreach (ref double draw in draws)
        {
            do
            {
                int component = DrawComponent(mixture.Weights, random);
                draw = mixture.Mus[component] + (mixture.Sigmas[component] * random.NextNormal());
            } while (!(prior.Low <= draw && draw < prior.High));
        }
    }

    private static int DrawComponent(ReadOnlySpan<double> weights, Pcg64 random)
    {
        double rest = random.NextDouble();
        int component = 0;
        while (component < weights.Length - 1 && rest >= weights[component])
        {
            rest -= weights[component];
            component++;
        }

        return component;
    }
}
