using System.Text.Json;
using FunctionTune.Studies;
using FunctionTune.Testing;

namespace FunctionTune.Engine.Tests.Studies;

/// <summary>The published schema and the reader agree on what a study file is.</summary>
public sealed class StudySchemaTests
{
    private static readonly JsonSchema s_schema = JsonSchema.Load(
        Path.Combine(AppContext.BaseDirectory, "study.schema.json")
    );

    public static TheoryData<string> Good => [.. StudyCorpus.Good];

    public static TheoryData<string, string> BadForm => Pairs(StudyCorpus.BadForm);

    public static TheoryData<string, string> BadMeaning => Pairs(StudyCorpus.BadMeaning);

    [Theory]
    [MemberData(nameof(Good))]
    public void A_right_file_is_right_for_both(string file)
    {
        Assert.True(s_schema.IsValid(Json(file)));
        Assert.Empty(StudySpecJson.Read(Json(file)).Problems);
    }

    [Theory]
    [MemberData(nameof(BadForm))]
    public void A_wrong_form_is_refused_by_both_and_the_reader_says_where(string file, string path)
    {
        Assert.False(s_schema.IsValid(Json(file)));
        Assert.Contains(StudySpecJson.Read(Json(file)).Problems, p => Names(p, path));
    }

    [Theory]
    [MemberData(nameof(BadMeaning))]
    public void A_wrong_meaning_is_refused_by_the_reader_with_its_place(string file, string path) =>
        Assert.Contains(
            StudySpecJson.Read(Json(file)).Problems,
            p => Names(p, path) && !p.ToString().Contains("s3cret", StringComparison.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Good))]
    public void What_is_written_is_read_as_the_same_study(string file)
    {
        StudySpec spec = StudySpecJson.Read(Json(file)).Required();

        string written = StudySpecJson.Write(spec).ToJsonString();
        StudySpec again = StudySpecJson.Read(Json(written)).Required();

        Assert.Equal(written, StudySpecJson.Write(again).ToJsonString());
        Assert.Equal(spec.Limits, again.Limits);
        Assert.Equal(spec.PointsToEvaluate, again.PointsToEvaluate);
    }

    [Fact]
    public void Every_key_of_the_schema_is_described()
    {
        var undescribed = new List<string>();
        Describe(Json(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "study.schema.json"))), "$", undescribed);

        Assert.Empty(undescribed);
    }

    [Fact]
    public void Everything_that_is_wrong_is_listed_at_once_with_the_nearest_key()
    {
        StudySpecReading reading = StudySpecJson.Read(
            Json("""{"nam":"x","space":{"x":{"uniform":[1,0]}},"maxEvals":0,"trail":{}}""")
        );

        Assert.Equal(
            ["$.maxEvals", "$.nam", "$.space.x.uniform", "$.trail", "$.trial"],
            reading.Problems.Select(p => p.Path[..Math.Min(p.Path.Length, 17)]).Order(StringComparer.Ordinal)
        );
        Assert.Contains(reading.Problems, p => p.Hint.Contains("'name'", StringComparison.Ordinal));
        Assert.Contains(reading.Problems, p => p.Hint.Contains("'trial'", StringComparison.Ordinal));
    }

    private static void Describe(JsonElement schema, string path, List<string> undescribed)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            if (keyword.NameEquals("properties"))
            {
                undescribed.AddRange(
                    keyword
                        .Value.EnumerateObject()
                        .Where(p =>
                            !p.Value.TryGetProperty("description", out _) && !p.Value.TryGetProperty("$ref", out _)
                        )
                        .Select(p => $"{path}.{p.Name}")
                );
            }

            Describe(keyword.Value, $"{path}.{keyword.Name}", undescribed);
        }
    }

    private static bool Names(Problem problem, string path) => problem.Path.StartsWith(path, StringComparison.Ordinal);

    private static TheoryData<string, string> Pairs((string File, string Path)[] files)
    {
        var data = new TheoryData<string, string>();
        foreach ((string file, string path) in files)
        {
            data.Add(file, path);
        }

        return data;
    }

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);
}
