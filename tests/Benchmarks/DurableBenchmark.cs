using System.Diagnostics;
using System.Globalization;
using FunctionTune.Local;
using FunctionTune.Local.Stores;
using FunctionTune.Studies;
using FunctionTune.Testing.Durable;
using FunctionTune.Testing.Scripted;

namespace FunctionTune.Benchmarks;

/// <summary>What a durable host has to carry: its orchestration on a task hub in memory that runs it again at every step.</summary>
internal sealed class DurableBenchmark : IBenchmark
{
    private static readonly TimeSpan s_latency = TimeSpan.FromMilliseconds(50);

    public string Name => "durable";

    public string About =>
        "10,000 trials on a task hub in memory that replays as Durable Task does: history, payloads, steps";

    public async Task RunAsync(string[] arguments, TextWriter output, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("functiontune-bench-").FullName;
        await output
            .WriteLineAsync(
                "| study | time, ideal 1 | executions | steps a trial | activities a trial | timers | most rows | most history, KB | input, B | "
                    + "largest order, B | largest answer, KB | status, B | real seconds |\n"
                    + "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
            )
            .ConfigureAwait(false);
        (int Trials, int Parallelism, double Seconds)[] studies =
        [
            (300, 32, 1),
            (1_000, 128, 10),
            (2_500, 64, 10),
            (10_000, 64, 10),
            (10_000, 128, 10),
            (10_000, 64, 0.001),
            (1_000, 64, 3_600),
        ];
        foreach ((int trials, int parallelism, double seconds) in studies)
        {
            ScriptedStudy study = PlainStudies.Of(trials, parallelism, TimeSpan.FromSeconds(seconds));
            var rules = new HubRules
            {
                Json = StudyJson.Options,
                ActivityLatency = s_latency,
                StepLatency = s_latency,
            };
            var play = new DurablePlay(study, new MemoryStudyStore(), new FolderStagingArea(folder), rules);
            var clock = Stopwatch.StartNew();
            await play.RunAsync().ConfigureAwait(false);
            await output.WriteLineAsync(Row(play, trials, parallelism, seconds, clock.Elapsed)).ConfigureAwait(false);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static string Row(DurablePlay play, int trials, int parallelism, double seconds, TimeSpan real)
    {
        HubFigures figures = play.Hub.Figures;
        StudyState state = play.Record.State;
        if (state.Counts.Succeeded != trials || play.Cluster.Runs.Length != trials)
        {
            throw new InvalidOperationException($"Of {trials} trials {state.Counts.Succeeded} succeeded.");
        }

        double took = (state.EndedAt!.Value - play.Record.CreatedAt).TotalSeconds;
        double ideal = seconds * trials / parallelism;
        double activities = (double)figures.Activities.Values.Sum() / trials;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {trials:N0} of {seconds:N0} s at {parallelism} | {(seconds < 1 ? "" : $"{took / ideal:F3}")} | {figures.Executions} | {(double)figures.Steps / trials:F2} "
                + $"| {activities:F2} | {figures.Timers} | {figures.MostRows:N0} | {figures.MostHistoryBytes / 1024.0:F0} | {figures.MostInputBytes} | {figures.MostOrderBytes} "
                + $"| {figures.MostAnswerBytes / 1024.0:F1} | {figures.MostStatusBytes} | {real.TotalSeconds:F1} |"
        );
    }
}
