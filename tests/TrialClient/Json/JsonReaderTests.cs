using System.Text.Json;
using FunctionTune.TrialClient.Json;

namespace FunctionTune.TrialClient.Tests.Json;

public sealed class JsonReaderTests
{
    [Theory]
    [InlineData("""{"a":[1,-2.5,1e-3,0,-0.0,12345678901234567],"b":{"c":null,"d":[true,false],"e":{}},"":[]}""")]
    [InlineData(""" [ "\u00e9\n\t\"\\\/" , "日本語 🎉" ] """)]
    [InlineData("\"\"")]
    [InlineData("3.141592653589793")]
    public void It_reads_what_another_reader_reads(string text)
    {
        string again = JsonWriter.Write(JsonReader.Read(text));

        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(text), JsonElement.Parse(again)), again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1,]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{a:1}")]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData("+1")]
    [InlineData(".5")]
    [InlineData("NaN")]
    [InlineData("nul")]
    [InlineData("\"a")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12\"")]
    [InlineData("\"a\nb\"")]
    [InlineData("1 2")]
    [InlineData("{\"a\":1,\"a\":2}")]
    public void It_refuses_what_is_no_json(string text) => Assert.Throws<FormatException>(() => JsonReader.Read(text));

    [Fact]
    public void It_refuses_nesting_that_would_exhaust_the_stack()
    {
        var thrown = Assert.Throws<FormatException>(() => JsonReader.Read(new string('[', 100_000)));

        Assert.Equal("expected at most 512 levels of nesting at character 513, found '['", thrown.Message);
    }

    [Theory]
    [InlineData("9007199254740993", 9007199254740993L)]
    [InlineData("-3", -3L)]
    [InlineData("3.0", 3L)]
    [InlineData("1e3", 1000L)]
    [InlineData("0.5", null)]
    [InlineData("1e30", null)]
    public void It_tells_integers_from_other_numbers(string text, long? integer) =>
        Assert.Equal(integer, Assert.IsType<JsonNumber>(JsonReader.Read(text)).ToInteger());
}
