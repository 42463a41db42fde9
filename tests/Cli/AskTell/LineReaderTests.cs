using System.Text;
using FunctionTune.Cli.AskTell;

namespace FunctionTune.Cli.Tests.AskTell;

public sealed class LineReaderTests
{
    [Fact]
    public async Task Lines_come_as_they_are_also_the_last_one_without_a_break()
    {
        Assert.Equal(["one", "", "two\r", "three"], await LinesAsync("one\n\ntwo\r\nthree"));
        Assert.Empty(await LinesAsync(""));
    }

    [Fact]
    public async Task A_line_may_be_longer_than_the_buffer()
    {
        string longLine = new('x', 100_000);

        Assert.Equal([longLine, "short"], await LinesAsync($"{longLine}\nshort\n"));
    }

    [Fact]
    public async Task Of_a_line_that_is_too_long_only_the_fact_is_kept()
    {
        var reader = new LineReader(Input(new string('x', 3 * LineReader.MostBytes) + "\nnext\n"));
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;

        Assert.True((await reader.ReadAsync(cancellationToken))!.Value.IsTooLong);
        LineReader.Line next = (await reader.ReadAsync(cancellationToken))!.Value;
        Assert.Equal(("next", false), (Encoding.UTF8.GetString(next.Bytes.Span), next.IsTooLong));
        Assert.Null(await reader.ReadAsync(cancellationToken));
    }

    private static MemoryStream Input(string text) => new(Encoding.UTF8.GetBytes(text));

    private static async Task<List<string>> LinesAsync(string text)
    {
        var reader = new LineReader(Input(text));
        List<string> lines = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add(Encoding.UTF8.GetString(line.Bytes.Span));
        }

        return lines;
    }
}
