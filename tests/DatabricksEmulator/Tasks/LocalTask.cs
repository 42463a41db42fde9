using System.Diagnostics;
using System.Text.Json;
using FunctionTune.StandIns.Processes;

namespace FunctionTune.DatabricksEmulator.Tasks;

/// <summary>Carries out tasks as processes of this machine.</summary>
/// <param name="paths">Where the files of the workspace are.</param>
/// <param name="python">The Python to use.</param>
internal sealed class LocalTask(PathMap paths, string python)
{
    private const int ExitOfKilled = 137;

    private static readonly string[] s_foreign = ["FUNCTIONTUNE_", "DATABRICKS_"];

    public async Task<TaskResult> RunAsync(SubmittedTask task, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("databricks-task-").FullName;
        try
        {
            Libraries libraries = Libraries.Of(task, paths);
            Launch launch = task.Kind switch
            {
                TaskKind.PythonFile => new PythonLaunch(paths, python).File(task),
                TaskKind.PythonWheel => new PythonLaunch(paths, python).Wheel(task, folder),
                TaskKind.Notebook => new PythonLaunch(paths, python).Notebook(task, folder),
                TaskKind.Jar => new JavaLaunch(paths).Jar(task, libraries, folder),
                TaskKind.SparkSubmit => new SparkSubmitLaunch(paths, python).Of(task, libraries, folder),
                _ => throw new UnreachableException(),
            };
            return await RunAsync(Describe(task, launch, libraries, folder), launch, cancellationToken);
        }
        catch (RefusedTaskException refusal)
        {
            return refusal.Result;
        }
        finally
        {
            Remove(folder);
        }
    }

    /// <summary>The environment of a node of a cluster: what is said there about the client is not known here.</summary>
    private ProcessStartInfo Describe(SubmittedTask task, Launch launch, Libraries libraries, string folder)
    {
        var start = new ProcessStartInfo(launch.Command[0], launch.Command.Skip(1)) { WorkingDirectory = folder };
        foreach (string name in start.Environment.Keys.ToArray())
        {
            if (Array.Exists(s_foreign, prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
            {
                start.Environment.Remove(name);
            }
        }

        start.Environment["FUNCTIONTUNE_VOLUMES"] = paths.Volumes;
        start.Environment["PYTHONUNBUFFERED"] = "1";
        start.Environment["PYTHONPATH"] = string.Join(
            Path.PathSeparator,
            [.. libraries.Wheels, Environment.GetEnvironmentVariable("PYTHONPATH") ?? ""]
        );
        foreach ((string name, string value) in launch.Variables)
        {
            start.Environment[name] = value;
        }

        if (
            task.Definition.TryGetProperty("new_cluster", out JsonElement cluster)
            && cluster.TryGetProperty("spark_env_vars", out JsonElement variables)
        )
        {
            foreach (JsonProperty variable in variables.EnumerateObject())
            {
                start.Environment[variable.Name] = variable.Value.GetString();
            }
        }

        return start;
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // Something that the task left behind still writes there; the folder is temporary.
        }
    }

    private static async Task<TaskResult> RunAsync(
        ProcessStartInfo start,
        Launch launch,
        CancellationToken cancellationToken
    )
    {
        (int exitCode, string logs, string error) = await ChildProcess.RunAsync(start, cancellationToken);
        string? notebook =
            launch.ExitFile is { } file && File.Exists(file)
                ? await File.ReadAllTextAsync(file, cancellationToken)
                : null;
        return exitCode switch
        {
            0 => TaskResult.Success(logs) with { NotebookResult = notebook },
            ExitOfKilled => TaskResult.Platform(
                "DRIVER_ERROR",
                "The spark driver has stopped unexpectedly and is restarting."
            ) with
            {
                Logs = logs,
            },
            _ => UserFault.Of(exitCode, error, logs),
        };
    }
}
