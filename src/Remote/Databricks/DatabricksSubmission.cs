using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Remote.Databricks.Options;
using FunctionTune.Remote.Jobs;
using FunctionTune.Remote.Trials;
using FunctionTune.Studies;

namespace FunctionTune.Remote.Databricks;

/// <summary>The body of runs/submit.</summary>
/// <param name="options">What the study file says.</param>
/// <param name="placeOf">Where a trial finds a file of the staging area.</param>
internal sealed class DatabricksSubmission(DatabricksOptions options, Func<string, string> placeOf)
{
    /// <summary>The widget of a notebook that holds the place of the trial file.</summary>
    public const string Widget = "functiontune_trial";

    private const string Environment = "trial";

    /// <summary>What the names of all runs of a study begin with.</summary>
    public static string PrefixOf(StudyId study) => $"functiontune/{study}/";

    /// <summary>Writes the body; the same for the same order.</summary>
    public byte[] Write(JobOrder order)
    {
        var body = new JsonObject
        {
            ["run_name"] = NameOf(order),
            ["idempotency_token"] = order.Token,
            ["queue"] = new JsonObject { ["enabled"] = true },
            ["tags"] = Tags(order),
        };
        if (!options.AccessControl.IsEmpty)
        {
            body["access_control_list"] = Copy(options.AccessControl);
        }

        if (EnvironmentSpec() is { } spec)
        {
            body["environments"] = new JsonArray(new JsonObject { ["environment_key"] = Environment, ["spec"] = spec });
        }

        JsonObject task = Task(order);
        if (order.Timeout is { } timeout)
        {
            long seconds = Math.Max(1, (long)Math.Ceiling(timeout.TotalSeconds));
            body["timeout_seconds"] = seconds;
            task["timeout_seconds"] = seconds;
        }

        body["tasks"] = new JsonArray(task);
        return JsonSerializer.SerializeToUtf8Bytes(body);
    }

    private static string NameOf(JobOrder order) =>
        order.IsBatch
            ? $"{PrefixOf(order.Study)}batch/{order.Token[..12]}"
            : Invariant($"{PrefixOf(order.Study)}{order.Trials[0].Trial}/{order.Trials[0].Attempt}");

