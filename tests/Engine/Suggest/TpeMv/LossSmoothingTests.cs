using FunctionTune.History;
using FunctionTune.Spaces;
using FunctionTune.Suggest.TpeMv;

namespace FunctionTune.Engine.Tests.Suggest.TpeMv;

public sealed class LossSmoothingTests
{
    private const int Lucky = 21;

    [Fact]
    public void A_lucky_loss_among_poor_ones_is_not_believed_when_losses_have_a_variance()
    {
        HistoryIndex index = History(variance: 0.5).Index;
        TrialSplit split = TrialSplit.Of(index, index.Losses, [], [], 0.15)!;
        using var model = new KernelModel(History(0.5).Space, [0], index, split, priorWeight: 1);

        double[] losses = LossSmoothing.Of(index, split, model);
        TrialSplit smoothed = TrialSplit.Of(index, losses, [], [], 0.15)!;

        Assert.True(LossSmoothing.Applies(index, split));
        Assert.Equal(Lucky, split.Rows[0]);
        Assert.DoesNotContain(Lucky, smoothed.Rows[..smoothed.Good.Length]);
        Assert.All(losses, loss => Assert.InRange(loss, 0, 1));
    }

    [Fact]
    public void Losses_without_a_variance_are_taken_as_they_come()
    {
        HistoryIndex index = History(double.NaN).Index;

        Assert.False(LossSmoothing.Applies(index, TrialSplit.Of(index, index.Losses, [], [], 0.15)!));
    }

    // Good losses about 0.2, poor ones about 0.8, and one of the latter that is the best of all.
    private static TrialHistory History(double variance)
    {
        var history = new TrialHistory(FunctionTune.Testing.Suggest.Spaces.Flat(new Distribution.Uniform(0, 1)));
        for (int number = 0; number < 40; number++)
        {
            double place = (number % 2 == 0 ? 0.2 : 0.8) + (number * 0.001);
            double loss = number == Lucky ? -0.5 : place + (0.1 * Math.Sin(number));
            history.Record(new Observation(number, new Point([place]), LossKind.Finite, loss, variance));
        }

        return history;
    }
}
