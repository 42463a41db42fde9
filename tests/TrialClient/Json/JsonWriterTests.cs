using FunctionTune.TrialClient.Json;

namespace FunctionTune.TrialClient.Tests.Json;

public sealed class JsonWriterTests
{
    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(1e-300, "1E-300")]
    [InlineData(double.NaN, "\"NaN\"")]
    [InlineData(double.PositiveInfinity, "\"Infinity\"")]
    [InlineData(double.NegativeInfinity, "\"-Infinity\"")]
    [InlineData(0.1f, "0.1")]
    [InlineData(7, "7")]
    [InlineData("é 🎉", "\"é 🎉\"")]
    public void Each_value_has_one_form(object value, string text) => Assert.Equal(text, JsonWriter.Write(value));

    [Fact]
    public void What_a_string_may_not_hold_is_escaped()
    {
        string text = "tab\t, \"quote\", half a pair " + '\ud83c';

        Assert.Equal("\"tab\\u0009, \\\"quote\\\", half a pair \\ud83c\"", JsonWriter.Write(text));
    }

    [Fact]
    public void Lists_and_dictionaries_nest()
    {
        var value = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["confusion"] = new[] { new[] { 1, 2 }, [] },
            ["metrics"] = new SortedDictionary<string, double>(StringComparer.Ordinal) { ["auc"] = 0.5 },
            ["pairs"] = new[] { KeyValuePair.Create("f1", double.NaN) },
            ["by depth"] = new Dictionary<int, string> { [3] = "x" },
        };

        Assert.Equal(
            """{"confusion":[[1,2],[]],"metrics":{"auc":0.5},"pairs":{"f1":"NaN"},"by depth":{"3":"x"}}""",
            JsonWriter.Write(value)
        );
    }

    [Fact]
    public void A_value_without_a_form_is_refused_by_its_type()
    {
        var thrown = Assert.Throws<ArgumentException>(() => JsonWriter.Write(new Version(1, 0)));

        Assert.Contains("but got a System.Version", thrown.Message, StringComparison.Ordinal);
    }
}
