using FunctionTune.Cli.Tests.Programs;
using FunctionTune.Testing.Processes;

namespace FunctionTune.Cli.Tests.Serving;

public sealed class ServedSchedulesTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Serve_begins_the_studies_of_its_schedules()
    {
        _tool.Study(Tool.LossIsX, "\"maxEvals\": 2", "studies/x");
        _tool.Folder.Write("nights/often.json", """{ "cron": "0 * * * * *", "file": "../studies/x.json" }""");
        _tool.Folder.Write("nights/broken.json", """{ "cron": "0 * * * *", "file": "../studies/x.json" }""");
        using RunningTool serve = _tool.Start("serve", "--port", "0", "--schedules", "nights");

        var lines = new List<string>();
        while (
            await serve.ReadAsync() is { } line && !line.Contains("began study sched-often-", StringComparison.Ordinal)
        )
        {
            lines.Add(line);
        }

        await serve.SignalAsync("INT");
        ProgramEnd end = await serve.EndAsync();

        Assert.True(end.ExitCode is 0 or 130, $"{end.ExitCode}: {string.Join('\n', lines)}\n{end.Error}");
        Assert.Contains(lines, line => line.Contains("Schedule often, due by '0 * * * * *'", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("Write '0 0 * * * *'", StringComparison.Ordinal));
        Assert.Single(Directory.GetFiles(_tool.Store, "request.json", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_folder_of_schedules_that_is_not_there_is_refused()
    {
        ProgramEnd end = await _tool.RunAsync("serve", "--port", "0", "--schedules", "nowhere");

        Assert.Equal((int)ExitCode.InvalidInput, end.ExitCode);
        Assert.Contains("the folder of the schedules must exist; got 'nowhere'", end.Error, StringComparison.Ordinal);
    }
}
