using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.DatabricksEmulator;
using FunctionTune.Testing;
using FunctionTune.Testing.Processes;

namespace FunctionTune.Cli.Tests.Databricks;

/// <summary>A study of the command on a stand-in workspace.</summary>
internal sealed class WorkspaceStudy(TemporaryFolder folder, DatabricksWorkspace workspace)
{
    private const string Program = "functiontune.dll";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Writes the study file.</summary>
    /// <param name="task">The task of the trials.</param>
    /// <param name="maxEvals">How many trials.</param>
    /// <param name="parallelism">How many at once.</param>
    /// <param name="change">What a test changes about <c>trial.databricks</c>.</param>
    public void Write(JsonObject task, int maxEvals, int parallelism, Action<JsonObject>? change = null)
    {
        var options = new JsonObject
        {
            ["host"] = workspace.Url.ToString(),
            ["task"] = task,
            ["cluster"] = new JsonObject { ["existing"] = "0101-000000-emulator" },
        };
        change?.Invoke(options);
        var study = new JsonObject
        {
            ["name"] = "remote",
            ["space"] = new JsonObject { ["x"] = new JsonObject { ["uniform"] = new JsonArray(-10, 10) } },
            ["maxEvals"] = maxEvals,
            ["parallelism"] = parallelism,
            ["seed"] = 7,
            ["staging"] = "/Volumes/main/functiontune/studies",
            ["trial"] = new JsonObject { ["databricks"] = options, ["timeout"] = "00:10:00" },
        };
        folder.Write("study.json", study.ToJsonString());
    }

    /// <summary>Begins to run the study, or goes on with it.</summary>
    public Process Start() => Process.Start(Command("run", folder["study.json"], "--id", "remote", "--json"))!;

    /// <summary>Runs a command to its end.</summary>
    public static async Task<ProgramEnd> EndAsync(Process process)
    {
        using (process)
        {
            Task<string> error = process.StandardError.ReadToEndAsync(Cancel);
            string output = await process.StandardOutput.ReadToEndAsync(Cancel);
            await process.WaitForExitAsync(Cancel);
            return new ProgramEnd(process.ExitCode, output, await error);
        }
    }

    /// <summary>Runs the study to its end.</summary>
    /// <returns>The document that the command prints.</returns>
    public async Task<JsonElement> RunAsync()
    {
        ProgramEnd end = await EndAsync(Start());
        Assert.True(end.ExitCode == 0, end.Error + end.Output);
        return JsonElement.Parse(end.Output);
    }

    /// <summary>A verb about the study.</summary>
    public Task<ProgramEnd> VerbAsync(params string[] arguments) => EndAsync(Process.Start(Command(arguments))!);

    private ProcessStartInfo Command(params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Join(AppContext.BaseDirectory, Program), .. arguments, "--store", folder["store"]]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DATABRICKS_TOKEN"] = workspace.Token;
        return start;
    }
}
