using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FunctionTune.Testing;

namespace FunctionTune.Cli.Tests;

/// <summary>The host is killed by SIGKILL again and again, and taken up again by the same command.</summary>
public sealed class KillTests
{
    private const int Kills = 24;

    // Writes its result and then, to a file of its own, its number: a trial that was run twice to its end stands there twice.
    private const string Trial = """
        flat=$(tr -d ' \n' < "$FUNCTIONTUNE_TRIAL")
        of() { printf %s "$flat" | sed "s/.*\"$1\":\"\{0,1\}\([^,}\"]*\).*/\1/"; }
        awk "BEGIN { d = $(of x) - 3; printf \"{\\\"loss\\\": %.17g}\", d * d }" > result.tmp
        mv result.tmp "$(of result)"
        echo "$(of trial)" >> "$DONE"
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_study_goes_on_after_every_kill_and_no_ended_trial_is_lost_or_run_again(int parallelism)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The trial of this test is a POSIX shell script.");
        using var folder = new TemporaryFolder();
        string study = Write(folder, parallelism);
        var chance = new Random(parallelism);
        for (int kill = 0; kill < Kills; kill++)
        {
            using Process host = Start(folder, study, "killed");
            await WaitForLogAsync(folder, LengthOf(folder) + chance.Next(1, 700), host);
            host.Kill();
            await host.WaitForExitAsync(Token);
        }

        Assert.Equal(0, await EndAsync(Start(folder, study, "killed")));
        string[] done = await File.ReadAllLinesAsync(folder["done.txt"], Token);
        Assert.Equal(done.Where(line => line.Length > 0).Distinct().Count(), done.Count(line => line.Length > 0));
        JsonElement[] killed = await TrialsAsync(folder, "killed");
        Assert.Equal(Enumerable.Range(0, 60), killed.Select(trial => trial.GetProperty("number").GetInt32()));
        Assert.All(killed, trial => Assert.Equal("succeeded", trial.GetProperty("state").GetString()));
        if (parallelism == 1)
        {
            Assert.Equal(0, await EndAsync(Start(folder, study, "whole")));
            Assert.Equal(Described(await TrialsAsync(folder, "whole")), Described(killed));
        }
    }

    private static string Write(TemporaryFolder folder, int parallelism) =>
        folder.Write(
            "study.json",
            JsonSerializer.Serialize(
                new
                {
                    name = "kill",
                    space = new { x = new { uniform = new[] { -10, 10 } } },
                    maxEvals = 60,
                    parallelism,
                    seed = 7,
                    trial = new
                    {
                        process = new
                        {
                            command = new[] { "sh", "-c", Trial },
                            environment = new { DONE = folder["done.txt"] },
                        },
                    },
                }
            )
        );

    private static Process Start(TemporaryFolder folder, string study, string id)
    {
        string program = Path.Join(AppContext.BaseDirectory, "functiontune.dll");
        var start = new ProcessStartInfo(
            "dotnet",
            [program, "run", study, "--id", id, "--store", folder["store"], "--quiet"]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    private static async Task<int> EndAsync(Process host)
    {
        using (host)
        {
            await host.StandardOutput.ReadToEndAsync(Token);
            await host.WaitForExitAsync(Token);
            return host.ExitCode;
        }
    }

    private static long LengthOf(TemporaryFolder folder)
    {
        var log = new FileInfo(Path.Join(folder["store"], "studies", "killed", "log", "000001.jsonl"));
        return log.Exists ? log.Length : 0;
    }

    private static async Task WaitForLogAsync(TemporaryFolder folder, long length, Process host)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (LengthOf(folder) < length && !host.HasExited)
        {
            await look.WaitForNextTickAsync(Token);
        }
    }

    private static async Task<JsonElement[]> TrialsAsync(TemporaryFolder folder, string id)
    {
        string log = Path.Join(folder["store"], "studies", id, "log", "000001.jsonl");
        Assert.True(File.Exists(log));
        string program = Path.Join(AppContext.BaseDirectory, "functiontune.dll");
        using Process trials = Process.Start(
            new ProcessStartInfo("dotnet", [program, "trials", id, "--store", folder["store"], "--format", "json"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            }
        )!;
        string text = await trials.StandardOutput.ReadToEndAsync(Token);
        await trials.WaitForExitAsync(Token);
        return JsonSerializer.Deserialize<JsonElement[]>(text)!;
    }

    private static IEnumerable<string> Described(IEnumerable<JsonElement> trials) =>
        trials.Select(trial =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{trial.GetProperty("number")} {trial.GetProperty("state")} {trial.GetProperty("loss")} {trial.GetProperty("params")}"
            )
        );
}
