using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.DatabricksEmulator;
using FunctionTune.Testing;
using static FunctionTune.Remote.Tests.Workspace.WorkspaceClient;

namespace FunctionTune.Remote.Tests.Workspace;

/// <summary>Tasks that are carried out by real processes.</summary>
public sealed class LocalTaskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_python_file_finds_volumes_and_its_arguments_and_nothing_of_the_client()
    {
        _folder.Write(
            "main/ft/code/trial.py",
            """
            import os, sys
            print(sys.argv[1:], open(os.environ["FUNCTIONTUNE_VOLUMES"] + "/main/ft/code/data.txt").read())
            print(sorted(name for name in os.environ if name.startswith(("FUNCTIONTUNE_", "DATABRICKS_"))), file=sys.stderr)
            """
        );
        _folder.Write("main/ft/code/data.txt", "42");

        (JsonElement run, JsonElement output) = await RunAsync(
            PythonFile("/Volumes/main/ft/code/trial.py", "--functiontune-trial", "/Volumes/main/x")
        );

        Assert.Equal(("TERMINATED", "SUCCESS"), StateOf(run));
        string logs = output.GetProperty("logs").GetString()!;
        Assert.Contains("['--functiontune-trial', '/Volumes/main/x'] 42", logs, StringComparison.Ordinal);
        Assert.Contains("['FUNCTIONTUNE_VOLUMES']", logs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_in_python_is_told_with_its_trace()
    {
        _folder.Write("main/ft/code/trial.py", "print('before')\nraise ValueError('no such depth')");

        (JsonElement run, JsonElement output) = await RunAsync(PythonFile("dbfs:/Volumes/main/ft/code/trial.py"));

        Assert.Equal("RUN_EXECUTION_ERROR", CodeOf(run).Code);
        Assert.Equal("ValueError: no such depth", output.GetProperty("error").GetString());
        Assert.StartsWith("Traceback", output.GetProperty("error_trace").GetString(), StringComparison.Ordinal);
        Assert.Contains("before", output.GetProperty("logs").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/Volumes/main/ft/code/missing.py")]
    [InlineData("abfss://c@account.dfs.core.windows.net/trial.py")]
    public async Task A_python_file_that_cannot_be_read_is_a_resource_not_found(string file)
    {
        (JsonElement run, _) = await RunAsync(PythonFile(file));

        Assert.Equal("RESOURCE_NOT_FOUND", CodeOf(run).Code);
        Assert.Contains(
            file,
            run.GetProperty("state").GetProperty("state_message").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_program_that_is_killed_is_a_lost_driver()
    {
        _folder.Write("main/ft/code/trial.py", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)");

        (JsonElement run, _) = await RunAsync(PythonFile("/Volumes/main/ft/code/trial.py"));

        Assert.Equal("DRIVER_ERROR", CodeOf(run).Code);
    }

    [Fact]
    public async Task A_notebook_gets_its_parameters_and_gives_its_exit_value()
    {
        const string Notebook = """
            # Databricks notebook source
            # MAGIC %md a title
            depth = dbutils.widgets.get("depth")
            import __main__
            assert __main__.dbutils is dbutils
            dbutils.notebook.exit("depth " + depth)
            raise SystemExit("never")
            """;
        string workspace = _folder["tree"];
        _folder.Write("tree/Shared/trial.py", Notebook);

        (JsonElement run, JsonElement output) = await RunAsync(
            Work(
                "notebook_task",
                new JsonObject
                {
                    ["notebook_path"] = "/Workspace/Shared/trial",
                    ["base_parameters"] = new JsonObject { ["depth"] = "3" },
                }
            ),
            new() { WorkspaceFolder = workspace }
        );

        Assert.Equal(("TERMINATED", "SUCCESS"), StateOf(run));
        Assert.Equal("depth 3", output.GetProperty("notebook_output").GetProperty("result").GetString());
        Assert.False(output.TryGetProperty("logs", out _));
    }

    [Fact]
    public async Task A_wheel_is_run_by_its_entry_point()
    {
        Zip(
            "main/ft/code/trial-1.0-py3-none-any.whl",
            ("trial/__init__.py", "import sys\ndef main():\n    print('wheel', sys.argv)\n"),
            ("trial-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: trial\nVersion: 1.0\n"),
            ("trial-1.0.dist-info/entry_points.txt", "[console_scripts]\nrun = trial:main\n")
        );
        JsonObject body = Work(
            "python_wheel_task",
            new JsonObject
            {
                ["package_name"] = "trial",
                ["entry_point"] = "run",
                ["parameters"] = new JsonArray("a"),
            }
        );
        body["tasks"]![0]!["libraries"] = new JsonArray(
            new JsonObject { ["whl"] = "/Volumes/main/ft/code/trial-1.0-py3-none-any.whl" }
        );

        (JsonElement run, JsonElement output) = await RunAsync(body);

        Assert.Equal(("TERMINATED", "SUCCESS"), StateOf(run));
        Assert.Equal("wheel ['trial', 'a']\n", output.GetProperty("logs").GetString());
    }

    [Fact]
    public async Task A_library_that_is_not_there_is_an_installation_error()
    {
        _folder.Write("main/ft/code/trial.py", "");
        JsonObject body = PythonFile("/Volumes/main/ft/code/trial.py");
        body["tasks"]![0]!["libraries"] = new JsonArray(new JsonObject { ["whl"] = "/Volumes/main/ft/code/no.whl" });

        (JsonElement run, _) = await RunAsync(body);

        Assert.Equal("LIBRARY_INSTALLATION_ERROR", CodeOf(run).Code);
    }

    [Fact]
    public async Task A_program_of_dotnet_for_spark_is_unpacked_and_run()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The program is a shell script.");
        Zip("main/ft/code/app.zip", ("Trial", "#!/bin/sh\necho trial \"$@\"\n"));
        JsonObject body = Work(
            "spark_jar_task",
            new JsonObject
            {
                ["main_class_name"] = "org.apache.spark.deploy.dotnet.DotnetRunner",
                ["parameters"] = new JsonArray("/Volumes/main/ft/code/app.zip", "Trial", "one", "two"),
            }
        );

        (_, JsonElement output) = await RunAsync(body);

        Assert.Equal("trial one two\n", output.GetProperty("logs").GetString());
    }

    [Fact]
    public async Task Spark_submit_runs_the_file_after_its_options_and_shows_no_logs()
    {
        _folder.Write("main/ft/code/trial.py", "import sys\nsys.exit(sys.argv[1:] != ['x'])");

        (JsonElement run, JsonElement output) = await RunAsync(
            Work(
                "spark_submit_task",
                new JsonObject
                {
                    ["parameters"] = new JsonArray("--conf", "a=b", "--verbose", "/Volumes/main/ft/code/trial.py", "x"),
                }
            )
        );

        Assert.Equal(("TERMINATED", "SUCCESS"), StateOf(run));
        Assert.False(output.TryGetProperty("logs", out _));
    }

    [Fact]
    public async Task Cancelling_a_run_ends_its_program_and_all_that_it_started()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are looked for in /proc.");
        _folder.Write(
            "main/ft/code/trial.py",
            """
            import os, subprocess, time
            child = subprocess.Popen(["sleep", "1000"])
            folder = os.environ["FUNCTIONTUNE_VOLUMES"]
            with open(folder + "/new", "w") as file:
                file.write(str(child.pid))
            os.rename(folder + "/new", folder + "/child")
            time.sleep(1000)
            """
        );
        await using DatabricksWorkspace workspace = await DatabricksWorkspace.StartAsync(
            new() { VolumesFolder = _folder.Path },
            Token
        );
        using var client = new WorkspaceClient(workspace);
        using var written = new SemaphoreSlim(0);
        using var watcher = new FileSystemWatcher(_folder.Path, "child");
        watcher.Renamed += (_, _) => written.Release();
        watcher.EnableRaisingEvents = true;
        long id = await client.SubmittedAsync(PythonFile("/Volumes/main/ft/code/trial.py"));
        await written.WaitAsync(Token);
        int child = int.Parse(await File.ReadAllTextAsync(_folder["child"], Token), CultureInfo.InvariantCulture);

        await client.PostAsync("/api/2.2/jobs/runs/cancel", new JsonObject { ["run_id"] = id });
        await workspace.Runs.UntilAsync(runs => runs.Alive == 0, Token);

        Assert.Equal(("TERMINATED", "CANCELED"), StateOf(await client.RunAsync(id)));
        Assert.False(IsAlive(child));
    }

    public void Dispose() => _folder.Dispose();

    private void Zip(string path, params (string Name, string Text)[] entries)
    {
        using var zip = new ZipArchive(File.Create(_folder.Write(path, "")), ZipArchiveMode.Create);
        foreach ((string name, string text) in entries)
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write(text);
        }
    }

    private static JsonObject PythonFile(string file, params string[] parameters) =>
        Work(
            "spark_python_task",
            new JsonObject
            {
                ["python_file"] = file,
                ["parameters"] = new JsonArray([.. parameters.Select(parameter => JsonValue.Create(parameter))]),
            }
        );

    private static JsonObject Work(string kind, JsonObject work) =>
        Submission(
            (_, task) =>
            {
                task.Remove("spark_python_task");
                task[kind] = work;
            }
        );

    private async Task<(JsonElement Run, JsonElement Output)> RunAsync(
        JsonObject body,
        DatabricksWorkspaceOptions? options = null
    )
    {
        await using DatabricksWorkspace workspace = await DatabricksWorkspace.StartAsync(
            (options ?? new()) with
            {
                VolumesFolder = _folder.Path,
            },
            Token
        );
        using var client = new WorkspaceClient(workspace);
        JsonElement run = await client.EndedAsync(body);
        return (run, await client.OutputAsync(run));
    }

    private static bool IsAlive(int process) =>
        File.Exists($"/proc/{process}/stat")
        && !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
}
