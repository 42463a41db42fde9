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

    public static TrialSpec Read(JsonFields fields, List<Problem> problems)
    {
        var none = new TrialSpec.InProcess();
        if (fields.Required("trial", "a study says how a trial is carried out", Example) is not { } element)
        {
            return none;
        }

        var trial = new JsonFields(element, fields.PathOf("trial"), problems);
        TimeSpan? timeout = trial.Duration("timeout");
        string? project = trial.Text("project", text => text.Trim().Length > 0, "the path of a .NET project");
        JsonElement? process = trial.Any("process");
        bool inProcess = trial.Any("inProcess") is { ValueKind: JsonValueKind.Object };
        int known = problems.Count;
        TrialSpec read = process is null ? new TrialSpec.Process() : ReadProcess(process.Value, trial, problems);
        trial.RefuseOthers();
        if (inProcess)
        {
            return none with { Timeout = timeout };
        }

        if (process is null && project is null)
        {
            trial.Refuse("", "a trial is a process, a project, or both", element, Example);
        }
        else if (project is null && problems.Count == known && ((TrialSpec.Process)read).Command.IsEmpty)
        {
            trial.Refuse("process", "a trial without a project needs a command", process!.Value, Example);
        }

        return (TrialSpec.Process)read with
        {
            Timeout = timeout,
            Project = project,
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
