using System.Collections.Immutable;
using System.Diagnostics;
using FunctionTune.Studies;

namespace FunctionTune.Local.Processes;

/// <summary>What to run for a trial: a program that was found, and its arguments; never a shell.</summary>
/// <param name="Program">The program's full path.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Problem">Why it cannot be run, in one line; null when it can.</param>
internal sealed record TrialCommand(string Program, ImmutableArray<string> Arguments, string? Problem = null)
{
    /// <summary>Stands for the program's folder in a command.</summary>
    public const string Placeholder = "{trial}";

    private const UnixFileMode Executable =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>
    /// Gives a program a session of its own, so that the terminal's Ctrl-C reaches the host alone, and its descendants are
    /// known by their session. Null where there is no such tool.
    /// </summary>
    private static readonly string? NewSession = OperatingSystem.IsLinux()
        ? OnPath("setsid", Environment.GetEnvironmentVariable("PATH"))
        : null;

    /// <summary>Finds the program of a command.</summary>
    /// <param name="spec">The command.</param>
    /// <param name="folder">The folder for <see cref="Placeholder"/>, and for a program given by a relative path.</param>
    public static TrialCommand Resolve(TrialSpec.Process spec, string folder)
    {
        if (spec.Command.IsDefaultOrEmpty)
        {
            return new TrialCommand("", [], "a command must name a program, but it is empty");
        }

        ImmutableArray<string> parts =
        [
            .. spec.Command.Select(part => part.Replace(Placeholder, folder, StringComparison.Ordinal)),
        ];
        string name = parts[0];
        bool isPath = name.Contains('/', StringComparison.Ordinal) || name.Contains(Path.DirectorySeparatorChar);
        string? searched = spec.Environment.GetValueOrDefault("PATH") ?? Environment.GetEnvironmentVariable("PATH");
        string? program = isPath ? Path.GetFullPath(name, Path.GetFullPath(folder)) : OnPath(name, searched);
        return new TrialCommand(program ?? name, parts[1..], ProblemOf(name, program, searched));
    }

    /// <summary>How to start it.</summary>
    public ProcessStartInfo ToStart()
    {
        IEnumerable<string> arguments = NewSession is null ? Arguments : [Program, .. Arguments];
        return new ProcessStartInfo(NewSession ?? Program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    /// <summary>What the tool that makes sessions says when the program cannot be run; null when it did not say so.</summary>
    public static string? CouldNotRun(int exitCode, string output) =>
        NewSession is not null && exitCode is 126 or 127 && output.StartsWith("setsid: ", StringComparison.Ordinal)
            ? output["setsid: ".Length..].Trim()
            : null;

    private static string? ProblemOf(string name, string? program, string? searched)
    {
        if (program is null)
        {
            return $"the command '{name}' was not found on PATH ({searched}): install it, or write its full path, or "
                + $"{Placeholder}/{name} for a program in the study's folder";
        }

        if (!File.Exists(program))
        {
            return $"the command '{name}' was not found: there is no file '{program}'";
        }

        return OperatingSystem.IsWindows() || (File.GetUnixFileMode(program) & Executable) != UnixFileMode.None
            ? null
            : $"the command '{name}' is not executable: run 'chmod +x {program}', or name the program that runs it first";
    }

    /// <summary>The first program of a name in the folders of a search path; null when there is none.</summary>
    public static string? OnPath(string name, string? path)
    {
        string[] endings = OperatingSystem.IsWindows() ? ["", ".exe", ".cmd", ".bat"] : [""];
        return (path ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => endings.Select(ending => Path.Join(folder, name + ending)))
            .FirstOrDefault(File.Exists);
    }
}
