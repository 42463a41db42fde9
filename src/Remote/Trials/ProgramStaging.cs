using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Remote.Trials;

/// <summary>Puts the program of the trials where clusters find it, and notes the place in the study.</summary>
internal static class ProgramStaging
{
    /// <summary>A Python program is text; what is larger is no program.</summary>
    private const long MaxBytes = 10 << 20;

    /// <summary>What is wrong with a program on this machine; null when it can be staged.</summary>
    /// <param name="spec">The study.</param>
    /// <param name="program">The Python file, from the study file's folder.</param>
    /// <param name="path">Where the study file names it.</param>
    public static Problem? Check(StudySpec spec, string program, string path)
    {
        var file = new FileInfo(Path.GetFullPath(program, FolderOf(spec)));
        return !file.Exists
                ? new Problem(
                    path,
                    "a Python file of this machine exists",
                    file.FullName,
                    "Relative paths start from the study file's folder; a file of the cluster has a full path or a URI."
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

    /// <summary>Stages the Python client, and a program of this machine.</summary>
    /// <param name="spec">The study.</param>
    /// <param name="program">The Python file, from the study file's folder; null when it lies elsewhere.</param>
    /// <param name="area">The staging area.</param>
    /// <param name="cancellationToken">Ends the staging.</param>
    /// <returns>The study, which says where.</returns>
    public static async Task<StudySpec> StageAsync(
        StudySpec spec,
        string? program,
        IStagingArea area,
        CancellationToken cancellationToken
    )
    {
        string launcher = await PythonClient.StageAsync(area, cancellationToken).ConfigureAwait(false);
        var staged = new JsonObject { ["launcher"] = launcher };
        if (program is not null)
        {
            string file = Path.GetFullPath(program, FolderOf(spec));
            byte[] content = await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false);
            string place = $"programs/{Convert.ToHexStringLower(SHA256.HashData(content))}/{Path.GetFileName(file)}";
            await area.CreateAsync(place, content, cancellationToken).ConfigureAwait(false);
            staged["program"] = place;
        }

        var remote = (TrialSpec.Remote)spec.Trial;
        JsonObject told = JsonObject.Create(remote.Options)!.DeepClone().AsObject();
        told[StagedProgram.Field] = staged;
        return spec with { Trial = remote with { Options = JsonSerializer.SerializeToElement(told) } };
    }

    private static string FolderOf(StudySpec spec) => spec.BaseFolder ?? Directory.GetCurrentDirectory();
}
