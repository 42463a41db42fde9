using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Hosting;
using FunctionTune.Remote.Blobs;
using FunctionTune.Remote.Trials;
using FunctionTune.Staging;
using FunctionTune.Studies;
using FunctionTune.Testing;
using FunctionTune.Testing.Azurite;
using FunctionTune.Testing.Hosting;
using FunctionTune.Testing.Processes;

namespace FunctionTune.Remote.Tests.Trials;

/// <summary>A folder in blob storage, a trial that is let in by signatures, and the client that fetches it.</summary>
public sealed class SignedFolderTests(AzuriteServer azurite) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_trial_reads_every_file_of_a_folder_and_writes_its_result_by_signatures_alone()
    {
        string? python = await ChildProgram.FindPythonAsync([], Cancel);
        Assert.SkipWhen(python is null, "There is no python3 on the PATH.");
        var place = BlobPlace.Parse($"{await azurite.NewContainerAsync(Cancel)}/data", "$.staging");
        var area = new BlobStagingArea(BlobFolder.Open(place));
        DataReference data = await new DatasetStore(area).PutAsync(
            DatasetKind.Folder,
            [Source("a b.csv", "one"), Source("sub/c.csv", "two")],
            null,
            Cancel
        );
        TrialStart start = RunnerWatch.Start() with
        {
            Data = ImmutableSortedDictionary<string, DataReference>.Empty.Add("all", data),
        };
        var files = new TrialFiles(area);
        TrialPlace trial = await files.BeginAsync(start, Cancel);

        ProgramEnd end = await CarryOutAsync(python, trial.Uri!);

        Assert.Equal(new ProgramEnd(0, "", ""), end);
        var run = new TrialRun(start.Study, start.Trial, start.Attempt, default);
        var outcome = Assert.IsType<History.TrialOutcome.Succeeded>(await files.ReadEndAsync(run, start.Token, Cancel));
        Assert.Equal("""["one","two"]""", JsonSerializer.Serialize(outcome.Result.Extra["read"]));
        Assert.Single((await files.ReadProgressAsync(run, 0, ended: true, Cancel)).Values);
    }

    [Fact]
    public async Task A_trial_that_is_told_to_stop_sees_it_by_a_signature()
    {
        string? python = await ChildProgram.FindPythonAsync([], Cancel);
        Assert.SkipWhen(python is null, "There is no python3 on the PATH.");
        var place = BlobPlace.Parse($"{await azurite.NewContainerAsync(Cancel)}/data", "$.staging");
        var area = new BlobStagingArea(BlobFolder.Open(place));
        TrialStart start = RunnerWatch.Start();
        TrialPlace trial = await new TrialFiles(area).BeginAsync(start, Cancel);
        string folder = $"studies/{start.Study}/trials/{start.Trial}/{start.Attempt}";
        await area.CreateAsync($"{folder}/stop", "{}"u8.ToArray(), Cancel);
        var batch = new JsonObject { ["trials"] = new JsonArray(trial.Uri!) };
        ProgramEnd end = await CarryOutAsync(python, _folder.Write("batch.json", batch.ToJsonString()));

        Assert.Equal(new ProgramEnd(0, "", ""), end);
        Assert.Null(await area.ReadAsync($"{folder}/result.json", 0, 100, Cancel));
    }

    private async Task<ProgramEnd> CarryOutAsync(string python, string trial)
    {
        await File.WriteAllBytesAsync(_folder["functiontune.py"], PythonClient.Content, Cancel);
        _folder.Write(
            "program.py",
            """
            import functiontune
            def objective(params):
                trial = functiontune.current_trial()
                trial.report(0, 0.5)
                return {"loss": 1, "read": [open(path).read() for path in trial.data_paths("all")]}
            functiontune.run(objective)
            """
        );
        return await ChildProgram.RunAsync(
            [python, "program.py", "--functiontune-trial", trial],
            _folder.Path,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["FUNCTIONTUNE_CACHE"] = _folder["cache"] },
            Cancel
        );
    }

    private SourceFile Source(string name, string text) =>
        new(
            name,
            _folder.Write($"source/{name}", text),
            text.Length,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))
        );
}
