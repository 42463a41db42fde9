using FunctionTune.History;

namespace FunctionTune.Engine.Tests.History;

public sealed class OutcomeTextTests
{
    [Theory]
    [InlineData("reading\nTraceback:\n  File \"a.py\"\nValueError: no\n\n", "ValueError: no")]
    [InlineData("Error: no\n  at A.B()\n", "Error: no")]
    [InlineData("  only indented\n", "only indented")]
    [InlineData("ValueError: no\n26/05/19 10:00:00 INFO ShutdownHookManager: Shutdown hook called\n", "ValueError: no")]
    [InlineData("26/05/19 10:00:00 ERROR Client: no room\n", "26/05/19 10:00:00 ERROR Client: no room")]
    [InlineData("\n \n", "")]
    public void The_cause_is_the_last_line_that_is_no_trace_and_no_chatter(string output, string cause) =>
        Assert.Equal(cause, OutcomeText.Cause(output));

    [Fact]
    public void A_message_is_one_line_of_bounded_length()
    {
        Assert.Equal("a b [31mc", OutcomeText.Line(" a\r\n\tb \u001b[31mc\n"));
        Assert.Equal(1000, OutcomeText.Line(new string('x', 5000)).Length);
        Assert.Equal(new string('x', 1000), OutcomeText.Line(new string('x', 1000)));
        Assert.Equal("x…", OutcomeText.Line("x🦆🦆", 3));
    }

    [Fact]
    public void A_detail_is_the_end_of_a_text_of_bounded_length()
    {
        Assert.Null(OutcomeText.Detail(" \n"));
        Assert.Equal("a\n\tb", OutcomeText.Detail("a\r\n\tb\0\n"));
        string detail = OutcomeText.Detail(new string('x', 9000) + "end")!;
        Assert.Equal(8000, detail.Length);
        Assert.EndsWith("xend", detail, StringComparison.Ordinal);
    }
}
