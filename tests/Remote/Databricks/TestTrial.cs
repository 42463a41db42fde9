using System.Globalization;
using System.Text.Json.Nodes;
using FunctionTune.DatabricksEmulator;
using FunctionTune.DatabricksEmulator.Tasks;

namespace FunctionTune.Remote.Tests.Databricks;

/// <summary>A trial as a task of the stand-in workspace finds it: its file, and where its answers go.</summary>
internal sealed class TestTrial(string path)
{
    private readonly string _folder = Path.GetDirectoryName(path)!;

    public JsonObject Content { get; } = JsonNode.Parse(File.ReadAllText(path))!.AsObject();

    public int Number => Content["trial"]!.GetValue<int>();

    public double X => Content["params"]!["x"]!.GetValue<double>();

    public bool IsStopped => File.Exists(Path.Join(_folder, "stop"));

    /// <summary>The trials of a task: one, or those of its batch.</summary>
    public static IReadOnlyList<TestTrial> Of(DatabricksWorkspace workspace, SubmittedTask task)
    {
        string place =
            task.Kind is TaskKind.Notebook ? task.NamedParameters["functiontune_trial"] : task.Parameters[^1];
        string path = Local(workspace, place);
        JsonNode content = JsonNode.Parse(File.ReadAllText(path))!;
        return content["trials"] is JsonArray trials
            ? [.. trials.Select(trial => new TestTrial(Local(workspace, trial!.GetValue<string>())))]
            : [new TestTrial(path)];
    }

    public void Succeed(double loss, string? token = null) =>
        Write(
            new JsonObject
            {
                ["status"] = "ok",
                ["loss"] = loss,
                ["token"] = token ?? Content["token"]!.GetValue<string>(),
            }
        );

    public void Fail(string message) =>
        Write(
            new JsonObject
            {
                ["status"] = "fail",
                ["message"] = message,
                ["token"] = Content["token"]!.GetValue<string>(),
            }
        );

    public void Report(int step, double loss) =>
        File.AppendAllText(
            Path.Join(_folder, "progress.jsonl"),
            string.Create(CultureInfo.InvariantCulture, $"{{\"step\":{step},\"loss\":{loss}}}\n")
        );

    private void Write(JsonObject result)
    {
        string draft = Path.Join(_folder, Path.GetRandomFileName());
        File.WriteAllText(draft, result.ToJsonString());
        File.Move(draft, Path.Join(_folder, "result.json"), overwrite: false);
    }

    private static string Local(DatabricksWorkspace workspace, string place) =>
        Path.Join(workspace.VolumesFolder, place["/Volumes".Length..]);
}
