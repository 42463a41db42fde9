using FunctionTune.Service.Durable;
using FunctionTune.Testing.Durable;

namespace FunctionTune.Service.Tests.Durable;

/// <summary>The double plays Durable Task by its rules.</summary>
public sealed class DoubleTests
{
    [Fact]
    public void Code_is_run_again_at_each_step_and_what_it_asks_for_is_done_once()
    {
        int runs = 0;
        var toy = new ToyHub(
            async (o, _) =>
            {
                runs++;
                for (int i = 0; i < 3; i++)
                {
                    Assert.Equal(i, await o.CallAsync<int>("echo", i));
                }
            }
        );

        toy.RunToEnd();

        Assert.Equal(InstanceStatus.Completed, toy.Status);
        Assert.Equal([0, 1, 2], toy.Done);
        Assert.Equal(4, runs);
    }

    [Fact]
    public void Code_that_does_something_else_when_run_again_is_found_out()
    {
        int runs = 0;
        var toy = new ToyHub(
            async (o, _) =>
            {
                await o.CallAsync<int>("echo", runs++);
                await o.CallAsync<int>("echo", 1);
            }
        );

        DurableRuleException broken = Assert.Throws<DurableRuleException>(toy.RunToEnd);

        Assert.Contains("does the same as before", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_that_does_less_when_run_again_is_found_out()
    {
        int runs = 0;
        var toy = new ToyHub(
            async (o, _) =>
            {
                Task timer = ++runs == 1 ? o.TimerAsync(o.Now, CancellationToken.None) : Task.CompletedTask;
                await o.CallAsync<int>("echo", 1);
                await timer;
            }
        );

        Assert.Throws<DurableRuleException>(toy.RunToEnd);
    }

    [Fact]
    public void Code_that_leaves_its_thread_is_found_out()
    {
        var toy = new ToyHub(
            async (o, _) =>
            {
                await o.CallAsync<int>("echo", 1).ConfigureAwait(false);
                o.Show(new StudyProgress { Phase = "elsewhere" });
            }
        );

        DurableRuleException broken = Assert.Throws<DurableRuleException>(() => toy.RunFor(TimeSpan.FromHours(1)));

        Assert.Contains("thread", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_clock_goes_on_only_when_nothing_else_is_left_to_do()
    {
        var times = new List<DateTimeOffset>();
        var toy = new ToyHub(
            async (o, _) =>
            {
                Task<int> long_ = o.CallAsync<int>("sleep", 5000);
                await o.TimerAsync(o.Now.AddHours(1), CancellationToken.None);
                times.Add(o.Now);
                await long_;
            }
        );

        toy.RunToEnd();

        Assert.Equal(ToyHub.Begin.AddHours(1), times[0]);
        Assert.Equal(TimeSpan.FromSeconds(5000), toy.Passed);
    }

    [Fact]
    public void A_timer_that_was_cancelled_rings_nobody()
    {
        var toy = new ToyHub(
            async (o, _) =>
            {
                using var cancel = new CancellationTokenSource();
                Task timer = o.TimerAsync(o.Now.AddSeconds(9), cancel.Token);
                await o.CallAsync<int>("echo", 1);
                Cancel(cancel);
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => timer);
                await o.TimerAsync(o.Now.AddSeconds(20), CancellationToken.None);
            }
        );

        toy.RunToEnd();

        Assert.Equal(InstanceStatus.Completed, toy.Status);
        Assert.Equal(TimeSpan.FromSeconds(20), toy.Passed);
    }

    [Fact]
    public void An_activity_that_fails_is_tried_again_and_then_its_failure_is_told()
    {
        string? told = null;
        var toy = new ToyHub(
            async (o, _) =>
            {
                var fault = await Assert.ThrowsAsync<ActivityFaultException>(() => o.CallAsync<int>("fail", 1));
                told = fault.Message;
            }
        );

        toy.RunToEnd();

        Assert.Equal("fail: no", told);
        Assert.Equal(3, toy.Hub.Figures.Activities["fail"]);
    }

    [Fact]
    public void No_number_that_is_not_finite_gets_into_a_status()
    {
        var toy = new ToyHub(
            (o, _) =>
            {
                o.Show(new StudyProgress { Phase = "running", BestLoss = double.NaN });
                return Task.CompletedTask;
            }
        );

        toy.RunToEnd();

        Assert.Equal(InstanceStatus.Failed, toy.Status);
    }

    [Fact]
    public void A_status_of_4_KB_is_refused()
    {
        var toy = new ToyHub(
            (o, _) =>
            {
                o.Show(new StudyProgress { Phase = "running", Trouble = new string('x', 4096) });
                return Task.CompletedTask;
            }
        );

        Assert.Throws<DurableRuleException>(toy.RunToEnd);
    }

    [Fact]
    public void Lines_are_logged_once()
    {
        var toy = new ToyHub(
            async (o, _) =>
            {
                Line(o, "first");
                await o.CallAsync<int>("echo", 1);
                Line(o, "second");
                await o.CallAsync<int>("echo", 2);
            }
        );

        toy.RunToEnd();

        Assert.Equal(["first", "second"], toy.Hub.Lines);
    }

    // Not CancelAsync, which goes on elsewhere.
    private static void Cancel(CancellationTokenSource source) => source.Cancel();

    private static void Line(IOrchestration o, string line) =>
        o.Log.Log(Microsoft.Extensions.Logging.LogLevel.Information, default, line, null, (text, _) => text);
}
