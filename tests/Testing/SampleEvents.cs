using System.Collections.Immutable;
using System.Text.Json;
using FunctionTune.History;
using FunctionTune.Studies;

namespace FunctionTune.Testing;

/// <summary>Events of the kinds that logs are full of.</summary>
public static class SampleEvents
{
    /// <summary>The time of the first of them.</summary>
    public static readonly DateTimeOffset Begin = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    /// <summary>One event, different for each number.</summary>
    public static StudyEvent Of(int number)
    {
        DateTimeOffset at = Begin.AddSeconds(number);
        return (number % 4) switch
        {
            0 => new StudyEvent.Started(at, number, 1, JsonSerializer.SerializeToElement(new { pid = number })),
            1 => new StudyEvent.Reported(at, number, 1, 3, Values("loss", number / 8.0)),
            2 => new StudyEvent.Finished(at, number, 1, new TrialOutcome.Succeeded(new TrialResult(number / 8.0))),
            _ => new StudyEvent.Finished(at, number, 1, Failure($"ölf {number} \u2028 \"quoted\"\n🦆")),
        };
    }

    /// <summary>Events of the numbers <paramref name="from"/> and on.</summary>
    public static ImmutableArray<StudyEvent> Several(int from, int count) =>
        [.. Enumerable.Range(from, count).Select(Of)];

    /// <summary>Events as text, which compares by value.</summary>
    public static ImmutableArray<string> Texts(IEnumerable<StudyEvent> events) =>
        [.. events.Select(e => System.Text.Encoding.UTF8.GetString(StudyJson.Write(e)))];

    /// <summary>An event of about <paramref name="size"/> characters.</summary>
    public static StudyEvent Large(int size) =>
        new StudyEvent.Finished(
            Begin,
            0,
            1,
            new TrialOutcome.Failed(FailureKind.Exception, "large") { Detail = new string('x', size) }
        );

    private static TrialOutcome.Failed Failure(string message) => new(FailureKind.Exception, message);

    private static ImmutableSortedDictionary<string, double> Values(string name, double value) =>
        ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal).Add(name, value);
}
