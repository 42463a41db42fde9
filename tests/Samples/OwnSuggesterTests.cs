using System.Text.Json;
using FunctionTune.Testing;
using FunctionTune.Testing.Processes;

namespace FunctionTune.Samples.Tests;

/// <summary>The command with an algorithm more.</summary>
public sealed class OwnSuggesterTests : IDisposable
{
    private const string LossIsA =
        """["sh", "-c", "sed -n 's/.*\"a\": *\\([0-9]*\\).*/\\1/p' \"$FUNCTIONTUNE_TRIAL\""]""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_tries_each_point_of_a_small_space_once_and_then_the_study_is_over()
    {
        _folder.Write("study.json", Study("coordinate"));

        JsonElement study = await JsonAsync(0, "CoordinateSearch.dll", "run", "study.json", "--json");
        JsonElement replay = await JsonAsync(0, "CoordinateSearch.dll", "replay", "small", "--json");
        ProgramEnd why = await RunAsync("CoordinateSearch.dll", "replay", "small", "--trial", "9", "--why");

        Assert.Equal("spaceExhausted", study.GetProperty("stopReason").GetString());
        Assert.Equal(12, study.GetProperty("counts").GetProperty("succeeded").GetInt32());
        Assert.Equal(0, study.GetProperty("best").Number("loss"));
        Assert.True(replay.GetProperty("equal").GetBoolean());
        Assert.Equal(12, replay.GetProperty("trials").GetInt32());
        Assert.Contains("suggested by coordinate", why.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_options_are_checked_like_those_of_every_other()
    {
        _folder.Write("study.json", Study("""{ "coordinate": { "startup": 0, "startop": 3 } }"""));

        ProgramEnd end = await RunAsync("CoordinateSearch.dll", "validate", "study.json");

        Assert.Equal(2, end.ExitCode);
        Assert.Contains("$.algo.coordinate.startup", end.Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'startup'?", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_plain_command_names_those_it_knows()
    {
        _folder.Write("study.json", Study("coordinate"));

        ProgramEnd end = await RunAsync("functiontune.dll", "validate", "study.json");

        Assert.Equal(2, end.ExitCode);
        Assert.Contains("Known are anneal, ", end.Error, StringComparison.Ordinal);
    }

    private static string Study(string algo) =>
        $$"""
            { "name": "small", "space": { "a": { "randint": [4] }, "b": { "uniformint": [0, 2] } }, "maxEvals": 100, "parallelism": 2,
              "algo": {{(
                algo.StartsWith('{') ? algo : $"\"{algo}\""
            )}}, "trial": { "process": { "command": {{LossIsA}} } } }
            """;

    private async Task<JsonElement> JsonAsync(int exitCode, string program, params string[] arguments)
    {
        ProgramEnd end = await RunAsync(program, arguments);
        Assert.True(exitCode == end.ExitCode, end.Output + end.Error);
        return JsonElement.Parse(end.Output);
    }

    private Task<ProgramEnd> RunAsync(string program, params string[] arguments) =>
        ChildProgram.RunAsync(
            ["dotnet", Sample.Path(program), .. arguments],
            _folder.Path,
            null,
            TestContext.Current.CancellationToken
        );
}
