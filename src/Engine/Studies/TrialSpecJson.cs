using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Json;

namespace FunctionTune.Studies;

/// <summary>How a trial is carried out, in a study file.</summary>
internal static class TrialSpecJson
{
    private const string Example =
        "Write for example \"trial\": { \"process\": { \"command\": [\"python3\", \"{trial}/train.py\"] } }.";

    private static readonly TrialSpec[] s_none = [];
    private static readonly string[] s_platforms = ["databricks", "livy", "sparkSubmit", "simulated"];

    public static TrialSpec Read(JsonFields fields, List<Problem> problems)
    {
        if (fields.Required("trial", "a study says how a trial is carried out", Example) is not { } element)
        {
            return new TrialSpec.InProcess();
        }

        var trial = new JsonFields(element, fields.PathOf("trial"), problems);
        TimeSpan? timeout = trial.Duration("timeout");
        TrialSpec[] ways =
        [
            .. ReadProgram(trial, problems),
            .. s_platforms.SelectMany(platform => ReadRemote(trial, platform)),
            .. trial.Any("inProcess") is { ValueKind: JsonValueKind.Object } ? [new TrialSpec.InProcess()] : s_none,
        ];
        trial.RefuseOthers();
        if (ways.Length == 0)
        {
            trial.Refuse("", "a trial is a process, a project, or both, or runs on a platform", element, Example);
        }
        else if (ways.Length > 1)
        {
            trial.Refuse("", "a trial is carried out in one way", element, "Keep one of them.");
        }

        return ways.FirstOrDefault(new TrialSpec.InProcess()) with
        {
            Timeout = timeout,
        };
    }

    public static JsonObject Write(TrialSpec spec)
    {
        var trial = new JsonObject();
        if (spec is TrialSpec.Process process)
        {
            if (process.Project is not null)
            {
                trial["project"] = process.Project;
            }

            if (!process.Command.IsEmpty || !process.Environment.IsEmpty)
            {
                trial["process"] = new JsonObject
                {
                    ["command"] = new JsonArray([.. process.Command.Select(part => JsonValue.Create(part))]),
                    ["environment"] = new JsonObject(
                        process.Environment.Select(e =>
                            KeyValuePair.Create(e.Key, (JsonNode?)JsonValue.Create(e.Value))
                        )
                    ),
                };
            }
        }
        else if (spec is TrialSpec.Remote remote)
        {
            trial[remote.Platform] = JsonObject.Create(remote.Options);
        }
        else
        {
            trial["inProcess"] = new JsonObject();
        }

        if (spec.Timeout is { } timeout)
        {
            trial["timeout"] = timeout.ToString("c", CultureInfo.InvariantCulture);
        }

        return trial;
    }

    private static TrialSpec[] ReadProgram(JsonFields trial, List<Problem> problems)
    {
        string? project = trial.Text("project", text => text.Trim().Length > 0, "the path of a .NET project");
        if (trial.Any("process") is not { } process)
        {
            return project is null ? s_none : [new TrialSpec.Process { Project = project }];
        }

        int known = problems.Count;
        TrialSpec.Process program = ReadProcess(process, trial, problems);
        if (project is null && problems.Count == known && program.Command.IsEmpty)
        {
            trial.Refuse("process", "a trial without a project needs a command", process, Example);
        }

        return [program with { Project = project }];
    }

    private static TrialSpec[] ReadRemote(JsonFields trial, string platform) =>
        trial.Any(platform) is { } options ? [new TrialSpec.Remote(platform, options.Clone())] : s_none;

    private static TrialSpec.Process ReadProcess(JsonElement element, JsonFields trial, List<Problem> problems)
    {
        var process = new JsonFields(element, trial.PathOf("process"), problems);
        ImmutableArray<string> command = ReadCommand(process);
        var environment = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (process.Any("environment") is { } variables)
        {
            var values = new JsonFields(variables, process.PathOf("environment"), problems);
            foreach (string name in values.Names)
            {
                environment[name] = values.Text(name, IsWhole, "a text without the character U+0000") ?? "";
                if (name.Length == 0 || name.Contains('=', StringComparison.Ordinal) || !IsWhole(name))
                {
                    values.Refuse(name, "the name of a variable is a text without '='", variables);
                }
            }
        }

        process.RefuseOthers();
        return new TrialSpec.Process { Command = command, Environment = environment.ToImmutable() };
    }

    // The system ends arguments and variables at this character: what follows it would be lost without a word.
    private static bool IsWhole(string text) => !text.Contains('\0', StringComparison.Ordinal);

    private static ImmutableArray<string> ReadCommand(JsonFields process)
    {
        if (process.Any("command") is not { } element)
        {
            return [];
        }

        bool texts =
            element.ValueKind == JsonValueKind.Array
            && element
                .EnumerateArray()
                .All(part => part.ValueKind == JsonValueKind.String && IsWhole(part.GetString()!));
        if (texts && (element.GetArrayLength() == 0 || element[0].GetString()!.Trim().Length > 0))
        {
            return [.. element.EnumerateArray().Select(part => part.GetString()!)];
        }

        process.Refuse(
            "command",
            "command is a list of texts: the program, then its arguments",
            element,
            "No shell is involved: write [\"sh\", \"-c\", \"...\"] if you want one."
        );
        return [];
    }
}
