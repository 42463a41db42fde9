using System.Text.Json;
using FunctionTune.Json;

namespace FunctionTune.Engine.Tests.Json;

public sealed class FieldReadingTests
{
    private readonly List<Problem> _problems = [];

    [Fact]
    public void Shapes_are_read()
    {
        JsonFields fields = Fields("""{"t": "a", "l": ["a", "b"], "m": {"x": "", "y": "z"}, "o": [{"k": 1}]}""");

        Assert.Equal("a", fields.RequiredText("t", "a text", "b"));
        Assert.Equal(["a", "b"], fields.Texts("l", "texts"));
        Assert.Equal([new("x", ""), new("y", "z")], fields.TextMap("m", "a text"));
        Assert.Equal("{\"k\":1}", Assert.Single(fields.Objects("o", "any")).ToJsonString());
        Assert.Empty(_problems);
    }

    [Fact]
    public void What_is_absent_is_empty()
    {
        JsonFields fields = Fields("{}");

        Assert.Null(fields.FilledText("t", "a text"));
        Assert.Empty(fields.Texts("l", "texts"));
        Assert.Empty(fields.TextMap("m", "a text"));
        Assert.Empty(fields.Objects("o", "any"));
        Assert.Empty(_problems);
    }

    [Theory]
    [InlineData("""{"t": " "}""", "$.t")]
    [InlineData("""{"t": "a\u0000b"}""", "$.t")]
    [InlineData("""{"l": "a"}""", "$.l")]
    [InlineData("""{"l": ["a", ""]}""", "$.l")]
    [InlineData("""{"l": ["a", 1]}""", "$.l")]
    [InlineData("""{"m": []}""", "$.m")]
    [InlineData("""{"m": {"x": 1}}""", "$.m.x")]
    [InlineData("""{"o": [1]}""", "$.o")]
    public void What_has_another_shape_is_a_problem_at_its_place(string json, string path)
    {
        JsonFields fields = Fields(json);

        fields.FilledText("t", "a text");
        fields.Texts("l", "texts");
        fields.TextMap("m", "a text");
        fields.Objects("o", "any");

        Assert.Equal(path, Assert.Single(_problems).Path);
    }

    [Theory]
    [InlineData("""{"n": "f_1", "s": "4g", "o": "a", "c": {"spark.x": "1"}}""", "")]
    [InlineData("""{"n": "verlust_größe", "s": "512MB"}""", "")]
    [InlineData("""{"n": "f()"}""", "$.n")]
    [InlineData("""{"n": "1f"}""", "$.n")]
    [InlineData("""{"n": "f\n"}""", "$.n")]
    [InlineData("""{"s": "4 g"}""", "$.s")]
    [InlineData("""{"s": "-1"}""", "$.s")]
    [InlineData("""{"o": "c"}""", "$.o")]
    [InlineData("""{"c": {"x": "1"}}""", "$.c")]
    [InlineData("""{"c": {"spark.a b": "1"}}""", "$.c")]
    [InlineData("""{"c": {"spark.a=b": "1"}}""", "$.c")]
    public void Names_sizes_words_and_configurations_have_their_rules(string json, string path)
    {
        JsonFields fields = Fields(json);

        fields.PythonName("n");
        fields.MemorySize("s");
        fields.OneOf("o", "a", "b");
        fields.SparkConf("c");

        Assert.Equal(path, string.Concat(_problems.Select(problem => problem.Path)));
    }

    [Fact]
    public void A_text_that_must_be_there_is_asked_for() =>
        Assert.Contains("Write for example", Asked("{}").Hint, StringComparison.Ordinal);

    private Problem Asked(string json)
    {
        Fields(json).RequiredText("t", "a text", "b");
        return Assert.Single(_problems);
    }

    private JsonFields Fields(string json) => new(JsonElement.Parse(json), "$", _problems);
}
