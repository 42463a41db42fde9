using FunctionTune.Suggest;
using FunctionTune.Testing.Search;

namespace FunctionTune.Engine.Tests.Suggest;

/// <summary>Whether the Gaussian process learns: against random search, over five seeds; the benchmark has the whole table.</summary>
public sealed class GpQualityTests
{
    private const int Seeds = 5;
    private const int Trials = 50;

    // How much of the regret of random search may be left: several times what the benchmark of quality shows.
    [Theory]
    [InlineData("branin", 0.02)]
    [InlineData("hartmann6", 0.2)]
    [InlineData("condfam", 0.5)]
    public void Gp_leaves_little_of_the_regret_of_rand(string name, double share)
    {
        Objective objective = Objectives.All.Single(o => o.Name == name);
        double gp = MedianRegret(objective, () => new GpSuggester(new GpOptions()), Seeds);
        double rand = MedianRegret(objective, () => new RandomSuggester(), 8 * Seeds);

        Assert.True(gp <= share * rand, $"The regret of gp is {gp}, that of rand {rand}: {gp / rand:F4} of it.");
    }

    private static double MedianRegret(Objective objective, Func<ISuggester> suggester, int seeds) =>
        Enumerable
            .Range(0, seeds)
            .Select(seed => new SearchRun(objective, suggester(), (ulong)seed).Play(Trials)[^1] - objective.Optimum)
            .Order()
            .ElementAt(seeds / 2);
}
