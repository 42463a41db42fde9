using FunctionTune.Service.Durable;
using FunctionTune.Testing.Durable;

namespace FunctionTune.Service.Tests.Durable;

/// <summary>Events from outside and continue-as-new, as Durable Task has them.</summary>
public sealed class DoubleEventTests
{
    private readonly List<string> _seen = [];

    [Fact]
    public void The_newest_waiter_gets_the_next_event()
    {
        var toy = new ToyHub(
            async (o, _) =>
            {
                Task<string> old = o.EventAsync("news");
                Task<string> young = o.EventAsync("NEWS");
                _seen.Add("young " + await young);
                _seen.Add("old " + await old);
            }
        );
        toy.RunFor(TimeSpan.FromSeconds(1));

        toy.Hub.Raise("toy", "News", "1");
        toy.RunFor(TimeSpan.FromSeconds(1));
        toy.Hub.Raise("toy", "news", "2");
        toy.RunToEnd();

        Assert.Equal(["young \"1\"", "old \"2\""], _seen.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void What_nobody_awaits_is_kept_in_order()
    {
        var toy = new ToyHub(
            async (o, _) =>
            {
                await o.TimerAsync(o.Now.AddSeconds(10), CancellationToken.None);
                string[] both = [await o.EventAsync("news"), await o.EventAsync("news")];
                _seen.Add(string.Join(' ', both));
            }
        );
        toy.RunFor(TimeSpan.FromSeconds(1));
        toy.Hub.Raise("toy", "news", "1");
        toy.Hub.Raise("toy", "news", "2");

        toy.RunToEnd();

        Assert.Equal(["\"1\" \"2\""], _seen);
    }

    [Fact]
    public void An_event_that_nobody_awaits_is_carried_over_and_one_that_was_taken_is_dropped()
    {
        var toy = new ToyHub(
            async (o, run) =>
            {
                Task<string> news = o.EventAsync("news");
                if (!run.Continued)
                {
                    await o.TimerAsync(o.Now.AddSeconds(10), CancellationToken.None);
                    Assert.True(news.IsCompleted);
                    o.ContinueAsNew(run with { Continued = true });
                    return;
                }

                _seen.Add(await news);
            }
        );
        toy.RunFor(TimeSpan.FromSeconds(1));
        toy.Hub.Raise("toy", "news", "taken");
        toy.RunFor(TimeSpan.FromSeconds(1));
        toy.Hub.Raise("toy", "news", "kept");

        toy.RunToEnd();

        Assert.Equal(["\"kept\""], _seen);
        Assert.Equal(2, toy.Hub.Figures.Executions);
    }

    [Fact]
    public void Answers_and_timers_of_an_earlier_execution_reach_nobody()
    {
        var toy = new ToyHub(
            async (o, run) =>
            {
                if (!run.Continued)
                {
                    _ = o.CallAsync<int>("sleep", 30);
                    _ = o.TimerAsync(o.Now.AddSeconds(40), CancellationToken.None);
                    await o.CallAsync<int>("echo", 1);
                    o.ContinueAsNew(run with { Continued = true });
                    return;
                }

                await o.TimerAsync(o.Now.AddSeconds(60), CancellationToken.None);
                _seen.Add(o.Now.ToString("T", System.Globalization.CultureInfo.InvariantCulture));
            }
        );

        toy.RunToEnd();

        Assert.Equal(["03:05:05"], _seen);
        Assert.Equal([1, 30], toy.Done);
    }

    [Fact]
    public void Code_that_goes_on_after_continue_as_new_is_found_out()
    {
        var toy = new ToyHub(
            async (o, run) =>
            {
                o.ContinueAsNew(run);
                await o.CallAsync<int>("echo", 1);
            }
        );

        Assert.Throws<DurableRuleException>(toy.RunToEnd);
    }

    [Fact]
    public void An_instance_that_was_ended_from_outside_never_runs_again_until_it_is_begun_anew()
    {
        var toy = new ToyHub(
            async (o, _) =>
            {
                await o.TimerAsync(o.Now.AddSeconds(10), CancellationToken.None);
                await o.CallAsync<int>("echo", 1);
            }
        );
        toy.RunFor(TimeSpan.FromSeconds(1));
        Assert.False(toy.Hub.Begin("toy", new StudyRun("toy")));

        toy.Hub.Terminate("toy");
        toy.RunFor(TimeSpan.FromMinutes(1));
        Assert.Empty(toy.Done);

        Assert.True(toy.Hub.Begin("toy", new StudyRun("toy")));
        toy.RunToEnd();
        Assert.Equal([1], toy.Done);
    }
}
