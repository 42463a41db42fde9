using System.Text.Json;
using FunctionTune.Testing;
using FunctionTune.Testing.Processes;

namespace FunctionTune.Cli.Tests.Programs;

/// <summary>The built command in a folder of its own.</summary>
internal sealed class Tool : IDisposable
{
    /// <summary>A trial whose loss is its x.</summary>
    public const string LossIsX =
        """["sh", "-c", "sed -n 's/.*\"x\": *\\([-0-9.eE+]*\\).*/\\1/p' \"$FUNCTIONTUNE_TRIAL\""]""";

    /// <summary>A trial that succeeds the first time and then takes a minute.</summary>
    public const string OneQuickThenSlow =
        """["sh", "-c", "if mkdir \"$HERE/first\" 2>/dev/null; then echo 1; else sleep 60; fi"]""";

    /// <summary>The folder.</summary>
    public TemporaryFolder Folder { get; } = new();

    /// <summary>The store's folder.</summary>
    public string Store => Folder[".functiontune"];

    /// <summary>The program, to be followed by arguments.</summary>
    public static IReadOnlyList<string> Command { get; } =
    ["dotnet", Path.Combine(AppContext.BaseDirectory, "functiontune.dll")];

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    /// <summary>Runs the command to its end.</summary>
    public Task<ProgramEnd> RunAsync(params string[] arguments) =>
        ChildProgram.RunAsync([.. Command, .. arguments], Folder.Path, null, Ending);

    /// <summary>Runs the command to its end, and reads its standard output as one JSON document.</summary>
    public async Task<JsonElement> JsonAsync(ExitCode expected, params string[] arguments)
    {
        ProgramEnd end = await RunAsync(arguments);
        Assert.True((int)expected == end.ExitCode, $"exit code {end.ExitCode}\n{end.Output}\n{end.Error}");
        return JsonElement.Parse(end.Output);
    }

    /// <summary>Starts the command and leaves it running.</summary>
    public RunningTool Start(params string[] arguments) => new([.. Command, .. arguments], Folder.Path);

    /// <summary>Writes a study file.</summary>
    /// <param name="command">The trial's command, as JSON.</param>
    /// <param name="more">Further members, as JSON.</param>
    /// <param name="name">The study's name, and the file's.</param>
    public string Study(string command, string more = "\"maxEvals\": 6", string name = "small")
    {
        string here = JsonSerializer.Serialize(Folder.Path);
        Folder.Write(
            $"{name}.json",
            $$$"""
            { "name": "{{{name}}}", "space": { "x": { "uniform": [1, 2] } }, "algo": "rand", {{{more}}},
              "trial": { "process": { "command": {{{command}}}, "environment": { "HERE": {{{here}}} } } } }
            """
        );
        return $"{name}.json";
    }

    public void Dispose() => Folder.Dispose();
}
