using System.Collections.Immutable;
using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Local.Stores;
using FunctionTune.Service.Simulation;
using FunctionTune.Testing;
using FunctionTune.Testing.Hosting;

namespace FunctionTune.Service.Tests.Simulation;

public sealed class SimulatedPlatformTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Another_process_finishes_what_one_began()
    {
        await using ITrialRunner first = await OpenAsync("""{"seconds":0.2}""");
        TrialRun run = await first.BeginAsync(RunnerWatch.Start());

        await using ITrialRunner second = await OpenAsync("""{"seconds":0.2}""");

        (TrialOutcome outcome, _) = await second.FollowAsync(run);
        Assert.Equal(0.5, Assert.IsType<TrialOutcome.Succeeded>(outcome).Result.Loss);
    }

    [Fact]
    public async Task A_stop_is_seen_by_the_process_that_looks()
    {
        await using ITrialRunner looks = await OpenAsync("""{"seconds":10000}""");
        await using ITrialRunner stops = await OpenAsync("""{"seconds":10000}""");
        TrialRun[] runs = [await looks.BeginAsync(RunnerWatch.Start()), await looks.BeginAsync(RunnerWatch.Start(1))];
        await looks.PollAsync([.. runs], Cancel);

        await stops.StopAsync(runs[0], "enough", Cancel);
        await looks.StopAsync(runs[1], "too", Cancel);

        Assert.Equal(new TrialOutcome.Cancelled("enough"), (await looks.FollowAsync(runs[0])).Outcome);
        Assert.Equal(new TrialOutcome.Cancelled("too"), (await stops.FollowAsync(runs[1])).Outcome);
    }

    [Fact]
    public async Task Jitter_spreads_the_lengths_around_the_one_asked_for()
    {
        await using ITrialRunner runner = await OpenAsync("""{"seconds":10,"jitter":0.2}""");
        var lengths = new List<double>();
        for (int trial = 0; trial < 200; trial++)
        {
            TrialRun run = await runner.BeginAsync(RunnerWatch.Start(trial));
            lengths.Add(run.Handle.GetProperty("seconds").GetDouble());
        }

        Assert.All(lengths, length => Assert.InRange(length, 8, 12));
        Assert.InRange(lengths.Average(), 9.7, 10.3);
        Assert.InRange(lengths.Max() - lengths.Min(), 3, 4);
    }

    [Fact]
    public async Task Each_third_trial_fails_when_that_is_asked_for()
    {
        await using ITrialRunner runner = await OpenAsync("""{"seconds":0,"failEvery":3}""");
        TrialRun[] runs = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(trial => runner.BeginAsync(RunnerWatch.Start(trial)))
        );

        ImmutableArray<RunReport> reports = await runner.PollAsync([.. runs], Cancel);

        Assert.Equal(
            [false, false, true, false, false, true],
            reports.Select(report => report.Outcome is TrialOutcome.Failed)
        );
    }

    [Theory]
    [InlineData("{}", "$.trial.simulated.seconds")]
    [InlineData("""{"seconds":-1}""", "$.trial.simulated.seconds")]
    [InlineData("""{"seconds":1e9}""", "$.trial.simulated.seconds")]
    [InlineData("""{"seconds":1,"jitter":2}""", "$.trial.simulated.jitter")]
    [InlineData("""{"seconds":1,"failEvery":-1}""", "$.trial.simulated.failEvery")]
    [InlineData("""{"seconds":1,"reports":1000}""", "$.trial.simulated.reports")]
    [InlineData("""{"seconds":1,"second":1}""", "$.trial.simulated.second")]
    [InlineData("7", "$.trial.simulated")]
    public void A_wrong_option_is_named(string options, string path) =>
        Assert.Equal(path, new SimulatedPlatform().Check(SimulatedStudies.Spec(options))[0].Path);

    private Task<ITrialRunner> OpenAsync(string options) =>
        new SimulatedPlatform().OpenRunnerAsync(new FolderStagingArea(_folder.Path), SimulatedStudies.Spec(options));
}