    private JsonObject Tags(JobOrder order)
    {
        var tags = new JsonObject(options.Tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value)))
        {
            ["functiontune-study"] = order.Study.ToString(),
            ["functiontune-trial"] = Listed(order.Trials.Select(t => t.Trial)),
            ["functiontune-attempt"] = Listed(order.Trials.Select(t => t.Attempt).Distinct()),
        };
        return tags;
    }

    private JsonObject Task(JobOrder order)
    {
        var task = new JsonObject { ["task_key"] = "trial", ["max_retries"] = 0 };
        switch (options.Compute)
        {
            case DatabricksCompute.Existing existing:
                task["existing_cluster_id"] = existing.Id;
                break;
            case DatabricksCompute.New own:
                task["new_cluster"] = NewCluster(own);
                break;
            case DatabricksCompute.Serverless when EnvironmentSpec() is not null:
                task["environment_key"] = Environment;
                break;
            default:
                break; // a notebook that names no compute runs serverless
        }

        JsonArray libraries = Libraries();
        if (libraries.Count > 0)
        {
            task["libraries"] = libraries;
        }

        (string kind, JsonObject work) = Work(order.Place);
        task[kind] = work;
        return task;
    }

    private (string Kind, JsonObject Work) Work(string place) =>
        options.Task switch
        {
            DatabricksTask.Python python => ("spark_python_task", Python(python, place)),
            DatabricksTask.Wheel wheel => (
                "python_wheel_task",
                new JsonObject
                {
                    ["package_name"] = wheel.Package,
                    ["entry_point"] = wheel.EntryPoint,
                    ["parameters"] = Arguments(wheel.Parameters, place),
                }
            ),
            DatabricksTask.Notebook notebook => ("notebook_task", Notebook(notebook, place)),
            DatabricksTask.Jar jar => (
                "spark_jar_task",
                new JsonObject
                {
                    ["main_class_name"] = jar.MainClass,
                    ["parameters"] = Arguments(jar.Parameters, place),
                }
            ),
            DatabricksTask.DotNet program => (
                "spark_jar_task",
                new JsonObject
                {
                    ["main_class_name"] = "org.apache.spark.deploy.dotnet.DotnetRunner",
                    ["parameters"] = Arguments(
                        program.Executable is { } executable
                            ? [program.App, executable, .. program.Parameters]
                            : [program.App, .. program.Parameters],
                        place
                    ),
                }
            ),
            _ => ("spark_submit_task", new JsonObject { ["parameters"] = Arguments(options.Task.Parameters, place) }),
        };

    private JsonObject Python(DatabricksTask.Python python, string place)
    {
        if (!python.IsLaunched)
        {
            return PythonFile(python.File, Arguments(python.Parameters, place));
        }

        StagedProgram staged =
            options.Staged ?? throw new InvalidOperationException("The program of the trials has not been staged.");
        List<string> launch = ["--program", staged.Program is { } program ? placeOf(program) : python.File];
        if (python.Objective is { } objective)
        {
            launch.AddRange(["--objective", objective]);
        }

        return PythonFile(placeOf(staged.Launcher), Arguments([.. launch, .. python.Parameters], place));
    }

    // Without a source: a file of the workspace and one of a volume are told apart by their paths.
    private static JsonObject PythonFile(string file, JsonArray arguments) =>
        new() { ["python_file"] = file, ["parameters"] = arguments };

    private static JsonObject Notebook(DatabricksTask.Notebook notebook, string place)
    {
        JsonObject widgets = notebook.Widgets.DeepClone().AsObject();
        widgets[Widget] = place;
        return new JsonObject
        {
            ["notebook_path"] = notebook.Path,
            ["source"] = "WORKSPACE",
            ["base_parameters"] = widgets,
        };
    }

    private JsonObject NewCluster(DatabricksCompute.New own)
    {
        JsonObject cluster = own.Definition.DeepClone().AsObject();
        // Spark itself does not try a failed task again: whether a trial is tried again is the study's to say.
        var conf = new Dictionary<string, string>(StringComparer.Ordinal) { ["spark.task.maxFailures"] = "1" };
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        if (options.CoresPerTrial is { } cores)
        {
            conf["spark.task.cpus"] = Invariant($"{cores}");
            environment["FUNCTIONTUNE_CORES"] = Invariant($"{cores}");
        }

        if (options.GpusPerTrial is > 0 and { } gpus)
        {
            conf["spark.task.resource.gpu.amount"] = Invariant($"{gpus}");
        }

        AddMissing(cluster, "spark_conf", conf);
        AddMissing(cluster, "spark_env_vars", environment);
        return cluster;
    }

    private static void AddMissing(JsonObject cluster, string name, Dictionary<string, string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        JsonObject map = cluster[name] as JsonObject ?? [];
        cluster[name] = map;
        foreach ((string key, string value) in values)
        {
            _ = map.TryAdd(key, JsonValue.Create(value));
        }
    }

    private JsonArray Libraries()
    {
        JsonArray libraries = Copy(options.Libraries);
        (string Kind, string? File) own = options.Task switch
        {
            DatabricksTask.Wheel wheel when options.Compute is not DatabricksCompute.Serverless => ("whl", wheel.File),
            DatabricksTask.Jar jar => ("jar", jar.File),
            DatabricksTask.DotNet program => ("jar", program.Connector),
            _ => ("", null),
        };
        if (own.File is not null)
        {
            libraries.Add(new JsonObject { [own.Kind] = own.File });
        }

        return libraries;
    }

    /// <summary>The environment of a serverless task; null for a notebook, which has its own, and on clusters.</summary>
    private JsonObject? EnvironmentSpec()
    {
        if (options.Compute is not DatabricksCompute.Serverless serverless || options.Task is DatabricksTask.Notebook)
        {
            return null;
        }

        var spec = new JsonObject { ["environment_version"] = serverless.Version ?? "4" };
        string[] dependencies = options.Task is DatabricksTask.Wheel { File: { } file }
            ? [.. serverless.Dependencies, file]
            : [.. serverless.Dependencies];
        if (dependencies.Length > 0)
        {
            spec["dependencies"] = new JsonArray([.. dependencies.Select(each => JsonValue.Create(each))]);
        }

        return spec;
    }

    private static JsonArray Arguments(IEnumerable<string> parameters, string place) =>
        [.. parameters.Append(TrialArgument.Name).Append(place).Select(each => JsonValue.Create(each))];

    private static JsonArray Copy(IEnumerable<JsonNode> nodes) => [.. nodes.Select(node => node.DeepClone())];

    private static string Listed(IEnumerable<int> numbers) =>
        string.Join(' ', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
