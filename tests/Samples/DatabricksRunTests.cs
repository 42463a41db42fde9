using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.DatabricksEmulator;
using FunctionTune.DatabricksEmulator.Clusters;
using FunctionTune.Testing;
using FunctionTune.Testing.Processes;

namespace FunctionTune.Samples.Tests;

/// <summary>The samples for Databricks by the command line: checked offline, and run by the stand-in workspace.</summary>
public sealed class DatabricksRunTests : IDisposable
{
    private readonly TemporaryFolder _store = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("databricks-sklearn")]
    [InlineData("databricks-mllib")]
    [InlineData("databricks-torch")]
    [InlineData("databricks-families")]
    public async Task A_study_for_Databricks_is_found_right_without_a_workspace(string sample)
    {
        ProgramEnd end = await RunAsync("validate", Sample.Path($"samples/{sample}/study.json"));

        Assert.True(end.ExitCode == 0, end.Error);
    }

    [Theory]
    [InlineData("databricks-sklearn", 2, 2)]
    [InlineData("databricks-families", 8, 2)]
    public async Task A_study_of_one_machine_runs_by_the_stand_in_as_it_is(string sample, int trials, int runs)
    {
        string? python = await ChildProgram.FindPythonAsync(["sklearn"], Cancel);
        Assert.SkipWhen(python is null, "No python3 on the PATH has scikit-learn: pip install scikit-learn.");
        var options = new DatabricksWorkspaceOptions { Python = python };
        await using DatabricksWorkspace workspace = await DatabricksWorkspace.StartAsync(options, Cancel);
        string file = Sample.Path($"samples/{sample}/by-stand-in.json");
        await File.WriteAllTextAsync(file, await ForStandInAsync(sample, workspace), Cancel);
        ProgramEnd end = await RunAsync(
            "run",
            file,
            "--json",
            "--store",
            _store.Path,
            "--max-evals",
            $"{trials}",
            "--parallelism",
            "4"
        );

        Assert.True(end.ExitCode == 0, end.Error);
        JsonElement counts = JsonElement.Parse(end.Output).GetProperty("counts");
        Assert.Equal(trials, counts.GetProperty("succeeded").GetInt32());
        Assert.InRange(workspace.Runs.All.Length, runs, trials);
    }

    /// <summary>The study file with the workspace, the cluster and the volume of the stand-in in their places.</summary>
    private static async Task<string> ForStandInAsync(string sample, DatabricksWorkspace workspace)
    {
        string text = await File.ReadAllTextAsync(Sample.Path($"samples/{sample}/study.json"), Cancel);
        JsonNode study = JsonNode.Parse(text)!;
        JsonNode databricks = study["trial"]!["databricks"]!;
        databricks["host"] = workspace.Url.GetLeftPart(UriPartial.Authority);
        databricks["cluster"] = new JsonObject { ["existing"] = ClusterOptions.DefaultId };
        study["staging"] = "/Volumes/main/functiontune/staging";
        return study.ToJsonString();
    }

    private static Task<ProgramEnd> RunAsync(params string[] arguments) =>
        ChildProgram.RunAsync(
            ["dotnet", Sample.Path("functiontune.dll"), .. arguments],
            AppContext.BaseDirectory,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["DATABRICKS_TOKEN"] = new DatabricksWorkspaceOptions().Token,
            },
            Cancel
        );
}
