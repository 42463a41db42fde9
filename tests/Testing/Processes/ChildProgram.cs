using System.Diagnostics;

namespace FunctionTune.Testing.Processes;

/// <summary>Real programs, run to their end.</summary>
public static class ChildProgram
{
    /// <summary>Whether there is a <c>python3</c> on the PATH.</summary>
    public static bool HasPython => IsOnPath("python3");

    /// <summary>Whether there is a program of that name on the PATH.</summary>
    public static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Join(folder, program)));

    /// <summary>Runs a program with an argument list and returns when it has ended; it is killed when the test is.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="folder">The working directory.</param>
    /// <param name="environment">Variables besides those of the test.</param>
    /// <param name="cancellationToken">Kills the program and what it started.</param>
    public static async Task<ProgramEnd> RunAsync(
        IReadOnlyList<string> command,
        string folder,
        IReadOnlyDictionary<string, string>? environment,
        CancellationToken cancellationToken
    )
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>
    /// The first Python on this machine that can import <paramref name="modules"/>; null when there is none, which a test
    /// answers by <c>Assert.Skip</c>.
    /// </summary>
    /// <param name="modules">Modules that must be there.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    public static async Task<string?> FindPythonAsync(string[] modules, CancellationToken cancellationToken)
    {
        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        {
            string python = Path.Combine(folder, "python3");
            if (File.Exists(python))
            {
                string[] command = [python, "-c", string.Concat(modules.Select(module => $"import {module};"))];
                ProgramEnd end = await RunAsync(command, Path.GetTempPath(), null, cancellationToken);
                if (end.ExitCode == 0)
                {
                    return python;
                }
            }
        }

        return null;
    }
}
