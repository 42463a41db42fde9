using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.DatabricksEmulator;
using FunctionTune.DatabricksEmulator.Clusters;
using FunctionTune.DatabricksEmulator.Tasks;
using FunctionTune.StandIns.Faults;
using FunctionTune.Testing;

namespace FunctionTune.Cli.Tests.Databricks;

/// <summary>A bad day: answers are lost, calls are refused, and the host is killed again and again.</summary>
public sealed class FaultsTests
{
    private const int Trials = 200;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_200_trials_each_is_run_and_counted_once_whatever_is_lost_and_killed()
    {
        DatabricksWorkspace? running = null;
        await using DatabricksWorkspace workspace = await DatabricksWorkspace.StartAsync(
            new DatabricksWorkspaceOptions
            {
                Clusters = [ClusterOptions.WithSlots(16)],
                Seed = 1,
                RunTask = (task, ct) => TrialAsync(running!, task, ct),
            },
            Cancel
        );
        running = workspace;
        await File.WriteAllTextAsync(Path.Join(workspace.WorkspaceFolder, "trial.py"), "", Cancel);
        using var folder = new TemporaryFolder();
        var study = new WorkspaceStudy(folder, workspace);
        var task = new JsonObject { ["python"] = new JsonObject { ["file"] = "/Workspace/trial.py" } };
        study.Write(task, Trials, parallelism: 16);
        workspace.Faults.Set(
            new Fault.LostResponse { Rate = 0.1 },
            new Fault.Throttled("0") { Rate = 0.1 },
            new Fault.Error(500, "INTERNAL_ERROR", "oh") { Rate = 0.05 }
        );

        foreach (int launched in (int[])[30, 90, 150])
        {
            using Process host = study.Start();
            _ = host.StandardError.ReadToEndAsync(Cancel);
            await workspace.Runs.UntilAsync(runs => runs.Launched >= launched || host.HasExited, Cancel);
            host.Kill();
            await host.WaitForExitAsync(Cancel);
        }

        JsonElement end = await study.RunAsync();

        Assert.Equal(Trials, end.GetProperty("counts").GetProperty("succeeded").GetInt32());
        Assert.Equal(Trials, workspace.Runs.Launched);
        Assert.All(workspace.Runs.LaunchesByToken.Values, launches => Assert.Equal(1, launches));
        Assert.Equal(0, workspace.Runs.Alive);
        Assert.True(workspace.Faults.Struck.Values.Sum() > Trials / 4);
    }

    private static async Task<TaskResult> TrialAsync(
        DatabricksWorkspace workspace,
        SubmittedTask task,
        CancellationToken cancel
    )
    {
        string trial = Path.Join(workspace.VolumesFolder, task.Parameters[^1]["/Volumes".Length..]);
        JsonNode content = JsonNode.Parse(await File.ReadAllBytesAsync(trial, cancel))!;
        double x = content["params"]!["x"]!.GetValue<double>();
        await Task.Delay(TimeSpan.FromMilliseconds(200), cancel);
        var result = new JsonObject { ["loss"] = x * x, ["token"] = content["token"]!.GetValue<string>() };
        await File.WriteAllTextAsync(
            Path.Join(Path.GetDirectoryName(trial), "result.json"),
            result.ToJsonString(),
            cancel
        );
        return TaskResult.Success();
    }
}
