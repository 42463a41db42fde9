using System.Diagnostics;
using System.Globalization;
using FunctionTune.History;
using FunctionTune.Local;
using FunctionTune.Spaces;
using FunctionTune.Studies;

namespace FunctionTune.Benchmarks;

/// <summary>How well slots are kept busy: trials that only take time.</summary>
internal sealed class SleepBenchmark : IBenchmark
{
    private const int Trials = 1_000;
    private const int Parallelism = 128;

    public string Name => "sleep";

    public string About => "1,000 trials that take one second, 128 at once: functions that wait or block, and programs";

    public async Task RunAsync(string[] arguments, TextWriter output, CancellationToken cancellationToken)
    {
        await output
            .WriteLineAsync("| trial | seconds | ideal | ratio |\n| --- | --- | --- | --- |")
            .ConfigureAwait(false);
        (string Name, Func<CancellationToken, Task> Run)[] studies =
        [
            ("a function that waits (Task.Delay)", token => MinimizeAsync(WaitAsync, token)),
            ("a function that blocks its thread (Thread.Sleep)", token => MinimizeAsync(BlockAsync, token)),
            ("a program (sh -c \"sleep 1; echo 1\")", RunProgramsAsync),
        ];
        double ideal = Math.Ceiling((double)Trials / Parallelism);
        foreach ((string name, Func<CancellationToken, Task> run) in studies)
        {
            var clock = Stopwatch.StartNew();
            await run(cancellationToken).ConfigureAwait(false);
            double seconds = clock.Elapsed.TotalSeconds;
            string row = string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {seconds:F2} | {ideal:F0} | {seconds / ideal:F3} |"
            );
            await output.WriteLineAsync(row).ConfigureAwait(false);
        }
    }

    private static Task<FminResult> MinimizeAsync(Objective objective, CancellationToken cancellationToken) =>
        Fmin.MinimizeAsync(
            objective,
            Hp.Uniform("x", 0, 1),
            Algo.Tpe(),
            Trials,
            Parallelism,
            new FminOptions { Seed = 1, ShowProgressbar = false },
            cancellationToken
        );

    private static async Task RunProgramsAsync(CancellationToken cancellationToken)
    {
        string store = Directory.CreateTempSubdirectory("functiontune-bench-").FullName;
        using var studies = new LocalStudies(store);
        var limits = new StudyLimits { MaxEvals = Trials, Parallelism = Parallelism };
        var trial = new TrialSpec.Process { Command = ["sh", "-c", "sleep 1; echo 1"] };
        var spec = new StudySpec("sleep", SearchSpace.Create(Hp.Uniform("x", 0, 1)), Algo.Tpe(), 1, limits, trial);
        StudyRecord study = await studies
            .CreateAsync(StudyId.FromText("sleep"), spec, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        await studies.RunAsync(study.Id, changed: null, cancellationToken).ConfigureAwait(false);
        Directory.Delete(store, recursive: true);
    }

    private static async Task<TrialResult> WaitAsync(Params parameters, TrialScope trial)
    {
        await Task.Delay(TimeSpan.FromSeconds(1), trial.CancellationToken).ConfigureAwait(false);
        return parameters.Double();
    }

    private static Task<TrialResult> BlockAsync(Params parameters, TrialScope trial)
    {
        Thread.Sleep(TimeSpan.FromSeconds(1));
        return Task.FromResult<TrialResult>(parameters.Double());
    }
}
