using FunctionTune.Suggest.Cmaes;

namespace FunctionTune.Engine.Tests.Suggest.Cmaes;

public sealed class CmaWeightsTests
{
    // Reference: the formulas of arXiv:1604.00772, table 1, evaluated in Python.
    [Theory]
    [InlineData(
        10,
        10,
        0.45627264690340597,
        -0.5497499176973852,
        3.1672992814107026,
        0.2844285879463675,
        1.2844285879463675,
        0.29499038303562225,
        0.015283824524751714,
        0.023551776650417484
    )]
    [InlineData(
        2,
        6,
        0.6370425712412168,
        -1.1559817781589212,
        2.0286114646100617,
        0.44620498737831715,
        1.4462049873783172,
        0.6245545390268264,
        0.1548153998964136,
        0.08559277942666424
    )]
    [InlineData(
        50,
        64,
        0.11665680437977725,
        -0.05907570103539254,
        17.62165240685567,
        0.2701901121297446,
        1.2701901121297445,
        0.07956208210942944,
        0.0007549130726779666,
        0.011705080873299845
    )]
    public void The_constants_are_the_tutorials(int dimensions, int samples, params double[] expected)
    {
        var weights = new CmaWeights(dimensions, samples);

        double[] actual =
        [
            weights.Ranks[0],
            weights.Ranks[^1],
            weights.Mass,
            weights.StepMemory,
            weights.StepDamping,
            weights.PathMemory,
            weights.RankOne,
            weights.RankMu,
        ];
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Math.Abs(pair.First) * 1e-12));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(1, 4)]
    [InlineData(5, 3)]
    [InlineData(100, 17)]
    [InlineData(3, 500)]
    public void The_better_ranks_share_one_and_the_covariance_stays_positive(int dimensions, int samples)
    {
        var weights = new CmaWeights(dimensions, samples);

        Assert.Equal(1, weights.Ranks.Where(rank => rank > 0).Sum(), 1e-12);
        Assert.Equal(weights.Ranks.OrderDescending(), weights.Ranks);
        double lost = -weights.Ranks.Where(rank => rank < 0).Sum() * dimensions * weights.RankMu;
        Assert.True(lost <= 1 - weights.RankOne - weights.RankMu + 1e-12, $"{lost}");
        Assert.All(
            new[] { weights.StepMemory, weights.PathMemory, weights.RankOne, weights.RankMu },
            rate => Assert.InRange(rate, 0, 1)
        );
    }
}
