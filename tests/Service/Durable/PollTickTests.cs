using FunctionTune.Service.Durable.Orchestration;

namespace FunctionTune.Service.Tests.Durable;

public sealed class PollTickTests
{
    [Fact]
    public void Right_after_news_a_look_follows_at_once_and_waits_for_more() =>
        Assert.All(
            [0, 1, 31],
            quiet =>
            {
                (TimeSpan delay, TimeSpan hold) = PollTick.After(TimeSpan.FromSeconds(quiet));
                Assert.Equal((TimeSpan.Zero, TimeSpan.FromSeconds(4)), (delay, hold));
            }
        );

    [Theory]
    [InlineData(40, 5)]
    [InlineData(240, 30)]
    [InlineData(480, 60)]
    [InlineData(360_000, 60)]
    public void The_longer_nothing_happens_the_longer_the_next_look_is_put_off(int quiet, int delay) =>
        Assert.Equal((TimeSpan.FromSeconds(delay), TimeSpan.Zero), PollTick.After(TimeSpan.FromSeconds(quiet)));
}
