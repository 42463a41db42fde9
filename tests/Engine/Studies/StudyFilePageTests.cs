using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FunctionTune.Studies;
using FunctionTune.Testing;

namespace FunctionTune.Engine.Tests.Studies;

/// <summary>The examples of docs/study-file.md are right, and the page names every key.</summary>
public sealed partial class StudyFilePageTests
{
    private const string Rest = """
        { "space": { "x": { "uniform": [0, 1] } }, "maxEvals": 1, "trial": { "process": { "command": ["true"] } } }
        """;

    private static readonly string s_page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "study-file.md"));

    private static readonly string s_schema = Path.Combine(AppContext.BaseDirectory, "study.schema.json");

    public static TheoryData<string> Examples =>
        [.. Example().Matches(s_page).Select(match => match.Groups["json"].Value)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_is_a_study_file_or_a_part_of_one(string example)
    {
        JsonNode file = JsonNode.Parse(example.StartsWith('{') ? example : $"{{{example}}}")!;
        foreach ((string name, JsonNode? value) in JsonNode.Parse(Rest)!.AsObject())
        {
            file[name] ??= value?.DeepClone();
        }

        JsonElement study = JsonSerializer.SerializeToElement(file);

        Assert.Empty(StudySpecJson.Read(study).Problems);
        Assert.True(JsonSchema.Load(s_schema).IsValid(study));
    }

    [Fact]
    public void Every_key_of_the_schema_has_its_row()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(s_schema));

        Assert.All(
            schema.RootElement.GetProperty("properties").EnumerateObject(),
            key => Assert.Contains($"| `{key.Name}` |", s_page, StringComparison.Ordinal)
        );
    }

    [GeneratedRegex("```json\n(?<json>.*?)\n```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Example();
}
