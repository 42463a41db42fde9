using System.Diagnostics;

namespace FunctionTune.Infra.Tests;

/// <summary>Programs that tests start.</summary>
internal static class Programs
{
    /// <summary>Whether Node.js and the modules of <c>tests/package.json</c> are here.</summary>
    public static bool HaveNode { get; } =
        OnPath("node") && Directory.Exists(Repository.PathOf("tests", "node_modules", "tree-sitter-bicep"));

    /// <summary>Skips the test, with a message, where Node.js or the modules of <c>tests/package.json</c> are missing.</summary>
    public static void NeedNode() =>
        Assert.SkipUnless(
            HaveNode,
            "THE INFRASTRUCTURE WAS NOT CHECKED: Node.js or its modules are missing. Run 'npm --prefix tests ci --ignore-scripts'."
        );

    /// <summary>Skips the test, with a message, where there is no bash.</summary>
    public static void NeedBash() => Assert.SkipUnless(OnPath("bash"), "THE SCRIPTS WERE NOT RUN: there is no bash.");

    /// <summary>Whether a program is to be found.</summary>
    public static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => folder.Length > 0 && File.Exists(Path.Join(folder, program)));

    /// <summary>Runs a program to its end.</summary>
    public static async Task<Ended> RunAsync(
        string program,
        IEnumerable<string> arguments,
        CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string>? variables = null
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        foreach ((string name, string value) in variables ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return new Ended(process.ExitCode, await output, await errors);
    }
}
