using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Studies;

namespace FunctionTune.Golden.Tests.Studies;

/// <summary>Logs are kept for ever: one that was written in format 1, with every sort of event, must load as it always did.</summary>
public sealed class FormatOneTests
{
    private static readonly string[] s_lines = Text("study-format-1.jsonl")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public void An_old_log_folds_to_the_recorded_state()
    {
        var record = StudyRecord.From(Events());
        JsonNode actual = JsonSerializer.SerializeToNode(
            new
            {
                record.State,
                record.Completed,
                Trials = record.Trials.Select(trial => new
                {
                    trial.Number,
                    Point = record.Spec.Space.ToLabels(trial.Point),
                    Params = record.Spec.Space.Evaluate(trial.Point),
                    trial.Source,
                    trial.State,
                    trial.Attempts,
                    trial.Loss,
                    trial.Values,
                    trial.SuggestedAt,
                    trial.StartedAt,
                    trial.EndedAt,
                }),
            },
            StudyJson.Options
        )!;
        var expected = JsonNode.Parse(Text("study-format-1.state.json"));

        Assert.True(JsonNode.DeepEquals(expected, actual), $"The fold is now:\n{actual.ToJsonString()}");
    }

    [Fact]
    public void Every_sort_of_event_is_in_it() =>
        Assert.Equal(
            typeof(StudyEvent).GetNestedTypes().Select(type => type.Name).Order(StringComparer.Ordinal),
            Events().Select(fact => fact.GetType().Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Writing_it_again_gives_the_same_lines()
    {
        IEnumerable<string> written = Events().Select(fact => Encoding.UTF8.GetString(StudyJson.Write(fact)));

        Assert.All(
            s_lines.Zip(written),
            pair =>
                Assert.True(
                    JsonNode.DeepEquals(JsonNode.Parse(pair.First), JsonNode.Parse(pair.Second)),
                    $"Recorded: {pair.First}\nWritten:  {pair.Second}"
                )
        );
    }

    [Fact]
    public void What_a_later_version_adds_to_an_event_does_not_disturb()
    {
        const string Line = """{"type":"paused","at":"2026-01-02T03:14:15+00:00","by":"somebody"}""";

        Assert.IsType<StudyEvent.Paused>(StudyJson.Read(Encoding.UTF8.GetBytes(Line)));
    }

    [Fact]
    public void A_later_format_is_refused_by_its_number()
    {
        string line = s_lines[0].Replace("\"format\":1", "\"format\":2", StringComparison.Ordinal);

        var refusal = Assert.Throws<JsonException>(() => StudyJson.Read(Encoding.UTF8.GetBytes(line)));
        Assert.Contains("format 2", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"unheard","at":"2026-01-02T03:14:15+00:00"}""")]
    [InlineData("""{"at":"2026-01-02T03:14:15+00:00"}""")]
    [InlineData("""{"type":"paused"}""")]
    [InlineData("""{"type":"ended","at":"2026-01-02T03:14:15+00:00","reason":"whim"}""")]
    [InlineData("null")]
    [InlineData("{")]
    public void A_line_that_is_no_event_is_refused(string line) =>
        Assert.Throws<JsonException>(() => StudyJson.Read(Encoding.UTF8.GetBytes(line)));

    private static IEnumerable<StudyEvent> Events() =>
        s_lines.Select(line => StudyJson.Read(Encoding.UTF8.GetBytes(line)));

    private static string Text(string name)
    {
        using Stream stream = typeof(FormatOneTests).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
