using System.Security.Cryptography;
using System.Text.Json.Nodes;
using FunctionTune.Testing.Processes;

namespace FunctionTune.TrialClient.Tests;

public sealed class TrialDataTests : IDisposable
{
    private const string Text = "x,y\n1,2\n";

    private readonly string _file = Path.GetTempFileName();

    public TrialDataTests() => File.WriteAllText(_file, Text);

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Data_is_opened_when_its_size_and_hash_are_right()
    {
        using TrialFolder folder = With(
            new JsonObject
            {
                ["uri"] = _file,
                ["sha256"] = Hash(Text),
                ["bytes"] = Text.Length,
            }
        );
        var trial = Trial.Open(folder.TrialPath);
        using var reader = new StreamReader(trial.OpenData("train"));

        Assert.Equal(Text, reader.ReadToEnd());
        Assert.Equal(_file, trial.DataPath("train"));
    }

    [Fact]
    public void Data_is_opened_by_a_file_uri_or_a_path_from_the_trial_file()
    {
        using TrialFolder uri = With(new JsonObject { ["uri"] = new Uri(_file).AbsoluteUri });
        using TrialFolder relative = With(new JsonObject { ["uri"] = "near.csv" });
        File.WriteAllText(Path.Combine(relative.Folder, "near.csv"), Text);

        Assert.Equal(_file, Trial.Open(uri.TrialPath).DataPath("train"));
        var trial = Trial.Open(relative.TrialPath);
        Assert.Equal(Path.Combine(relative.Folder, "near.csv"), trial.DataPath("train"));
        Assert.Equal([$"file://{relative.Folder}/near.csv"], trial.Data["train"].SparkUris());
    }

    [Fact]
    public void Changed_data_is_refused()
    {
        Assert.Contains(
            "must have 9 bytes, but has 8 bytes",
            Refusal(new JsonObject { ["uri"] = _file, ["bytes"] = 9 })
        );
        Assert.Contains(
            $"must have SHA-256 {Hash("other")}, but has {Hash(Text)}. The file changed",
            Refusal(new JsonObject { ["uri"] = _file, ["sha256"] = Hash("other") })
        );
    }

    [Fact]
    public void Data_that_cannot_be_reached_is_refused_by_name()
    {
        Assert.StartsWith(
            "Data 'train' must be a file, but there is none at /nowhere.",
            Refusal(new JsonObject { ["uri"] = "/nowhere" })
        );
        Assert.Contains(
            "but got abfss://c@a/x. Let 'staging' name a mount or a volume",
            Refusal(new JsonObject { ["uri"] = "abfss://c@a/x" })
        );
        Assert.StartsWith(
            "Data 'train' must have its SHA-256 to be fetched from https://store/x.",
            Refusal(new JsonObject { ["uri"] = "https://store/x?sig=secret" })
        );
    }

    [Fact]
    public void A_name_that_the_study_lacks_is_answered_by_the_names_it_has()
    {
        using TrialFolder folder = With(new JsonObject { ["uri"] = _file });
        var thrown = Assert.Throws<TrialException>(() => Trial.Open(folder.TrialPath).OpenData("test"));

        Assert.StartsWith("The study has no data 'test'. It has: train.", thrown.Message);
    }

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    private static string Refusal(JsonObject reference)
    {
        using TrialFolder folder = With(reference);
        var trial = Trial.Open(folder.TrialPath);
        return Assert.Throws<TrialException>(() => trial.DataPath("train")).Message;
    }

    private static TrialFolder With(JsonObject reference) =>
        new("{}", new JsonObject { ["train"] = reference }.ToJsonString());
}
