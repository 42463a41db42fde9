using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.DatabricksEmulator;
using FunctionTune.Testing;
using FunctionTune.Testing.Processes;

namespace FunctionTune.Cli.Tests.Databricks;

/// <summary>Studies whose trials are Python programs, carried out by the stand-in workspace as processes.</summary>
public sealed class OfflineTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 6)]
    [InlineData(3, 2)]
    public async Task An_objective_of_hyperopt_runs_on_the_workspace_alone_or_in_batches(int trialsPerRun, int runs)
    {
        await using DatabricksWorkspace workspace = await DatabricksWorkspace.StartAsync(new(), Cancel);
        using var folder = new TemporaryFolder();
        folder.Write("train.py", "def objective(params):\n    return {'loss': params['x'] ** 2, 'status': 'ok'}\n");
        var study = new WorkspaceStudy(folder, workspace);
        var task = new JsonObject
        {
            ["python"] = new JsonObject { ["file"] = "train.py", ["objective"] = "objective" },
        };
        study.Write(task, maxEvals: 6, parallelism: 6, options => options["trialsPerRun"] = trialsPerRun);

        JsonElement end = await study.RunAsync();

        Assert.Equal(6, end.GetProperty("counts").GetProperty("succeeded").GetInt32());
        Assert.Equal(runs, workspace.Runs.Launched);
        // Asked for again, the study is over, and the program that was staged is the one that counts.
        Assert.Equal(0, (await WorkspaceStudy.EndAsync(study.Start())).ExitCode);
        Assert.Equal(runs, workspace.Runs.Launched);
    }

    [Fact]
    public async Task Problems_are_told_before_a_study_exists()
    {
        await using DatabricksWorkspace workspace = await DatabricksWorkspace.StartAsync(new(), Cancel);
        using var folder = new TemporaryFolder();
        var study = new WorkspaceStudy(folder, workspace);
        var task = new JsonObject { ["python"] = new JsonObject { ["file"] = "none.py" } };
        study.Write(
            task,
            maxEvals: 6,
            parallelism: 6,
            options => options["cluster"] = new JsonObject { ["existing"] = "nobody" }
        );

        ProgramEnd end = await WorkspaceStudy.EndAsync(study.Start());

        Assert.Equal(2, end.ExitCode);
        Assert.Contains("$.trial.databricks.cluster.existing", end.Error, StringComparison.Ordinal);
        Assert.Contains("$.trial.databricks.task.python.file", end.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["store/studies"]));
    }
}
