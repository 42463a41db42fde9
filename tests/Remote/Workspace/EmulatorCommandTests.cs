using System.Diagnostics;
using FunctionTune.DatabricksEmulator;
using FunctionTune.Testing;

namespace FunctionTune.Remote.Tests.Workspace;

public sealed class EmulatorCommandTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_command_says_how_to_reach_it_and_answers_there()
    {
        using var folder = new TemporaryFolder();
        using Process command = Start(
            folder,
            ["--port", "0", "--token", "secret", "--slots", "6", "--volumes", folder.Path]
        );
        try
        {
            string? host = await command.StandardOutput.ReadLineAsync(Token);
            string? token = await command.StandardOutput.ReadLineAsync(Token);
            string? volumes = await command.StandardOutput.ReadLineAsync(Token);
            Assert.StartsWith("export DATABRICKS_HOST=http://127.0.0.1:", host, StringComparison.Ordinal);
            Assert.Equal("export DATABRICKS_TOKEN=secret", token);
            Assert.Equal($"export FUNCTIONTUNE_VOLUMES={folder.Path}", volumes);

            using var http = new HttpClient { BaseAddress = new Uri(host!.Split('=')[1]) };
            http.DefaultRequestHeaders.Authorization = new("Bearer", "secret");
            string cluster = await http.GetStringAsync("/api/2.1/clusters/get?cluster_id=0101-000000-emulator", Token);
            Assert.Contains("\"cluster_cores\":6", cluster, StringComparison.Ordinal);
        }
        finally
        {
            command.Kill(entireProcessTree: true);
            await command.WaitForExitAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task The_command_refuses_a_cluster_without_slots()
    {
        using var folder = new TemporaryFolder();
        using Process command = Start(folder, ["--slots", "0"]);

        string error = await command.StandardError.ReadToEndAsync(Token);
        await command.WaitForExitAsync(Token);

        Assert.Equal(1, command.ExitCode);
        Assert.Contains("--slots must be at least 1, got 0.", error, StringComparison.Ordinal);
    }

    private static Process Start(TemporaryFolder temporary, string[] arguments) =>
        Process.Start(
            new ProcessStartInfo("dotnet", [typeof(DatabricksWorkspace).Assembly.Location, .. arguments])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["TMPDIR"] = temporary.Path },
            }
        )!;
}
