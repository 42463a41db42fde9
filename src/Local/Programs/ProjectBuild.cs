using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using FunctionTune.History;
using FunctionTune.Local.Stores;

namespace FunctionTune.Local.Programs;

/// <summary>
/// Builds a project into a folder of the store, once for each state of its files: a study that runs an older build is not
/// disturbed by a newer one. Processes that want the same build wait for one another.
/// </summary>
/// <param name="store">The store's folder.</param>
/// <param name="project">The project file, a full path.</param>
internal sealed class ProjectBuild(string store, string project)
{
    private const string Done = ".built";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>What an outer <c>dotnet run</c> or build leaves in the environment, and would confuse an inner one.</summary>
    private static readonly string[] OfOuterBuild =
    [
        "MSBUILD_EXE_PATH",
        "MSBuildSDKsPath",
        "MSBuildExtensionsPath",
        "MSBuildLoadMicrosoftTargetsReadOnly",
    ];

    private readonly string _store = Path.GetFullPath(store);

    /// <summary>Builds, unless that was done.</summary>
    /// <returns>The folder of the program.</returns>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        string path = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(project)))[..12];
        string home = Path.Join(_store, "programs", $"{Path.GetFileNameWithoutExtension(project)}-{path}");
        string folder = Path.Join(home, ProjectInputs.Fingerprint(project, _store));
        if (File.Exists(Path.Join(folder, Done)))
        {
            return folder;
        }

        try
        {
            Directory.CreateDirectory(home);
            FileStream held = await ExclusiveFile
                .OpenAsync(Path.Join(home, "build.lock"), Patience, cancellationToken)
                .ConfigureAwait(false);
            await using (held.ConfigureAwait(false))
            {
                if (!File.Exists(Path.Join(folder, Done)))
                {
                    await BuildAsync(folder, cancellationToken).ConfigureAwait(false);
                    WholeFile.Write(Path.Join(folder, Done), []);
                }

                return folder;
            }
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            throw FileFault.Of("The trial's project could not be built", home, fault);
        }
    }

    private async Task BuildAsync(string folder, CancellationToken cancellationToken)
    {
        using Process build = Start(folder);
        Task<string> output = build.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> errors = build.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await build.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            build.Kill(entireProcessTree: true);
            throw;
        }

        string said = await output.ConfigureAwait(false) + await errors.ConfigureAwait(false);
        if (build.ExitCode != 0)
        {
            throw Refusal(said);
        }
    }

    private Process Start(string folder)
    {
        string[] arguments =
        [
            "build",
            project,
            "-c",
            "Release",
            "-o",
            folder,
            "--nologo",
            "-v",
            "quiet",
            "-nodeReuse:false",
            "-p:UseSharedCompilation=false",
            "-p:RunAnalyzers=false",
        ];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(project),
        };
        Array.ForEach(OfOuterBuild, name => start.Environment.Remove(name));
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception fault)
        {
            throw new FunctionTuneException(
                $"The trial's project '{project}' could not be built: {fault.Message}",
                "Install the .NET SDK, or name a program that is built already in trial.process.command.",
                fault
            );
        }
    }

    /// <summary>The errors of a build, each as a problem of its own; what a build says twice is told once.</summary>
    private FunctionTuneException Refusal(string said)
    {
        ImmutableArray<Problem> problems =
        [
            .. said.Split('\n')
                .Where(line => line.Contains("error ", StringComparison.Ordinal))
                .Distinct(StringComparer.Ordinal)
                .Select(ProblemOf)
                .Take(100),
        ];
        return problems.IsEmpty
            ? new FunctionTuneException(
                $"The trial's project '{project}' could not be built: {OutcomeText.Detail(said)}",
                $"Try 'dotnet build {project}'."
            )
            : new InvalidInputException(problems);
    }

    /// <summary>From <c>/x/Program.cs(3,5): error CS1002: ; expected [/x/x.csproj]</c>.</summary>
    private Problem ProblemOf(string line)
    {
        int place = line.IndexOf(": error ", StringComparison.Ordinal);
        int end = line.LastIndexOf(" [", StringComparison.Ordinal);
        string rule = line[Math.Max(0, place + 2)..(end > place ? end : line.Length)];
        return new Problem(
            place > 0 ? line[..place].Trim() : project,
            $"the trial's project must build: {OutcomeText.Line(rule)}"
        );
    }
}
