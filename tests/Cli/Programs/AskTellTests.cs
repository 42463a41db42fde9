using System.Text.Json;
using FunctionTune.Testing.Processes;

namespace FunctionTune.Cli.Tests.Programs;

public sealed class AskTellTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Each_line_is_answered_before_the_next_one_is_sent()
    {
        using RunningTool session = _tool.Start("ask-tell");
        await session.WriteAsync("""{"space":{"x":{"uniform":[-10,10]}},"algo":"tpe","seed":0}""");
        await session.WriteAsync("");
        for (int i = 0; i < 30; i++)
        {
            await session.WriteAsync("""{"ask":1}""");
            JsonElement trial = JsonElement.Parse((await session.ReadAsync())!).GetProperty("trials")[0];
            Assert.Equal(i, trial.GetProperty("trial").GetInt32());
            double x = trial.GetProperty("params").GetProperty("x").GetDouble();
            await session.WriteAsync(JsonSerializer.Serialize(new { tell = new { trial = i, loss = x * x } }));
            Assert.Equal("""{"ok":true}""", await session.ReadAsync());
        }

        ProgramEnd end = await session.EndAsync();
        Assert.Equal((0, "", ""), (end.ExitCode, end.Output, end.Error));
        Assert.False(Directory.Exists(_tool.Store));
    }
}
