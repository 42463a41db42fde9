using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FunctionTune.Json;
using FunctionTune.Service.Rules;
using FunctionTune.Service.Schedules.Sources;
using FunctionTune.Studies;

namespace FunctionTune.Service.Schedules;

/// <summary>Reads a schedule together with its study, and lists everything that is wrong with the two.</summary>
/// <param name="source">Where it was found, and where its study file is looked for.</param>
/// <param name="rules">What the host lets nobody ask for.</param>
internal sealed partial class ScheduleReader(IScheduleSource source, StudyRules rules)
{
    private const int MostWarmStart = 100;

    private static readonly string s_nameRule =
        $"1 to {Schedule.MostName} of a-z, 0-9 and '-', beginning with a letter or digit";

    private readonly List<Problem> _problems = [];

    /// <summary>Reads a schedule; once for each reader.</summary>
    /// <param name="text">The schedule.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FunctionTuneException">Its study file cannot be read.</exception>
    public async Task<ScheduleReading> ReadAsync(ScheduleText text, CancellationToken cancellationToken)
    {
        Schedule? schedule = ScheduleJson.Parse(text, _problems) is { } json
            ? await ReadAsync(text, json, cancellationToken).ConfigureAwait(false)
            : null;
        return new ScheduleReading(text.Place, _problems.Count == 0 ? schedule : null, [.. _problems]);
    }

    private async Task<Schedule?> ReadAsync(ScheduleText text, JsonElement json, CancellationToken cancellationToken)
    {
        var fields = new JsonFields(json, "$", _problems);
        fields.Any("$schema");
        string name = ReadName(fields, text);
        CronSchedule? cron = CronSchedule.Read(fields);
        long? warmStart = fields.Integer(
            "warmStart",
            n => n is >= 0 and <= MostWarmStart,
            $"from 0 to {MostWarmStart}"
        );
        bool enabled = fields.Flag("enabled") ?? true;
        JsonElement? study = await StudyAsync(fields, text, cancellationToken).ConfigureAwait(false);
        fields.RefuseOthers();
        if (study is not { } file || Read(file, fields) is not { } spec || cron is null)
        {
            return null;
        }

        return new Schedule(name, cron, file, spec)
        {
            WarmStart = (int?)warmStart ?? Schedule.UsualWarmStart,
            Enabled = enabled,
        };
    }

    private static string ReadName(JsonFields fields, ScheduleText text)
    {
        string? name = fields.Text("name", Name().IsMatch, s_nameRule);
        if (fields.Any("name") is null && !Name().IsMatch(text.Name))
        {
            fields.Refuse("name", $"name is {s_nameRule}", $"'{text.Name}'", "Write a name, or rename the file.");
        }

        return name ?? text.Name;
    }

    /// <summary>The study file as it will be asked for: with a name, and with the folder from which its paths start.</summary>
    private async Task<JsonElement?> StudyAsync(
        JsonFields fields,
        ScheduleText text,
        CancellationToken cancellationToken
    )
    {
        JsonElement? inside = fields.Any("study");
        string? path = fields.FilledText("file", "the path of a study file");
        if (inside is not null == fields.Any("file") is not null)
        {
            string hint = fields.Names.Contains("space", StringComparer.Ordinal)
                ? "This looks like a study file: put it into a folder below, and name it in the \"file\" of a schedule."
                : "Write for example \"file\": \"studies/diabetes.json\".";
            fields.Refuse("file", "a schedule has either a file or a study", inside is null ? "neither" : "both", hint);
            return null;
        }

        if (inside is { } study)
        {
            return At(study, text);
        }

        if (path is null)
        {
            return null;
        }

        ScheduleText? file = await source.OpenStudyAsync(path, cancellationToken).ConfigureAwait(false);
        if (file is null)
        {
            fields.Refuse(
                "file",
                "the study file of a schedule is there",
                $"'{path}'",
                "Paths start from the schedules."
            );
            return null;
        }

        return ScheduleJson.Parse(file, _problems) is { } json ? At(json, file) : null;
    }

    private static JsonElement At(JsonElement study, ScheduleText place)
    {
        if (place.Folder is null || JsonNode.Parse(study.GetRawText()) is not JsonObject file)
        {
            return study;
        }

        file["baseFolder"] = place.Folder;
        return JsonSerializer.SerializeToElement(file, StudyJson.Options);
    }

    private StudySpec? Read(JsonElement study, JsonFields fields)
    {
        StudySpecReading reading = rules.Read(study);
        // What is wrong with a study of a file of its own is told by its path there.
        string place = fields.Any("file") is { } file ? $"{file.GetString()} $" : "$.study";
        _problems.AddRange(
            reading.Problems.Select(p => p with { Path = p.Path.StartsWith('$') ? place + p.Path[1..] : p.Path })
        );
        return reading.Spec;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,43}\\z", RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
