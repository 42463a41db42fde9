using System.Diagnostics;
using System.Globalization;
using FunctionTune.History;
using FunctionTune.Local;

namespace FunctionTune.Benchmarks;

/// <summary>How well slots are kept busy: trials that only take time.</summary>
internal sealed class SleepBenchmark : IBenchmark
{
    private const int Trials = 1_000;
    private const int Parallelism = 128;

    public string Name => "sleep";

    public string About => "1,000 trials that take one second, 128 at once: a function that waits, and one that blocks";

    public async Task RunAsync(string[] arguments, TextWriter output, CancellationToken cancellationToken)
    {
        double ideal = Math.Ceiling((double)Trials / Parallelism);
        await output
            .WriteLineAsync("| objective | seconds | ideal | ratio |\n| --- | --- | --- | --- |")
            .ConfigureAwait(false);
        (string Name, Objective Objective)[] objectives =
        [
            ("waits (Task.Delay)", WaitAsync),
            ("blocks its thread (Thread.Sleep)", BlockAsync),
        ];
        foreach ((string name, Objective objective) in objectives)
        {
            var clock = Stopwatch.StartNew();
            await Fmin.MinimizeAsync(
                    objective,
                    Hp.Uniform("x", 0, 1),
                    Algo.Tpe(),
                    Trials,
                    Parallelism,
                    new FminOptions { Seed = 1, ShowProgressbar = false },
                    cancellationToken
                )
                .ConfigureAwait(false);
            double seconds = clock.Elapsed.TotalSeconds;
            await output
                .WriteLineAsync(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"| {name} | {seconds:F2} | {ideal:F0} | {seconds / ideal:F3} |"
                    )
                )
                .ConfigureAwait(false);
        }
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
