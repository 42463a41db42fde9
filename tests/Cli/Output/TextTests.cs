using FunctionTune.Cli.Commands;
using FunctionTune.Cli.Output;
using FunctionTune.Cli.Progress;

namespace FunctionTune.Cli.Tests.Output;

public sealed class TextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(54.3123, "54.31")]
    [InlineData(-0.000123456, "-0.0001235")]
    [InlineData(1.5e-9, "1.5e-09")]
    [InlineData(123456.78, "123456.8")]
    [InlineData(1e300, "1e+300")]
    [InlineData(20000000, "20000000")]
    public void Numbers_are_short(double value, string text) => Assert.Equal(text, NumberText.Short(value));

    [Theory]
    [InlineData(0.42, "0.4 s")]
    [InlineData(59.9, "59 s")]
    [InlineData(185, "3:05")]
    [InlineData(3723, "1:02:03")]
    [InlineData(190000, "2 d 4 h")]
    public void Durations_are_short(double seconds, string text) =>
        Assert.Equal(text, NumberText.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData("90", 90)]
    [InlineData("90s", 90)]
    [InlineData("1.5m", 90)]
    [InlineData("2h", 7200)]
    [InlineData("00:01:30", 90)]
    [InlineData("1d", 86400)]
    [InlineData("0", null)]
    [InlineData("-5", null)]
    [InlineData("1e999", null)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    public void Times_are_read_as_people_type_them(string text, int? seconds) =>
        Assert.Equal(seconds, (int?)TimeText.Parse(text)?.TotalSeconds);

    [Fact]
    public void A_curve_keeps_its_ends_and_its_width()
    {
        Assert.Equal("█▅▄▁", Sparkline.Of([9, 6, 4, 1], 40));
        Assert.Equal(10, Sparkline.Of([.. Enumerable.Range(0, 1000).Select(i => 1000.0 - i)], 10).Length);
        Assert.Equal("▁▁", Sparkline.Of([3, 3], 10));
    }

    [Fact]
    public void A_line_holds_nothing_that_a_terminal_would_obey() =>
        Assert.Equal("red [31m alert ", TextLine.Clean("red\e[31m alert\n"));
}
