using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using FunctionTune.Studies;

namespace FunctionTune.Hosting;

/// <summary>One answer of a suggester, as a log has it and as it comes out again.</summary>
/// <param name="Logged">The event of the log.</param>
/// <param name="Computed">The trials that come out.</param>
public sealed record ReplayedSuggestion(StudyEvent.Suggested Logged, ImmutableArray<SuggestedTrial> Computed)
{
    /// <summary>What is not equal to the last bit, by trial.</summary>
    public IEnumerable<ReplayDifference> Differences
    {
        get
        {
            var logged = Logged.Trials.ToDictionary(trial => trial.Number);
            var computed = Computed.ToDictionary(trial => trial.Number);
            return logged
                .Keys.Union(computed.Keys)
                .Order()
                .SelectMany(number =>
                    Compare(number, logged.GetValueOrDefault(number), computed.GetValueOrDefault(number))
                );
        }
    }

    private static IEnumerable<ReplayDifference> Compare(int number, SuggestedTrial? logged, SuggestedTrial? computed)
    {
        if (logged is null || computed is null)
        {
            return [new ReplayDifference(number, "trial", Presence(logged), Presence(computed))];
        }

        (string What, string Logged, string Computed)[] all =
        [
            .. logged
                .Point.Keys.Union(computed.Point.Keys, StringComparer.Ordinal)
                .Select(label => (label, Value(logged, label), Value(computed, label))),
            ("source", logged.Source, computed.Source),
            // Reasons that a log does not keep can still be computed.
            ("reason", logged.Reason ?? "", logged.Reason is null ? "" : computed.Reason ?? ""),
            ("why", Text(logged), logged.Why is null ? "" : Text(computed)),
        ];
        return all.Where(pair => !string.Equals(pair.Logged, pair.Computed, StringComparison.Ordinal))
            .Select(pair => new ReplayDifference(number, pair.What, pair.Logged, pair.Computed));
    }

    private static string Presence(SuggestedTrial? trial) => trial is null ? "" : "there";

    // The shortest text that reads as the same number: two of them are equal when all bits are.
    private static string Value(SuggestedTrial trial, string label) =>
        trial.Point.TryGetValue(label, out double value) ? value.ToString("R", CultureInfo.InvariantCulture) : "";

    private static string Text(SuggestedTrial trial) =>
        trial.Why is null ? "" : JsonSerializer.Serialize(trial.Why, StudyJson.Options);
}
