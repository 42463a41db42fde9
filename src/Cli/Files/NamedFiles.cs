using FunctionTune.Studies;

namespace FunctionTune.Cli.Files;

/// <summary>Whether the files and programs that a study names are there.</summary>
internal static class NamedFiles
{
    /// <summary>What is missing.</summary>
    /// <param name="spec">The study; <see cref="StudySpec.BaseFolder"/> is set.</param>
    public static IEnumerable<Problem> Check(StudySpec spec)
    {
        string folder = spec.BaseFolder!;
        foreach ((string name, DataReference data) in spec.Data.Where(d => IsPath(d.Value.Uri)))
        {
            string path = Path.Combine(folder, data.Uri);
            if (!File.Exists(path))
            {
                yield return new Problem(JsonPath.Key("$.data", name), "the data must exist", $"'{data.Uri}', no file {path}");
            }
        }

        foreach (Problem problem in spec.Trial is TrialSpec.Process process ? Check(process, folder) : [])
        {
            yield return problem;
        }
    }

    private static IEnumerable<Problem> Check(TrialSpec.Process process, string folder)
    {
        if (process.Project is { } project && !ProjectExists(Path.Combine(folder, project)))
        {
            string found = $"'{project}', no project at {Path.Combine(folder, project)}";
            yield return new Problem("$.trial.process.project", "the trial's project must exist", found);
        }

        if (!process.Command.IsEmpty && FindProgram(process.Command[0], folder) is null)
        {
            const string Hint = "Give a name that is on the PATH, or a path from the study file's folder.";
            yield return new Problem("$.trial.process.command[0]", "the trial's program must exist", $"'{process.Command[0]}'", Hint);
        }
    }

    private static bool ProjectExists(string path) =>
        File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFiles(path, "*.*proj").Any());

    private static string? FindProgram(string program, string folder)
    {
        if (program.Contains("{trial}", StringComparison.Ordinal))
        {
            return program; // exists once the trial was built
        }

        bool hasFolder = program.Contains('/', StringComparison.Ordinal) || program.Contains('\\', StringComparison.Ordinal);
        string[] folders = hasFolder
            ? [folder]
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string[] endings = OperatingSystem.IsWindows() ? ["", ".exe", ".cmd", ".bat"] : [""];
        return folders
            .SelectMany(f => endings.Select(ending => Path.Combine(f, program + ending)))
            .FirstOrDefault(File.Exists);
    }

    private static bool IsPath(string uri) => !uri.Contains("://", StringComparison.Ordinal);
}
