using System.Text;
using System.Text.Json;
using FunctionTune.History;
using FunctionTune.Studies;
using FunctionTune.Testing.Processes;
using FunctionTune.TrialClient;

namespace FunctionTune.Samples.Tests.Docs;

/// <summary>What docs/writing-trials.md shows is what works.</summary>
public sealed class WritingTrialsTests
{
    private const string Variable = "FUNCTIONTUNE_TRIAL";

    [Fact]
    public void The_csharp_of_the_page_is_the_csharp_that_is_compiled()
    {
        string[] compiled = Lines(File.ReadAllText(Sample.Path("docs/CSharpExamples.cs")));

        Assert.All(
            WritingTrialsPage.Code("csharp"),
            block =>
                Assert.Contains(
                    string.Join(
                        '\n',
                        Lines(block).Where(line => !line.StartsWith("using Fun", StringComparison.Ordinal))
                    ),
                    string.Join('\n', compiled),
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public void The_csharp_of_the_page_gives_results()
    {
        using var first = new TrialFolder("""{"x":1.5}""");
        using TrialFolder second = Sample.Trial(
            "diabetes.csv",
            """{"alpha":0.5,"kernel":{"kind":"rbf","gamma":0.25},"layers":[{"units":8},{"units":4}]}"""
        );
        try
        {
            Environment.SetEnvironmentVariable(Variable, first.TrialPath);
            Assert.Equal(0, CSharpExamples.Run());
            Environment.SetEnvironmentVariable(Variable, second.TrialPath);
            CSharpExamples.Open();
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }

        Assert.Equal(2.25, first.Result.Number("loss"));
        Assert.Equal(2.75, second.Result.Number("loss"));
        Assert.Equal("rbf", second.Result.GetProperty("kernel").GetString());
        Assert.Single(second.Progress);
    }

    [Fact]
    public async Task The_shell_line_prints_the_loss()
    {
        using var folder = new TrialFolder("""{"x":1.5}""");
        ProgramEnd end = await folder.RunAsync(
            ["sh", "-c", WritingTrialsPage.Code("sh")[0]],
            TestContext.Current.CancellationToken
        );

        TrialOutcome outcome = TrialResultReader.Read(end.Output);
        Assert.Equal(2.25, Assert.IsType<TrialOutcome.Succeeded>(outcome).Result.Loss);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task The_python_of_the_page_gives_results(int block)
    {
        using var folder = new TrialFolder("""{"x":1.5}""");
        string python = await WritePythonAsync(folder, block);
        ProgramEnd end = await folder.RunAsync([python, "objective.py"], TestContext.Current.CancellationToken);

        Assert.Equal(new ProgramEnd(0, "", ""), end);
        Assert.Equal(2.25, folder.Result.Number("loss"));
    }

    [Fact]
    public async Task Trying_a_trial_by_hand_prints_its_result()
    {
        using var folder = new TrialFolder("{}");
        string python = await WritePythonAsync(folder, 1);
        string line = WritingTrialsPage.Code("sh")[1].Replace("python3", $"'{python}'", StringComparison.Ordinal);
        ProgramEnd end = await folder.RunAsync(["sh", "-c", line], TestContext.Current.CancellationToken);

        Assert.Equal(2.25, JsonElement.Parse(end.Output).Number("loss"));
    }

    [Fact]
    public void The_parts_of_study_files_have_no_problems()
    {
        string[] parts = [.. WritingTrialsPage.Code("json").SelectMany(Lines).Where(IsStudyPart)];

        Assert.Equal(3, parts.Length);
        Assert.All(
            parts,
            part =>
            {
                string trial = part.StartsWith("\"trial\"", StringComparison.Ordinal)
                    ? ""
                    : ",\"trial\":{\"project\":\"a.csproj\"}";
                string study = $$"""{"space":{"x":{"uniform":[0,1]} },"maxEvals":1{{trial}},{{part}}}""";
                Assert.Empty(StudySpecJson.Read(JsonElement.Parse(study)).Problems);
            }
        );
    }

    [Fact]
    public void The_files_of_the_page_are_read()
    {
        string[] files = [.. WritingTrialsPage.Code("json").Where(block => block[0] == '{')];
        using var folder = new TrialFolder("{}");
        File.WriteAllText(folder.TrialPath, files[0]);

        Assert.Equal(0.013, Trial.Open(folder.TrialPath).Params.Double("kernel.gamma"));
        var read = Assert.IsType<TrialOutcome.Succeeded>(TrialResultReader.Read(files[1]));
        Assert.Equal((0.31, 0.002, 0.45), (read.Result.Loss, read.Result.LossVariance, read.Result.Metrics["r2"]));
        Assert.Equal(0.8, IntermediateValueReader.Read(Encoding.UTF8.GetBytes(files[2]))!.Values["accuracy"]);
    }

    [Fact]
    public void Each_kind_of_failure_is_on_the_page() =>
        Assert.All(
            Enum.GetNames<FailureKind>().Except([nameof(FailureKind.Exception)], StringComparer.Ordinal),
            kind =>
                Assert.Contains(
                    $"`{JsonNamingPolicy.CamelCase.ConvertName(kind)}`",
                    WritingTrialsPage.Text,
                    StringComparison.Ordinal
                )
        );

    private static async Task<string> WritePythonAsync(TrialFolder folder, int block)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        string? python = await ChildProgram.FindPythonAsync([], cancellationToken);
        Assert.SkipWhen(python is null, "There is no python3 on the PATH.");
        File.Copy(
            Sample.Path("src/TrialClient/python/functiontune.py"),
            Path.Combine(folder.Folder, "functiontune.py")
        );
        string program = Path.Combine(folder.Folder, "objective.py");
        await File.WriteAllTextAsync(program, WritingTrialsPage.Code("python")[block], cancellationToken);
        return python;
    }

    private static bool IsStudyPart(string line) =>
        line.StartsWith("\"trial\": {", StringComparison.Ordinal)
        || line.StartsWith("\"data\": { \"train\": \"", StringComparison.Ordinal);

    private static string[] Lines(string text) =>
        text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
