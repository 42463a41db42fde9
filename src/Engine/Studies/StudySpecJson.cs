using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Json;
using FunctionTune.Spaces;

namespace FunctionTune.Studies;

/// <summary>A study's description as JSON: the study file, and the same in the first event of a log.</summary>
public static class StudySpecJson
{
    private const string NameRule = "a text of 1 to 200 characters";

    /// <summary>Reads a description; everything that is wrong with it is listed.</summary>
    /// <param name="file">The JSON object.</param>
    public static StudySpecReading Read(JsonElement file)
    {
        var problems = new List<Problem>();
        if (!JsonRules.Check(file, "$", problems))
        {
            return new StudySpecReading(null, [.. problems]);
        }

        var fields = new JsonFields(file, "$", problems);
        fields.Any("$schema");
        string? name = fields.Text("name", text => text.Trim().Length > 0 && text.Length <= 200, NameRule);
        SearchSpace? space = ReadSpace(fields, problems);
        AlgoSpec algo = AlgoJson.Read(fields) ?? new AlgoSpec("auto");
        long? seed = fields.Integer("seed", value => value is >= 0 and <= 1L << 53, "from 0 to 2^53");
        TrialSpec trial = TrialSpecJson.Read(fields, problems);
        // A cluster says itself how much it can carry; a program on this machine has it to itself unless told otherwise.
        StudyLimits limits = LimitsJson.Read(fields, autoByDefault: trial is TrialSpec.Remote, problems);
        ImmutableSortedDictionary<string, DataReference> data = DataJson.Read(fields, problems);
        ImmutableArray<Point> points = ReadPoints(fields, space, problems);
        StagingSpec? staging = StagingJson.Read(fields, problems);
        bool explain = fields.Flag("explain") ?? false;
        string? baseFolder = fields.Text("baseFolder", _ => true, "a path");
        StudyOrigin? origin = OriginJson.Read(fields);
        fields.RefuseOthers();
        return problems.Count > 0
            ? new StudySpecReading(null, [.. problems.Distinct()])
            : new StudySpecReading(
                new StudySpec(name ?? "study", space!, algo, seed ?? 0, limits, trial)
                {
                    PointsToEvaluate = points,
                    Data = data,
                    Staging = staging,
                    BaseFolder = baseFolder,
                    Explain = explain,
                    Origin = origin,
                },
                []
            );
    }

    /// <summary>Writes a description, in the form that <see cref="Read"/> reads.</summary>
    /// <param name="spec">The description.</param>
    public static JsonObject Write(StudySpec spec)
    {
        var file = new JsonObject
        {
            ["name"] = spec.Name,
            ["space"] = SpaceJson.Write(spec.Space),
            ["algo"] = AlgoJson.Write(spec.Algo),
            ["seed"] = spec.Seed,
        };
        LimitsJson.Write(file, spec.Limits);
        if (!spec.PointsToEvaluate.IsEmpty)
        {
            file["pointsToEvaluate"] = new JsonArray([.. spec.PointsToEvaluate.Select(spec.Space.Evaluate)]);
        }

        if (!spec.Data.IsEmpty)
        {
            file["data"] = DataJson.Write(spec.Data);
        }

        if (spec.Staging is not null)
        {
            file["staging"] = StagingJson.Write(spec.Staging);
        }

        file["trial"] = TrialSpecJson.Write(spec.Trial);
        WriteRest(file, spec);
        return file;
    }

    private static void WriteRest(JsonObject file, StudySpec spec)
    {
        if (spec.Explain)
        {
            file["explain"] = true;
        }

        if (spec.BaseFolder is not null)
        {
            file["baseFolder"] = spec.BaseFolder;
        }

        if (spec.Origin is not null)
        {
            file["origin"] = OriginJson.Write(spec.Origin);
        }
    }

    private static SearchSpace? ReadSpace(JsonFields fields, List<Problem> problems)
    {
        JsonElement? element = fields.Required(
            "space",
            "a study searches a space",
            "Write for example \"space\": { \"x\": { \"uniform\": [0, 1] } }."
        );
        return element is null ? null : SpaceJson.Read(element.Value, "$.space", problems);
    }

    private static ImmutableArray<Point> ReadPoints(JsonFields fields, SearchSpace? space, List<Problem> problems)
    {
        if (fields.Any("pointsToEvaluate") is not { } list)
        {
            return [];
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            fields.Refuse(
                "pointsToEvaluate",
                "pointsToEvaluate is a list of settings",
                list,
                "Each has the form that the objective receives."
            );
            return [];
        }

        var points = ImmutableArray.CreateBuilder<Point>();
        foreach ((int index, JsonElement setting) in list.EnumerateArray().Index())
        {
            if (space?.Match(setting, $"$.pointsToEvaluate[{index}]", problems) is { } point)
            {
                points.Add(point);
            }
        }

        return points.ToImmutable();
    }
}
