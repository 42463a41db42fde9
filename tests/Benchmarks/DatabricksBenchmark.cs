using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FunctionTune.DatabricksEmulator;
using FunctionTune.DatabricksEmulator.Clusters;
using FunctionTune.DatabricksEmulator.Tasks;

namespace FunctionTune.Benchmarks;

/// <summary>What a study on a workspace costs its host and the workspace: the stand-in workspace here, the host a process of its own.</summary>
internal sealed class DatabricksBenchmark : IBenchmark
{
    private const int Trials = 2_000;
    private const int Parallelism = 128;

    public string Name => "databricks";

    public string About =>
        "2,000 runs on a stand-in workspace, 128 at once: wall time, calls a trial, memory of the host";

    public async Task RunAsync(string[] arguments, TextWriter output, CancellationToken cancellationToken)
    {
        double seconds = arguments is ["--seconds", var text] ? double.Parse(text, CultureInfo.InvariantCulture) : 5;
        DatabricksWorkspace? running = null;
        await using DatabricksWorkspace workspace = await DatabricksWorkspace
            .StartAsync(
                new DatabricksWorkspaceOptions
                {
                    Clusters = [ClusterOptions.WithSlots(Parallelism)],
                    RunTask = (task, ct) => TrialAsync(running!, task, seconds, ct),
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        running = workspace;
        var clock = Stopwatch.StartNew();
        string memory = await HostAsync(workspace, cancellationToken).ConfigureAwait(false);
        double wall = clock.Elapsed.TotalSeconds;
        await output.WriteLineAsync(Summary(workspace, wall, seconds) + Calls(workspace)).ConfigureAwait(false);
        await output.WriteLineAsync(memory).ConfigureAwait(false);
    }

    private static string Summary(DatabricksWorkspace workspace, double wall, double seconds) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Trials} trials of {seconds} s, {Parallelism} at once: {wall:F1} s, ideal {Math.Ceiling((double)Trials / Parallelism) * seconds:F1} s; "
                + $"{workspace.Runs.Launched} runs, {workspace.Runs.Alive} left, at most {workspace.Runs.MostRunning} at once\n\n"
        );

    private static string Calls(DatabricksWorkspace workspace)
    {
        var table = new StringBuilder("| call | a trial |\n| --- | ---: |\n");
        foreach (var calls in workspace.Requests.Counts.GroupBy(each => each.Key.Endpoint, StringComparer.Ordinal))
        {
            double each = (double)calls.Sum(count => count.Value) / Trials;
            table.Append(CultureInfo.InvariantCulture, $"| {calls.Key} | {each:F3} |\n");
        }

        double total = (double)workspace.Requests.Total / Trials;
        return table.Append(CultureInfo.InvariantCulture, $"| all | {total:F3} |\n").ToString();
    }

    /// <summary>Runs the study in a process of its own.</summary>
    /// <returns>What it says of its memory.</returns>
    private static async Task<string> HostAsync(DatabricksWorkspace workspace, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                typeof(DatabricksBenchmark).Assembly.Location,
                DatabricksHost.Verb,
                workspace.Url.ToString(),
                $"{Trials}",
                $"{Parallelism}",
            ]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["DATABRICKS_TOKEN"] = workspace.Token;
        using Process host = Process.Start(start)!;
        string said = await host.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        await host.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return said[said.IndexOf("| trials", StringComparison.Ordinal)..];
    }

    private static async Task<TaskResult> TrialAsync(
        DatabricksWorkspace workspace,
        SubmittedTask task,
        double seconds,
        CancellationToken cancellationToken
    )
    {
        string trial = Path.Join(workspace.VolumesFolder, task.Parameters[^1]["/Volumes".Length..]);
        JsonNode content = JsonNode.Parse(
            await File.ReadAllBytesAsync(trial, cancellationToken).ConfigureAwait(false)
        )!;
        await Task.Delay(TimeSpan.FromSeconds(seconds), cancellationToken).ConfigureAwait(false);
        var result = new JsonObject
        {
            ["loss"] = content["params"]!.GetValue<double>(),
            ["token"] = content["token"]!.GetValue<string>(),
        };
        string place = Path.Join(Path.GetDirectoryName(trial), "result.json");
        await File.WriteAllTextAsync(place, result.ToJsonString(), cancellationToken).ConfigureAwait(false);
        return TaskResult.Success();
    }
}
