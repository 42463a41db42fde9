using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.History;
using FunctionTune.Spaces;
using FunctionTune.Studies;

namespace FunctionTune.Local.Tests;

public sealed class FminTests
{
    private static readonly SpaceNode s_line = Hp.Uniform("x", -10, 10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static FminOptions Seeded(long seed = 1) => new() { Seed = seed, ShowProgressbar = false };

    [Fact]
    public async Task A_parabola_is_minimised_and_values_come_back()
    {
        FminResult result = await Fmin.MinimizeAsync(
            p => Math.Pow(p.Double("x") - 3, 2),
            s_line,
            maxEvals: 80,
            options: Seeded(),
            cancellationToken: Token
        );

        Assert.Equal(80, result.Trials.Count);
        Assert.Equal(StopReason.MaxEvals, result.StopReason);
        Assert.InRange(result.Best.Double(), 2, 4);
        Assert.Equal(Math.Pow(result.Best.Double() - 3, 2), result.Loss);
        Assert.Equal(result.Trials.Losses().Min(), result.Loss);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_points_one_at_a_time()
    {
        async Task<string> Run()
        {
            FminResult result = await Fmin.MinimizeAsync(
                p => Math.Abs(p.Double("x")),
                s_line,
                maxEvals: 40,
                options: Seeded(5),
                cancellationToken: Token
            );
            return string.Join(';', result.Trials.Select(trial => trial.Params.ToString()));
        }

        Assert.Equal(await Run(), await Run());
    }

    [Fact]
    public async Task Given_points_come_first_and_count()
    {
        FminOptions options = Seeded() with { PointsToEvaluate = [JsonValue.Create(1.5), JsonValue.Create(-2.25)] };

        FminResult result = await Fmin.MinimizeAsync(
            p => p.Double("x"),
            s_line,
            Algo.Rand(),
            maxEvals: 5,
            options: options,
            cancellationToken: Token
        );

        Assert.Equal(5, result.Trials.Count);
        Assert.Equal([1.5, -2.25], result.Trials.Take(2).Select(trial => trial.Params.Double()));
        Assert.Equal("given", result.Trials[0].Record.Source);
        Assert.Equal("rand", result.Trials[2].Record.Source);
    }

    [Fact]
    public async Task Choices_arrive_as_values_and_inactive_parameters_are_absent()
    {
        SpaceNode space = Hp.Dict(
            ("model", Hp.Choice("model", "tree", Hp.Dict(("kind", "forest"), ("trees", Hp.UniformInt("trees", 1, 9)))))
        );
        var seen = new System.Collections.Concurrent.ConcurrentBag<string>();

        await Fmin.MinimizeAsync(
            p =>
            {
                seen.Add(p.ToString());
                return p.Has("model.trees") ? p.Int("model.trees") : 10;
            },
            space,
            Algo.Rand(),
            maxEvals: 40,
            options: Seeded(),
            cancellationToken: Token
        );

        Assert.Contains("""{"model":"tree"}""", seen);
        Assert.Contains(
            seen,
            text => text.StartsWith("""{"model":{"kind":"forest","trees":""", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(seen, text => text.Contains("null", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Never_more_trials_at_once_than_allowed_and_each_is_replaced_at_once()
    {
        int now = 0;
        int most = 0;
        using var gate = new SemaphoreSlim(0);
        int begun = 0;

        await Fmin.MinimizeAsync(
            async p =>
            {
                int running = Interlocked.Increment(ref now);
                InterlockedMax(ref most, running);
                // The first slow trial waits until ten others have begun: with waves it would wait for ever.
                if (Interlocked.Increment(ref begun) == 11)
                {
                    gate.Release();
                }
                else if (begun == 1)
                {
                    await gate.WaitAsync(Token);
                }

                Interlocked.Decrement(ref now);
                return p.Double("x");
            },
            s_line,
            Algo.Rand(),
            maxEvals: 30,
            parallelism: 3,
            options: Seeded(),
            cancellationToken: Token
        );

        Assert.InRange(most, 2, 3);
    }

    [Fact]
    public async Task Nan_and_infinity_are_recorded_and_never_the_best()
    {
        int call = 0;
        FminResult result = await Fmin.MinimizeAsync(
            _ =>
                Interlocked.Increment(ref call) switch
                {
                    1 => double.NaN,
                    2 => double.NegativeInfinity,
                    3 => 7,
                    _ => double.PositiveInfinity,
                },
            s_line,
            Algo.Rand(),
            maxEvals: 4,
            options: Seeded(),
            cancellationToken: Token
        );

        Assert.Equal(7, result.Loss);
        Assert.Equal(
            [FailureKind.NanLoss, FailureKind.InfiniteLoss, null, FailureKind.InfiniteLoss],
            result.Trials.Select(trial => trial.Failure?.Kind)
        );
    }

    [Fact]
    public async Task Identical_failures_end_the_study_with_their_cause()
    {
        var error = await Assert.ThrowsAsync<AllTrialsFailedException>(() =>
            Fmin.MinimizeAsync(
                p => throw new InvalidOperationException($"cannot use {p.Double("x")}"),
                s_line,
                Algo.Rand(),
                maxEvals: 50,
                options: Seeded(),
                cancellationToken: Token
            )
        );

        Assert.Equal(5, error.Trials.Count);
        Assert.StartsWith(
            "5 of 5 trials failed, all with: InvalidOperationException: cannot use ",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Failures_are_counted_on_when_the_user_says_so()
    {
        FminOptions options = Seeded() with { MaxIdenticalFailures = null };

        FminResult result = await Fmin.MinimizeAsync(
            p => p.Double("x") < 5 ? throw new InvalidOperationException("low") : p.Double("x"),
            s_line,
            Algo.Rand(),
            maxEvals: 30,
            options: options,
            cancellationToken: Token
        );

        Assert.Equal(30, result.Trials.Count);
        Assert.True(result.Loss >= 5);
    }

    [Fact]
    public async Task The_time_limit_stops_trials_that_run_and_keeps_those_that_ended()
    {
        int call = 0;
        FminResult result = await Fmin.MinimizeAsync(
            async (p, trial) =>
            {
                if (Interlocked.Increment(ref call) > 3)
                {
                    await Task.Delay(Timeout.Infinite, trial.CancellationToken);
                }

                return p.Double("x");
            },
            s_line,
            Algo.Rand(),
            maxEvals: 100,
            parallelism: 2,
            options: Seeded() with
            {
                Timeout = TimeSpan.FromSeconds(1),
            },
            cancellationToken: Token
        );

        Assert.Equal(StopReason.Timeout, result.StopReason);
        Assert.Equal(3, result.Trials.Count(trial => trial.State == TrialState.Succeeded));
        Assert.Equal(2, result.Trials.Count(trial => trial.State == TrialState.Cancelled));
    }

    [Fact]
    public async Task A_trial_that_never_returns_times_out_and_the_study_goes_on()
    {
        int call = 0;
        using var never = new SemaphoreSlim(0);
        FminResult result = await Fmin.MinimizeAsync(
            p =>
            {
                if (Interlocked.Increment(ref call) == 1)
                {
                    never.Wait(CancellationToken.None);
                }

                return p.Double("x");
            },
            s_line,
            Algo.Rand(),
            maxEvals: 4,
            options: Seeded() with
            {
                TrialTimeout = TimeSpan.FromMilliseconds(200),
            },
            cancellationToken: Token
        );

        never.Release();
        Assert.Equal(FailureKind.Timeout, result.Trials[0].Failure!.Kind);
        Assert.Equal(3, result.Trials.Count(trial => trial.State == TrialState.Succeeded));
    }

    [Fact]
    public async Task Timeouts_may_be_longer_than_timers_reach()
    {
        FminResult result = await Fmin.MinimizeAsync(
            p => p.Double("x"),
            s_line,
            maxEvals: 1,
            options: Seeded() with
            {
                TrialTimeout = TimeSpan.FromDays(60),
                Timeout = TimeSpan.FromDays(400),
            },
            cancellationToken: Token
        );

        Assert.Equal(StopReason.MaxEvals, result.StopReason);
    }

    [Fact]
    public async Task What_an_objective_does_when_it_is_told_to_stop_is_in_nobodys_way()
    {
        FminResult result = await Fmin.MinimizeAsync(
            (p, scope) =>
            {
                scope.CancellationToken.Register(() => throw new InvalidOperationException("I was told to stop."));
                return Task.FromResult(new TrialResult(p.Double("x")));
            },
            s_line,
            Algo.Rand(),
            maxEvals: 3,
            options: Seeded(),
            cancellationToken: Token
        );

        Assert.Equal(3, result.Trials.Count(trial => trial.State == TrialState.Succeeded));
    }

    [Fact]
    public async Task A_stop_rule_of_the_users_own_is_asked_after_each_trial_and_keeps_its_state()
    {
        var asked = new List<int>();
        FminOptions options = Seeded() with
        {
            EarlyStop = (trials, state) =>
            {
                asked.Add(trials.Count);
                int count = state?.GetInt32() ?? 0;
                return (count == 6, JsonSerializer.SerializeToElement(count + 1));
            },
        };

        FminResult result = await Fmin.MinimizeAsync(
            p => p.Double("x"),
            s_line,
            Algo.Rand(),
            maxEvals: 100,
            options: options,
            cancellationToken: Token
        );

        Assert.Equal(StopReason.EarlyStop, result.StopReason);
        Assert.Equal(Enumerable.Range(1, 7), asked);
        Assert.Equal(7, result.Trials.Count);
    }

    [Fact]
    public async Task The_loss_threshold_is_strict()
    {
        int call = 0;
        FminResult result = await Fmin.MinimizeAsync(
            _ => 10 - Interlocked.Increment(ref call),
            s_line,
            Algo.Rand(),
            maxEvals: 100,
            options: Seeded() with
            {
                LossThreshold = 5,
            },
            cancellationToken: Token
        );

        Assert.Equal(StopReason.LossThreshold, result.StopReason);
        Assert.Equal(4, result.Loss);
        Assert.Equal(6, result.Trials.Count);
    }

    [Fact]
    public async Task Intermediate_values_are_kept()
    {
        FminResult result = await Fmin.MinimizeAsync(
            (p, trial) =>
            {
                trial.Report(0, 2);
                trial.Report(1, 1.5);
                return Task.FromResult<TrialResult>(p.Double("x"));
            },
            s_line,
            Algo.Rand(),
            maxEvals: 2,
            options: Seeded(),
            cancellationToken: Token
        );

        Assert.Equal([0L, 1L], result.Trials[1].IntermediateValues.Select(value => value.Step));
        Assert.Equal(1.5, result.Trials[1].IntermediateValues[1].Values["loss"]);
    }

    [Fact]
    public async Task Bad_arguments_are_all_listed_and_nothing_is_called()
    {
        int calls = 0;
        FminOptions options = new()
        {
            Seed = -1,
            MaxQueueLen = 0,
            Timeout = TimeSpan.Zero,
        };

        var error = await Assert.ThrowsAsync<InvalidInputException>(() =>
            Fmin.MinimizeAsync(
                _ => calls++,
                s_line,
                maxEvals: 0,
                parallelism: 0,
                options: options,
                cancellationToken: Token
            )
        );

        Assert.Equal(0, calls);
        foreach (string name in (string[])["maxEvals", "parallelism", "seed", "maxQueueLen", "timeout"])
        {
            Assert.Contains(error.Problems, problem => problem.Path.EndsWith(name, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_given_point_outside_the_space_is_refused()
    {
        FminOptions options = Seeded() with { PointsToEvaluate = [JsonValue.Create(1), JsonValue.Create(99)] };

        var error = await Assert.ThrowsAsync<InvalidInputException>(() =>
            Fmin.MinimizeAsync(p => p.Double(), s_line, maxEvals: 3, options: options, cancellationToken: Token)
        );

        Assert.Equal("pointsToEvaluate[1]", Assert.Single(error.Problems).Path);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen = Volatile.Read(ref target);
        while (value > seen)
        {
            int old = Interlocked.CompareExchange(ref target, value, seen);
            if (old == seen)
            {
                return;
            }

            seen = old;
        }
    }
}
