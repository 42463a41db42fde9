using FsCheck;
using FsCheck.Fluent;
using FunctionTune.History;
using FunctionTune.Numerics;
using FunctionTune.Spaces;
using FunctionTune.Suggest;
using FunctionTune.Suggest.Tpe;

namespace FunctionTune.Engine.Tests.Suggest.Tpe;

/// <summary>A numeric prior and the column of a parameter that has it, after some trials.</summary>
internal sealed record Story(Distribution Distribution, double[] Values, double PriorWeight)
{
    // Where FsCheck starts: the same stories in every run.
    private const ulong Seed = 20240611;
    private const ulong Gamma = 77;

    public NumericPrior Prior => NumericPrior.Of(Distribution)!.Value;

    /// <summary>The values on the latent axis, rising.</summary>
    public double[] Sorted => [.. Values.Select(Prior.ToLatent).Order()];

    /// <summary>Checks a law for many stories.</summary>
    public static void Hold(Action<Story> law) =>
        Prop.ForAll(Arb.From(Any()), law)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithEndSize(250).WithReplay(Seed, Gamma));

    /// <summary>The values in a column, numbered from 0.</summary>
    public ParameterColumn Column()
    {
        var column = new ParameterColumn(Distribution);
        for (int number = 0; number < Values.Length; number++)
        {
            column.Add(number, Values[number]);
        }

        return column;
    }

    /// <summary>The mixture over all values, and which component is the prior.</summary>
    public (double[] Weights, double[] Mus, double[] Sigmas, int Place) Fit()
    {
        double[] weights = new double[Values.Length];
        ForgettingWeights.Fill(weights);
        int count = Values.Length + 1;
        (double[] w, double[] mus, double[] sigmas) = (new double[count], new double[count], new double[count]);
        int place = AdaptiveParzen.Fit(Sorted, weights, Prior, PriorWeight, new ParzenMixture(w, mus, sigmas));
        return (w, mus, sigmas, place);
    }

    private static Gen<Story> Any() =>
        from distribution in Gen.Elements<Distribution>(
            new Distribution.Uniform(0, 1),
            new Distribution.Uniform(1e6, 1e6 + 1),
            new Distribution.Uniform(-1e-9, 1e-9),
            new Distribution.LogUniform(-9, 3),
            new Distribution.Normal(-4, 0.3),
            new Distribution.LogNormal(1, 2),
            new Distribution.UniformInt(0, 30),
            new Distribution.QUniform(-1.3, 5.2, 0.5),
            new Distribution.QLogUniform(-3, 4, 1),
            new Distribution.QNormal(0, 5, 2),
            new Distribution.QLogNormal(0, 1, 0.1)
        )
        from seed in Gen.Choose(0, 1_000_000)
        from repeats in Gen.Choose(1, 4)
        from priorWeight in Gen.Elements(1, 1, 0.1, 5)
        from values in Gen.Sized(size => FsCheck.Fluent.Gen.Choose(0, size))
        select new Story(distribution, Draw(distribution, seed, values, repeats), priorWeight);

    // Values of the prior, each several times.
    private static double[] Draw(Distribution distribution, int seed, int count, int repeats)
    {
        var random = Pcg64.ForTrial((ulong)seed, 0);
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = i % repeats == 0 ? PriorSampler.Draw(distribution, random) : values[i - 1];
        }

        return values;
    }
}
