using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Studies;

namespace FunctionTune.Testing.Hosting;

/// <summary>Starts attempts and follows them as a host does.</summary>
public static class RunnerWatch
{
    /// <summary>A start of a trial in the study <c>study</c>.</summary>
    public static TrialStart Start(int trial = 0, TimeSpan? timeout = null, int attempt = 1) =>
        new(
            new StudyId("study"),
            DateTimeOffset.UnixEpoch,
            trial,
            attempt,
            new JsonObject
            {
                ["x"] = 1.5,
                ["kernel"] = new JsonObject { ["kind"] = "rbf" },
            },
            ImmutableSortedDictionary<string, DataReference>.Empty.Add(
                "train",
                new DataReference("/data/é.csv", "ab", 3)
            ),
            timeout
        );

    /// <summary>Starts an attempt that is expected to be under way then.</summary>
    public static async Task<TrialRun> BeginAsync(this ITrialRunner runner, TrialStart start)
    {
        StartResult result = await runner.StartAsync(start, TestContext.Current.CancellationToken);
        Assert.Null(result.Outcome);
        return new TrialRun(start.Study, start.Trial, start.Attempt, result.Handle!.Value);
    }

    /// <summary>Follows a run to its end.</summary>
    public static async Task<(TrialOutcome Outcome, ImmutableArray<IntermediateValue> Values)> FollowAsync(
        this ITrialRunner runner,
        TrialRun run
    )
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        ImmutableArray<IntermediateValue> values = [];
        while (true)
        {
            RunReport report = (await runner.PollAsync([run], patience.Token)).Single();
            values = values.AddRange(report.Values);
            if (report.Outcome is { } outcome)
            {
                return (outcome, values);
            }

            await runner.WaitForNewsAsync(patience.Token);
        }
    }

    /// <summary>Starts an attempt and follows it to its end.</summary>
    public static async Task<TrialOutcome> EndAsync(this ITrialRunner runner, TrialStart start)
    {
        StartResult result = await runner.StartAsync(start, TestContext.Current.CancellationToken);
        return result.Outcome
            ?? (
                await runner.FollowAsync(new TrialRun(start.Study, start.Trial, start.Attempt, result.Handle!.Value))
            ).Outcome;
    }
}
