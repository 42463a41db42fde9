using System.Collections.Immutable;
using FunctionTune.Studies;

namespace FunctionTune.Local.Programs;

/// <summary>The program of a study's trials, ready to be run.</summary>
/// <param name="Folder">The folder that <c>{trial}</c> in the command stands for.</param>
/// <param name="Spec">How to run it; its command is never empty.</param>
public sealed record TrialProgram(string Folder, TrialSpec.Process Spec)
{
    /// <summary>
    /// Gets the program ready: a .NET project is built, unless nothing has changed since it was built last. Without a
    /// project there is nothing to build, and <c>{trial}</c> is the study's folder.
    /// </summary>
    /// <param name="store">The store's folder; builds are kept in its <c>programs</c>.</param>
    /// <param name="spec">The project, the command, or both.</param>
    /// <param name="baseFolder">The study's folder, from which the project's path starts.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    /// <exception cref="InvalidInputException">There is no such project, or it does not build: each error of the compiler is a problem.</exception>
    /// <exception cref="FunctionTuneException">There is no .NET SDK, or the build broke for another cause.</exception>
    public static async Task<TrialProgram> PrepareAsync(
        string store,
        TrialSpec.Process spec,
        string baseFolder,
        CancellationToken cancellationToken
    )
    {
        if (spec.Project is null)
        {
            return new TrialProgram(Path.GetFullPath(baseFolder), spec);
        }

        string project = Path.GetFullPath(spec.Project, Path.GetFullPath(baseFolder));
        if (!File.Exists(project))
        {
            throw new InvalidInputException([
                new Problem("$.trial.project", "the trial's project must exist", $"'{project}'", "Correct the path."),
            ]);
        }

        string folder = await new ProjectBuild(store, project).RunAsync(cancellationToken).ConfigureAwait(false);
        ImmutableArray<string> command = spec.Command.IsDefaultOrEmpty
            ? ["dotnet", $"{{trial}}/{AssemblyIn(folder, project)}.dll"]
            : spec.Command;
        return new TrialProgram(folder, spec with { Command = command });
    }

    /// <summary>The name of the program that a build made.</summary>
    private static string AssemblyIn(string folder, string project)
    {
        const string ending = ".runtimeconfig.json";
        string[] names =
        [
            .. Directory.GetFiles(folder, "*" + ending).Select(file => Path.GetFileName(file)[..^ending.Length]),
        ];
        string own = Path.GetFileNameWithoutExtension(project);
        return names.Length == 1 ? names[0]
            : names.Contains(own, StringComparer.Ordinal) ? own
            : throw new InvalidInputException([
                new Problem(
                    "$.trial.project",
                    "the trial's project must build one program",
                    names.Length == 0 ? $"a library ('{project}')" : string.Join(", ", names),
                    "Set its OutputType to Exe, or write the command, such as [\"dotnet\", \"{trial}/Name.dll\"]."
                ),
            ]);
    }
}
