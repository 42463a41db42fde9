using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Local;
using FunctionTune.Remote.Databricks;
using FunctionTune.Spaces;
using FunctionTune.Studies;

namespace FunctionTune.Benchmarks;

/// <summary>The process that runs the study of <see cref="DatabricksBenchmark"/>, so that its memory is its own.</summary>
internal sealed class DatabricksHost : IBenchmark
{
    public const string Verb = "databricks-host";

    public string Name => Verb;

    public string About => "(the host of 'databricks')";

    public async Task RunAsync(string[] arguments, TextWriter output, CancellationToken cancellationToken)
    {
        (string host, int trials, int parallelism) = (
            arguments[0],
            int.Parse(arguments[1], CultureInfo.InvariantCulture),
            int.Parse(arguments[2], CultureInfo.InvariantCulture)
        );
        string store = Directory.CreateTempSubdirectory("functiontune-bench-").FullName;
        StudySpec spec = Spec(host, trials, parallelism);
        using var platform = new DatabricksPlatform(_ => null);
        using var studies = new LocalStudies(store, platforms: [platform]);
        StudyRecord study = await studies
            .CreateAsync(StudyId.FromText("runs"), spec, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        await output
            .WriteLineAsync("| trials | managed memory, MB | working set, MB |\n| ---: | ---: | ---: |")
            .ConfigureAwait(false);
        int told = 0;
        await studies
            .RunAsync(
                study.Id,
                record =>
                {
                    int done = record.Completed.Count / (trials / 8);
                    if (done > told)
                    {
                        told = done;
                        output.WriteLine(Row(record.Completed.Count));
                    }
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        Directory.Delete(store, recursive: true);
    }

    private static StudySpec Spec(string host, int trials, int parallelism)
    {
        var options = new JsonObject
        {
            ["host"] = host,
            ["task"] = new JsonObject { ["python"] = new JsonObject { ["file"] = "dbfs:/trial.py" } },
            ["cluster"] = new JsonObject { ["existing"] = "0101-000000-emulator" },
        };
        var limits = new StudyLimits { MaxEvals = trials, Parallelism = parallelism };
        var trial = new TrialSpec.Remote("databricks", JsonSerializer.SerializeToElement(options));
        return new StudySpec("runs", SearchSpace.Create(Hp.Uniform("x", 0, 1)), Algo.Rand(), 1, limits, trial)
        {
            Staging = new StagingSpec("/Volumes/main/functiontune/bench"),
        };
    }

    private static string Row(int trials) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {trials} | {GC.GetTotalMemory(forceFullCollection: true) / 1e6:F1} | {Environment.WorkingSet / 1e6:F0} |"
        );
}
