using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Remote.Databricks.Options;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Remote.Databricks;

/// <summary>Puts the program of the trials where clusters find it, and notes the place in the study.</summary>
internal static class ProgramStaging
{
    /// <summary>A Python program is text; what is larger is no program.</summary>
    private const long MaxBytes = 10 << 20;

    /// <summary>What is wrong with the program on this machine; null when it can be staged, or lies elsewhere.</summary>
    public static Problem? Check(StudySpec spec, DatabricksOptions options)
    {
        if (options.Task is not DatabricksTask.Python { IsLocal: true } python)
        {
            return null;
        }

        var file = new FileInfo(Path.GetFullPath(python.File, FolderOf(spec)));
        const string path = "$.trial.databricks.task.python.file";
        return !file.Exists
                ? new Problem(
                    path,
                    "a Python file of this machine exists",
                    file.FullName,
                    "Paths start from the study file's folder; a file of the workspace begins with /Workspace/."
                )
            : file.Length > MaxBytes
                ? new Problem(
                    path,
                    "a Python file has at most 10 MiB",
                    $"{file.Length} bytes",
                    "Stage data under 'data'."
                )
            : null;
    }

    /// <summary>Stages the program, if there is anything to stage.</summary>
    /// <returns>The study, which says where.</returns>
    public static async Task<StudySpec> StageAsync(
        StudySpec spec,
        DatabricksOptions options,
        IStagingArea area,
        CancellationToken cancellationToken
    )
    {
        if (options.Task is not DatabricksTask.Python { IsLaunched: true } python)
        {
            return spec;
        }

        string launcher = await PythonClient.StageAsync(area, cancellationToken).ConfigureAwait(false);
        var staged = new JsonObject { ["launcher"] = launcher };
        if (python.IsLocal)
        {
            string file = Path.GetFullPath(python.File, FolderOf(spec));
            byte[] content = await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false);
            string program = $"programs/{Convert.ToHexStringLower(SHA256.HashData(content))}/{Path.GetFileName(file)}";
            await area.CreateAsync(program, content, cancellationToken).ConfigureAwait(false);
            staged["program"] = program;
        }

        var remote = (TrialSpec.Remote)spec.Trial;
        JsonObject told = JsonObject.Create(remote.Options)!.DeepClone().AsObject();
        told["staged"] = staged;
        return spec with { Trial = remote with { Options = JsonSerializer.SerializeToElement(told) } };
    }

    private static string FolderOf(StudySpec spec) => spec.BaseFolder ?? Directory.GetCurrentDirectory();
}
