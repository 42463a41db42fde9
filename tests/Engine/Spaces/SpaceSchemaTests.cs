using System.Text.Json;
using FunctionTune.Spaces;
using FunctionTune.Testing;

namespace FunctionTune.Engine.Tests.Spaces;

public sealed class SpaceSchemaTests
{
    private static readonly JsonSchema Schema = JsonSchema.Load(
        Path.Combine(AppContext.BaseDirectory, "space.schema.json")
    );

    public static TheoryData<string> Good => [.. SpaceCorpus.Good];

    public static TheoryData<string> BadForm => [.. SpaceCorpus.BadForm];

    public static TheoryData<string> BadMeaning => [.. SpaceCorpus.BadMeaning];

    [Theory]
    [MemberData(nameof(Good))]
    public void Good_spaces_pass_the_schema_and_the_reader(string json) =>
        Assert.Equal((true, true), (IsValid(json), IsRead(json)));

    [Theory]
    [MemberData(nameof(BadForm))]
    public void Spaces_of_a_wrong_form_are_refused_by_both(string json) =>
        Assert.Equal((false, false), (IsValid(json), IsRead(json)));

    [Theory]
    [MemberData(nameof(BadMeaning))]
    public void What_a_schema_cannot_say_is_refused_by_the_reader(string json) =>
        Assert.Equal((true, false), (IsValid(json), IsRead(json)));

    [Fact]
    public void The_examples_in_the_schema_are_good_spaces()
    {
        using var document = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "space.schema.json"))
        );

        Assert.All(
            document.RootElement.GetProperty("examples").EnumerateArray(),
            example => Assert.Equal((true, true), (IsValid(example.GetRawText()), IsRead(example.GetRawText())))
        );
    }

    private static bool IsValid(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Schema.IsValid(document.RootElement);
    }

    private static bool IsRead(string json)
    {
        using var document = JsonDocument.Parse(json);
        var problems = new List<Problem>();
        bool isRead = SpaceJson.Read(document.RootElement, "$.space", problems) is not null;
        Assert.Equal(isRead, problems.Count == 0);
        return isRead;
    }
}
