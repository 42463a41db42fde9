using FunctionTune.History;
using FunctionTune.Numerics;
using FunctionTune.Spaces;
using FunctionTune.Suggest.Gp;
using FunctionTune.Testing.Suggest;

namespace FunctionTune.Engine.Tests.Suggest.Gp;

public sealed class TrainingSetTests
{
    private static readonly SpaceCoding s_coding = new(Testing.Suggest.Spaces.Single(new Distribution.Uniform(0, 1)));

    [Theory]
    [InlineData(10, 10)]
    [InlineData(11, 10)]
    [InlineData(400, 10)]
    [InlineData(401, 201)]
    [InlineData(3000, 200)]
    public void Thinning_keeps_the_count_the_better_ones_and_the_order(int count, int most)
    {
        var random = Pcg64.ForTrial(6, count);
        Observation[] all = [.. Enumerable.Range(0, count).Select(n => Trial(n, random.NextNormal()))];
        TrainingSet kept = TrainingSet.Of(s_coding, all, most);

        Assert.Equal(most, kept.Count);
        Assert.Equal(kept.Numbers.Distinct().Order(), kept.Numbers);
        Assert.Empty(all.OrderBy(o => o.Loss).Take(most / 2).Select(o => o.Number).Except(kept.Numbers));
        Assert.Equal(kept.Numbers.Select(n => all[n].Loss), kept.Losses.Select(loss => loss * kept.Scale));
        Assert.Equal(kept.Numbers.Select(n => all[n].Point[0]), kept.Points.Select(x => x[0]));
        Assert.Equal(kept.Numbers, TrainingSet.Of(s_coding, all, count).Thin(most).Numbers);
    }

    [Fact]
    public void The_others_that_are_kept_come_from_all_along()
    {
        // The better half comes last.
        Observation[] all = [.. Enumerable.Range(0, 1000).Select(n => Trial(n, -n))];
        TrainingSet kept = TrainingSet.Of(s_coding, all, most: 100);

        Assert.Equal(Enumerable.Range(0, 50).Select(i => 19 * i), kept.Numbers.Where(n => n < 950));
    }

    [Fact]
    public void A_failed_trial_has_the_worst_loss_and_pending_and_meaningless_ones_are_left_out()
    {
        TrainingSet set = TrainingSet.Of(
            s_coding,
            [
                Trial(0, -3),
                Without(1, LossKind.Bad),
                Without(2, LossKind.Pending),
                Without(3, LossKind.None),
                Trial(4, 1.5),
            ],
            most: 10
        );

        Assert.Equal([0, 1, 4], set.Numbers);
        Assert.Equal([-3, 1.5, 1.5], set.Losses.Select(loss => loss * set.Scale));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 4)]
    [InlineData(-4, 8)]
    [InlineData(0.3, 0.5)]
    public void Losses_are_divided_by_the_next_power_of_two(double loss, double scale)
    {
        TrainingSet set = TrainingSet.Of(s_coding, [Trial(0, loss) with { LossVariance = 0.5 }], most: 10);

        Assert.Equal(scale, set.Scale);
        Assert.Equal(loss / scale, set.Losses[0]);
        Assert.Equal(0.5 / scale / scale, set.Variances[0]);
    }

    [Theory]
    [InlineData(double.MaxValue)]
    [InlineData(-double.MaxValue)]
    [InlineData(double.Epsilon)]
    [InlineData(1e-310)]
    public void Losses_at_the_ends_of_double_are_scaled_without_loss(double loss)
    {
        TrainingSet set = TrainingSet.Of(s_coding, [Trial(0, loss), Trial(1, 0)], most: 10);

        Assert.Equal(loss, set.Losses[0] * set.Scale);
        Assert.InRange(Math.Abs(set.Losses[0]), 0.25, 2);
    }

    [Fact]
    public void A_variance_that_is_unknown_counts_as_none() =>
        Assert.Equal([0], TrainingSet.Of(s_coding, [Trial(0, 1)], most: 10).Variances);

    private static Observation Trial(int number, double loss) =>
        Histories.Finite(number, new Point([number / 5000.0]), loss);

    private static Observation Without(int number, LossKind kind) => Histories.Lossless(number, new Point([0.5]), kind);
}
