using System.Globalization;
using System.Text.Json.Nodes;
using FunctionTune.Json;

namespace FunctionTune.Studies;

/// <summary>The origin of a study in its file: written by schedules, not by people.</summary>
internal static class OriginJson
{
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    public static StudyOrigin? Read(JsonFields file)
    {
        if (file.Inside("origin") is not { } fields)
        {
            return null;
        }

        string schedule = fields.RequiredText("schedule", "which schedule began the study", "nightly");
        fields.Required(
            "at",
            "an origin says at which occurrence the study was begun",
            "Leave origin out: schedules write it."
        );
        string? at = fields.Text("at", text => TryTime(text, out _), "a time, such as \"2026-01-31T02:00:00Z\"");
        string? previous = fields.Text("previous", StudyId.IsValid, "the id of a study");
        StudyChampion? champion = ReadChampion(fields);
        int? points = fields.Int("points", 0);
        fields.RefuseOthers();
        return new StudyOrigin(schedule, TryTime(at, out DateTimeOffset time) ? time : default)
        {
            Previous = previous is null ? null : new StudyId(previous),
            Champion = champion,
            Points = points ?? 0,
        };
    }

    public static JsonObject Write(StudyOrigin origin)
    {
        var fields = new JsonObject
        {
            ["schedule"] = origin.Schedule,
            ["at"] = origin.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        };
        if (origin.Previous is { } previous)
        {
            fields["previous"] = previous.ToString();
        }

        if (origin.Champion is { } champion)
        {
            fields["champion"] = new JsonObject
            {
                ["trial"] = champion.Trial,
                ["loss"] = champion.Loss,
                ["fits"] = champion.Fits,
            };
        }

        fields["points"] = origin.Points;
        return fields;
    }

    private static StudyChampion? ReadChampion(JsonFields origin)
    {
        if (origin.Inside("champion") is not { } fields)
        {
            return null;
        }

        const string Hint = "Leave origin out: schedules write it.";
        fields.Required("trial", "a champion has the number of its trial", Hint);
        fields.Required("loss", "a champion has a loss", Hint);
        int? trial = fields.Int("trial", 0);
        double? loss = fields.Number("loss", _ => true, "");
        bool? fits = fields.Flag("fits");
        fields.RefuseOthers();
        return new StudyChampion(trial ?? 0, loss ?? 0, fits ?? true);
    }

    private static bool TryTime(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out time);
}
