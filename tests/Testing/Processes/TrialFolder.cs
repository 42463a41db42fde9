using System.Text.Json;
using System.Text.Json.Nodes;

namespace FunctionTune.Testing.Processes;

/// <summary>A trial's folder as a host lays it out: trial.json in, result.json and progress.jsonl out. Gone after the test.</summary>
public sealed class TrialFolder : IDisposable
{
    /// <summary>A folder with a trial file.</summary>
    /// <param name="parameters">The parameter values as JSON text.</param>
    /// <param name="data">The data references as JSON text.</param>
    public TrialFolder(string parameters, string data = "{}")
    {
        Folder = Directory.CreateTempSubdirectory("functiontune-trial-").FullName;
        var file = new JsonObject
        {
            ["study"] = "by-test",
            ["trial"] = 7,
            ["attempt"] = 2,
            ["params"] = JsonNode.Parse(parameters),
            ["data"] = JsonNode.Parse(data),
            ["result"] = ResultPath,
            ["progress"] = ProgressPath,
        };
        File.WriteAllText(TrialPath, file.ToJsonString());
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The trial file.</summary>
    public string TrialPath => Path.Combine(Folder, "trial.json");

    /// <summary>Where the result goes.</summary>
    public string ResultPath => Path.Combine(Folder, "result.json");

    /// <summary>Where intermediate values go.</summary>
    public string ProgressPath => Path.Combine(Folder, "progress.jsonl");

    /// <summary>What was written as the result.</summary>
    public JsonElement Result => JsonElement.Parse(File.ReadAllText(ResultPath));

    /// <summary>The intermediate values written so far.</summary>
    public IReadOnlyList<JsonElement> Progress =>
        [.. File.ReadAllLines(ProgressPath).Select(line => JsonElement.Parse(line))];

    /// <summary>Runs a program as a host would.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="cancellationToken">Kills the program.</param>
    public Task<ProgramEnd> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken) =>
        ChildProgram.RunAsync(
            command,
            Folder,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["FUNCTIONTUNE_TRIAL"] = TrialPath },
            cancellationToken
        );

    /// <summary>Removes the folder.</summary>
    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
