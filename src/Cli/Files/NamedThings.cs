using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Hosting;
using FunctionTune.Local;
using FunctionTune.Studies;

namespace FunctionTune.Cli.Files;

/// <summary>Whether what a study file names is there: its algorithm, its data, its trial's project and program.</summary>
internal static class NamedThings
{
    private static readonly KeyValuePair<string, JsonNode?>[] StandIns =
    [
        new("space", new JsonObject { ["uniform"] = new JsonArray(0, 1) }),
        new("maxEvals", 1),
        new("trial", new JsonObject { ["inProcess"] = new JsonObject() }),
    ];

    private static readonly Problem s_customRule = new(
        "$.earlyStop.custom",
        "the stop rules of a study file must be data",
        "true",
        "A rule in code is given to Fmin.MinimizeAsync."
    );

    /// <summary>What is missing. Members are looked at one by one, so that a fault in one hides nothing in another.</summary>
    /// <param name="file">The study file, whatever else is wrong with it.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="suggesters">The algorithms that there are.</param>
    public static IEnumerable<Problem> Check(JsonElement file, string folder, Suggesters suggesters) =>
        [
            .. Alone(file, "algo") is { } study ? suggesters.Check(study.Algo, "$.algo") : [],
            .. Alone(file, "data") is { } withData ? withData.Data.SelectMany(d => Check(d.Key, d.Value, folder)) : [],
            .. Alone(file, "trial") is { } withTrial ? Check(withTrial.Trial, folder) : [],
            .. Alone(file, "earlyStop") is { Limits.CustomStopRule: true } ? [s_customRule] : (Problem[])[],
        ];

    /// <summary>A study that says only what the file says under one key; null when that is missing or wrong.</summary>
    private static StudySpec? Alone(JsonElement file, string key)
    {
        if (file.ValueKind != JsonValueKind.Object || !file.TryGetProperty(key, out JsonElement member))
        {
            return null;
        }

        KeyValuePair<string, JsonNode?>[] members =
        [
            .. StandIns.Where(standIn => !string.Equals(standIn.Key, key, StringComparison.Ordinal)),
            new(key, JsonSerializer.SerializeToNode(member)),
        ];
        return StudySpecJson.Read(Overridden.With(JsonElement.Parse("{}"), members)).Spec;
    }

    private static List<Problem> Check(string name, DataReference data, string folder)
    {
        var problems = new List<Problem>();
        if (!DataSource.IsElsewhere(data.Uri))
        {
            DataSource.Find(name, data.Uri, folder, problems);
        }

        return problems;
    }

    private static IEnumerable<Problem> Check(TrialSpec trial, string folder)
    {
        if (trial is TrialSpec.Remote)
        {
            yield break; // its platform looks at it
        }

        if (trial is not TrialSpec.Process process)
        {
            const string Rule = "the trial of a study file must be a program";
            yield return new Problem("$.trial", Rule, Hint: "Functions are tuned from C#, by Fmin.MinimizeAsync.");
            yield break;
        }

        if (process.Project is { } project && !ProjectExists(Path.GetFullPath(project, folder)))
        {
            string found = $"'{project}', and there is no project at {Path.GetFullPath(project, folder)}";
            yield return new Problem("$.trial.project", "the trial's project must exist", found);
        }

        if (!process.Command.IsEmpty && !ProgramExists(process.Command[0], folder))
        {
            const string Hint = "Give a name that is on the PATH, or a path from the study file's folder.";
            const string Rule = "the trial's program must exist";
            yield return new Problem("$.trial.process.command[0]", Rule, $"'{process.Command[0]}'", Hint);
        }
    }

    private static bool ProjectExists(string path) =>
        File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFiles(path, "*.*proj").Any());

    private static bool ProgramExists(string program, string folder)
    {
        if (program.Contains("{trial}", StringComparison.Ordinal))
        {
            return true; // once the trial is built
        }

        bool isPath = program.AsSpan().IndexOfAny('/', '\\') >= 0;
        string[] folders = isPath
            ? [folder]
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        string[] endings = OperatingSystem.IsWindows() ? ["", ".exe", ".cmd", ".bat"] : [""];
        return folders.Any(f => endings.Any(ending => File.Exists(Path.Combine(f, program + ending))));
    }
}
