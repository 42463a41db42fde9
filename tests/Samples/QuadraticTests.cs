using System.Globalization;
using FunctionTune.Testing.Processes;

namespace FunctionTune.Samples.Tests;

public sealed class QuadraticTests
{
    [Fact]
    public async Task Both_searches_come_near_the_lowest_point()
    {
        string[] command = ["dotnet", Sample.Path("Quadratic.dll")];
        ProgramEnd end = await ChildProgram.RunAsync(
            command,
            Path.GetTempPath(),
            null,
            TestContext.Current.CancellationToken
        );
        string[] lines = end.Output.Split('\n');

        Assert.Equal((0, ""), (end.ExitCode, end.Error));
        Assert.InRange(Loss(lines[0], "(x - 3)^2 + 1: "), 1, 1.1);
        Assert.InRange(Loss(lines[1], "a choice of shapes: "), -1, -0.9);
        Assert.Contains("\"kind\":\"wave\"", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("floor", lines[1], StringComparison.Ordinal);
    }

    private static double Loss(string line, string start)
    {
        Assert.StartsWith(start, line, StringComparison.Ordinal);
        return double.Parse(line[start.Length..].Split(' ')[0], CultureInfo.InvariantCulture);
    }
}
