using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Remote.Databricks;
using FunctionTune.Remote.Databricks.Options;
using FunctionTune.Remote.Jobs;
using FunctionTune.Remote.Trials;
using FunctionTune.Studies;

namespace FunctionTune.Remote.Tests.Databricks;

/// <summary>
/// The bodies of runs/submit for each kind of task on each kind of compute, word by word. Set FUNCTIONTUNE_APPROVE_GOLDEN to 1 to
/// write the file anew.
/// </summary>
public sealed class SubmissionTests
{
    private const string Token = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private static readonly JsonSerializerOptions s_readable = new() { WriteIndented = true, NewLine = "\n" };

    private static readonly Dictionary<string, string> s_tasks = new(StringComparer.Ordinal)
    {
        ["python"] = """{ "python": { "file": "/Workspace/Shared/train.py", "parameters": ["--epochs", "3"] } }""",
        ["local python"] = """{ "python": { "file": "train.py", "parameters": ["--epochs", "3"] } }""",
        ["objective"] =
            """{ "python": { "file": "abfss://c@a.dfs.core.windows.net/train.py", "objective": "loss" } }""",
        ["wheel"] =
            """{ "wheel": { "package": "trial", "entryPoint": "run", "file": "/Volumes/m/f/c/trial-1-py3-none-any.whl" } }""",
        ["notebook"] = """{ "notebook": { "path": "/Workspace/Shared/train", "parameters": { "epochs": "3" } } }""",
        ["jar"] =
            """{ "jar": { "mainClass": "com.example.Train", "file": "/Volumes/m/f/c/train.jar", "parameters": ["a"] } }""",
        ["dotnet"] =
            """{ "dotnet": { "app": "/Volumes/m/f/c/Trial.zip", "executable": "Trial", "jar": "/Volumes/m/f/c/microsoft-spark.jar" } }""",
        ["sparkSubmit"] =
            """{ "sparkSubmit": { "parameters": ["--class", "com.example.Train", "/Volumes/m/f/c/train.jar"] } }""",
    };

    private static readonly Dictionary<string, string> s_computes = new(StringComparer.Ordinal)
    {
        ["existing"] = """{ "existing": "0101-000000-abcdefgh" }""",
        ["new"] = """
            { "new": { "spark_version": "16.4.x-scala2.12", "node_type_id": "Standard_D4ds_v5", "num_workers": 1,
              "spark_conf": { "spark.task.cpus": "2" }, "azure_attributes": { "availability": "SPOT_AZURE" } } }
            """,
        ["serverless"] = """{ "serverless": { "environmentVersion": "4", "dependencies": ["scikit-learn"] } }""",
    };

    private static readonly string s_file = Beside("Submissions.golden.json");

    [Fact]
    public void Bodies_are_those_of_the_golden_file()
    {
        var bodies = new JsonObject();
        foreach ((string task, string taskText) in s_tasks)
        {
            foreach ((string compute, string computeText) in s_computes)
            {
                string text =
                    $$"""{ "host": "https://adb-1.2.azuredatabricks.net", "task": {{taskText}}, "cluster": {{computeText}}, "coresPerTrial": 4 }""";
                if (Read(text) is { } options)
                {
                    bodies[$"{task} on {compute}"] = Body(options, Order());
                }
            }
        }

        DatabricksOptions full = Read(
            """
            { "host": "https://adb-1.2.azuredatabricks.net", "task": { "jar": { "mainClass": "A" } }, "cluster": { "existing": "x" },
              "libraries": [ { "maven": { "coordinates": "a:b:1" } } ], "tags": { "team": "ml" },
              "accessControl": [ { "group_name": "ml", "permission_level": "CAN_VIEW" } ] }
            """
        )!;
        bodies["everything"] = Body(full, Order());
        bodies["batch"] = Body(
            full,
            Order() with
            {
                IsBatch = true,
                Trials = [new TrialAttempt(3, 1), new TrialAttempt(4, 2)],
                Place = "/Volumes/m/f/p/studies/s-7f3a/batches/b/batch.json",
            }
        );
        bodies["no timeout"] = Body(full, Order() with { Timeout = null });
        string actual = bodies.ToJsonString(s_readable) + "\n";
        if (Environment.GetEnvironmentVariable("FUNCTIONTUNE_APPROVE_GOLDEN") is "1")
        {
            File.WriteAllText(s_file, actual);
        }

        Assert.Equal(File.ReadAllText(s_file), actual);
    }

    [Fact]
    public void The_same_order_is_written_in_the_same_bytes()
    {
        DatabricksOptions options = Read(
            """{ "host": "https://adb", "task": { "jar": { "mainClass": "A" } }, "cluster": { "new": { "spark_version": "x" } } }"""
        )!;
        var submission = new DatabricksSubmission(options, path => $"/Volumes/m/f/p/{path}");

        Assert.Equal(submission.Write(Order()), submission.Write(Order()));
    }

    [Fact]
    public void A_notebook_runs_serverless_when_its_task_names_no_compute()
    {
        DatabricksOptions options = Read(
            """{ "host": "https://adb", "task": { "notebook": { "path": "/Shared/train" } }, "cluster": { "serverless": {} } }"""
        )!;

        JsonNode body = Body(options, Order());

        Assert.Null(body["environments"]);
        Assert.Equal(
            ["max_retries", "notebook_task", "task_key", "timeout_seconds"],
            body["tasks"]![0]!.AsObject().Select(field => field.Key).Order(StringComparer.Ordinal)
        );
    }

    private static JobOrder Order() =>
        new(
            new StudyId("s-7f3a"),
            Token,
            "/Volumes/m/f/p/studies/s-7f3a/trials/12/1/trial.json",
            [new TrialAttempt(12, 1)],
            TimeSpan.FromSeconds(3599.2)
        );

    private static JsonNode Body(DatabricksOptions options, JobOrder order)
    {
        DatabricksOptions staged = options with
        {
            Staged = new StagedProgram(
                "programs/1/functiontune.py",
                options.Task is DatabricksTask.Python { IsLocal: true } ? "programs/2/train.py" : null
            ),
        };
        return JsonNode.Parse(new DatabricksSubmission(staged, path => $"/Volumes/m/f/p/{path}").Write(order))!;
    }

    private static DatabricksOptions? Read(string text) =>
        DatabricksOptionsReader.Read(JsonElement.Parse(text), _ => null).Options;

    private static string Beside(string name, [CallerFilePath] string here = "") =>
        Path.Join(Path.GetDirectoryName(here), name);
}
