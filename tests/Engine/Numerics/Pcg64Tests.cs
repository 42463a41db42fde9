using FunctionTune.Numerics;

namespace FunctionTune.Engine.Tests.Numerics;

public sealed class Pcg64Tests
{
    [Fact]
    public void The_same_trial_gives_the_same_stream_and_another_trial_another()
    {
        ulong[] stream = Words(Pcg64.ForTrial(7, 3));

        Assert.Equal(stream, Words(Pcg64.ForTrial(7, 3)));
        Assert.NotEqual(stream, Words(Pcg64.ForTrial(7, 4)));
        Assert.NotEqual(stream, Words(Pcg64.ForTrial(8, 3)));
        Assert.NotEqual(stream, Words(Pcg64.ForTrial(3, 7)));
    }

    [Fact]
    public void First_words_of_neighbouring_trials_are_uniform()
    {
        double[] first = [.. Enumerable.Range(0, 20_000).Select(number => Pcg64.ForTrial(1, number).NextDouble())];

        Laws.AssertFollows(first, x => x);
    }

    [Fact]
    public void Doubles_are_uniform_over_zero_to_one()
    {
        var random = Pcg64.ForTrial(5, 0);

        Laws.AssertFollows([.. Enumerable.Range(0, 20_000).Select(_ => random.NextDouble())], x => x);
    }

    [Fact]
    public void Normals_follow_the_normal_law_and_do_not_depend_on_one_another()
    {
        var random = Pcg64.ForTrial(5, 1);
        double[] draws = [.. Enumerable.Range(0, 20_000).Select(_ => random.NextNormal())];

        Laws.AssertFollows(draws, x => MathNet.Numerics.Distributions.Normal.CDF(0, 1, x));
        double correlation = draws.Zip(draws.Skip(1), (a, b) => a * b).Average();
        Assert.InRange(correlation, -4 / Math.Sqrt(draws.Length), 4 / Math.Sqrt(draws.Length));
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    [InlineData(10UL)]
    [InlineData((1UL << 63) + 1)]
    public void Bounded_integers_stay_below_the_bound_and_are_equally_likely(ulong bound)
    {
        var random = Pcg64.ForTrial(5, 2);
        double[] counts = new double[Math.Min(bound, 10)];
        for (int i = 0; i < 20_000; i++)
        {
            ulong drawn = random.NextBelow(bound);
            Assert.True(drawn < bound);
            counts[(int)((UInt128)drawn * (UInt128)counts.Length / bound)]++;
        }

        Laws.AssertFrequencies(counts, [.. counts.Select(_ => 1.0 / counts.Length)]);
    }

    private static ulong[] Words(Pcg64 random) => [random.NextUInt64(), random.NextUInt64(), random.NextUInt64()];
}
