using System.Diagnostics;

namespace FunctionTune.LivyEmulator.Batches;

/// <summary>How the program of a batch is run: as the driver on a node of a cluster, which knows nothing of the client.</summary>
/// <param name="python">The Python to use.</param>
internal sealed class BatchProgram(string python)
{
    private const string DriverVariable = "spark.yarn.appMasterEnv.";

    private static readonly string[] s_foreign = ["FUNCTIONTUNE_", "LIVY_"];

    public ProcessStartInfo Describe(CreateRequest request, string folder)
    {
        string file = LocalFiles.PathOf(request.File)!;
        string[] jars = [file, .. request.Jars.Select(LocalFiles.PathOf).OfType<string>()];
        string[] command =
            request.ClassName is { } main ? ["java", "-cp", string.Join(Path.PathSeparator, jars), main]
            : file.EndsWith(".py", StringComparison.Ordinal) ? [python, file]
            : [file];
        var start = new ProcessStartInfo(command[0], [.. command.Skip(1), .. request.Args])
        {
            WorkingDirectory = folder,
        };
        foreach (string name in start.Environment.Keys.ToArray())
        {
            if (Array.Exists(s_foreign, prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
            {
                start.Environment.Remove(name);
            }
        }

        start.Environment["PYTHONUNBUFFERED"] = "1";
        start.Environment["PYTHONPATH"] = string.Join(
            Path.PathSeparator,
            request.PyFiles.Select(LocalFiles.PathOf).OfType<string>().Select(FolderOf)
        );
        foreach ((string name, string value) in request.Conf)
        {
            if (name.StartsWith(DriverVariable, StringComparison.Ordinal))
            {
                start.Environment[name[DriverVariable.Length..]] = value;
            }
        }

        return start;
    }

    /// <summary>Where Python looks for a file: in its folder, or in it when it is an archive.</summary>
    private static string FolderOf(string file) =>
        file.EndsWith(".py", StringComparison.Ordinal) ? Path.GetDirectoryName(file)! : file;
}
