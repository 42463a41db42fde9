using FunctionTune.Testing.Processes;

namespace FunctionTune.TrialClient.Tests.Python;

/// <summary>Python programs beside a copy of the client.</summary>
internal static class PythonProgram
{
    private static readonly string s_module = Path.Combine(AppContext.BaseDirectory, "functiontune.py");

    /// <summary>Runs a program as a host starts a process.</summary>
    public static Task<ProgramEnd> RunAsync(TrialFolder folder, string program) =>
        RunAsync(folder.Folder, program, [], new() { ["FUNCTIONTUNE_TRIAL"] = folder.TrialPath });

    /// <summary>Runs <c>program.py</c> with arguments and variables.</summary>
    public static async Task<ProgramEnd> RunAsync(
        string folder,
        string program,
        string[] arguments,
        Dictionary<string, string> environment
    )
    {
        string file = Path.Combine(folder, "program.py");
        await File.WriteAllTextAsync(file, $"import functiontune\n{program}\n", TestContext.Current.CancellationToken);
        return await StartAsync(folder, [file, .. arguments], environment);
    }

    /// <summary>Starts the client as the launcher.</summary>
    public static Task<ProgramEnd> LaunchAsync(string folder, params string[] arguments) =>
        StartAsync(folder, [Path.Combine(folder, "functiontune.py"), .. arguments], []);

    private static async Task<ProgramEnd> StartAsync(
        string folder,
        string[] command,
        Dictionary<string, string> environment
    )
    {
        string? python = await ChildProgram.FindPythonAsync([], TestContext.Current.CancellationToken);
        Assert.SkipWhen(python is null, "There is no python3 on the PATH.");
        File.Copy(s_module, Path.Combine(folder, "functiontune.py"), overwrite: true);
        environment.TryAdd("FUNCTIONTUNE_CACHE", Path.Combine(folder, "cache"));
        return await ChildProgram.RunAsync(
            [python, .. command],
            folder,
            environment,
            TestContext.Current.CancellationToken
        );
    }
}
