using FunctionTune.Testing.Durable;

namespace FunctionTune.Service.Tests.Durable;

/// <summary>What goes wrong in the double, and that its code gets over it as Durable Task's would.</summary>
public sealed class DoubleMischiefTests
{
    [Fact]
    public void A_worker_that_is_killed_loses_what_it_had_in_hand_and_the_next_one_begins_anew()
    {
        int worker = -1;
        var toy = new ToyHub(async (o, _) => worker = await o.CallAsync<int>("sleep", 100));
        toy.RunFor(TimeSpan.FromSeconds(99));

        toy.Hub.KillWorker();
        toy.RunToEnd();

        Assert.Equal(1, worker);
        Assert.Equal([100], toy.Done);
        Assert.InRange(toy.Passed, TimeSpan.FromSeconds(199), TimeSpan.FromSeconds(320));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Whatever_goes_wrong_each_answer_comes_once(int seed)
    {
        var answers = new List<int>();
        var mischief = new Mischief(seed)
        {
            Doubled = 0.2,
            AnswersLost = 0.1,
            Deaths = 0.1,
            Faults = 0.1,
            TimersOff = 0.3,
        };
        var toy = new ToyHub(
            async (o, _) =>
            {
                answers.Clear();
                for (int i = 0; i < 60; i++)
                {
                    answers.Add(await o.CallAsync<int>("echo", i));
                    await o.TimerAsync(o.Now.AddSeconds(1), CancellationToken.None);
                }
            },
            new HubRules { Mischief = mischief, Tries = 30 }
        );

        toy.RunToEnd();

        Assert.Null(toy.Hub.FailureOf("toy"));
        Assert.Equal(Enumerable.Range(0, 60), answers);
        Assert.True(toy.Done.Count > 70);
        Assert.InRange(toy.Hub.Figures.Deaths, 1, 60);
    }

    [Fact]
    public void An_event_may_be_lost()
    {
        var toy = new ToyHub(
            async (o, _) =>
            {
                Task<string> news = o.EventAsync("news");
                Task timer = o.TimerAsync(o.Now.AddSeconds(60), CancellationToken.None);
                Assert.Same(timer, await Task.WhenAny(news, timer));
            },
            new HubRules { Mischief = new Mischief(1) { EventsLost = 1 } }
        );
        toy.RunFor(TimeSpan.FromSeconds(1));
        toy.Hub.Raise("toy", "news", "1");

        toy.RunToEnd();

        Assert.Null(toy.Hub.FailureOf("toy"));
        Assert.Equal(1, toy.Hub.Figures.EventsLost);
    }

    [Fact]
    public void The_same_seed_gives_the_same_mischief()
    {
        Assert.Equal(Play(7), Play(7));
        Assert.NotEqual(Play(7), Play(8));
    }

    private static string Play(int seed)
    {
        var mischief = new Mischief(seed) { Doubled = 0.3, Deaths = 0.2 };
        var toy = new ToyHub(
            async (o, _) =>
                await Task.WhenAll(
                    Enumerable.Range(0, 40).Select(i => o.CallAsync<int>(i % 2 == 0 ? "echo" : "sleep", i))
                ),
            new HubRules { Mischief = mischief }
        );
        toy.RunToEnd();
        return $"{toy.Passed} {string.Join(' ', toy.Done)}";
    }
}
