using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Local.Stores;
using FunctionTune.Remote.Trials;
using FunctionTune.Testing;
using FunctionTune.Testing.Hosting;

namespace FunctionTune.Remote.Tests.Trials;

public sealed class TrialFilesTests : IDisposable
{
    private const string Folder = "studies/study/trials/0/1";

    private static readonly TrialStart s_start = RunnerWatch.Start();
    private static readonly TrialRun s_run = new(s_start.Study, s_start.Trial, s_start.Attempt, default);

    private readonly TemporaryFolder _folder = new();
    private readonly FolderStagingArea _area;
    private readonly TrialFiles _files;

    public TrialFilesTests()
    {
        _area = new FolderStagingArea(_folder.Path, mount: "/mnt/area");
        _files = new TrialFiles(_area);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_trial_is_told_its_token_and_names_of_files_beside_its_own()
    {
        TrialPlace place = await _files.BeginAsync(s_start, Cancel);

        JsonElement file = JsonElement.Parse(await File.ReadAllTextAsync(_folder[$"{Folder}/trial.json"], Cancel));
        Assert.Equal(new TrialPlace($"/mnt/area/{Folder}/trial.json", null), place);
        Assert.Equal(s_start.Token, file.GetProperty("token").GetString());
        Assert.Equal("result.json", file.GetProperty("result").GetString());
        Assert.Equal("progress.jsonl", file.GetProperty("progress").GetString());
    }

    [Fact]
    public async Task An_attempt_may_be_laid_out_twice()
    {
        TrialPlace first = await _files.BeginAsync(s_start, Cancel);

        Assert.Equal(first, await _files.BeginAsync(s_start, Cancel));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"token\": 3}")]
    [InlineData("no JSON")]
    [InlineData("")]
    public async Task What_is_no_file_of_this_attempt_is_not_taken_for_one(string there)
    {
        _folder.Write($"{Folder}/trial.json", there);

        TrialPlace place = await _files.BeginAsync(s_start, Cancel);

        Assert.Equal(FailureKind.Misconfigured, Assert.IsType<TrialOutcome.Failed>(place.Outcome).Kind);
    }

    [Fact]
    public async Task A_study_of_the_same_id_does_not_take_over_the_attempts_of_an_earlier_one()
    {
        await _files.BeginAsync(s_start, Cancel);

        TrialPlace later = await _files.BeginAsync(
            s_start with
            {
                StudyCreatedAt = s_start.StudyCreatedAt.AddTicks(1),
            },
            Cancel
        );

        Assert.Null(later.Uri);
        Assert.Contains($"/mnt/area/{Folder}/trial.json", ((TrialOutcome.Failed)later.Outcome!).Message);
    }

    [Fact]
    public async Task No_result_file_is_no_result() => Assert.Null(await _files.ReadEndAsync(s_run, "t", Cancel));

    [Theory]
    [InlineData("0.5")]
    [InlineData("{\"loss\": 0.5}")]
    [InlineData("{\"loss\": 0.5, \"token\": \"t\"}")]
    [InlineData("{\"loss\": 0.5, \"token\": null}")]
    public async Task A_result_counts_when_it_is_not_said_to_be_anothers(string result)
    {
        _folder.Write($"{Folder}/result.json", result);

        TrialOutcome? outcome = await _files.ReadEndAsync(s_run, "t", Cancel);

        TrialResult read = Assert.IsType<TrialOutcome.Succeeded>(outcome).Result;
        Assert.Equal(0.5, read.Loss);
        Assert.Empty(read.Extra);
    }

    [Theory]
    [InlineData("{\"loss\": 0.5, \"token\": \"other\"}", "its token must be t, but got other")]
    [InlineData("{\"status\": \"fail\", \"token\": \"other\"}", "its token must be t, but got other")]
    [InlineData("{\"loss\":", "must be a number or a JSON object")]
    public async Task A_result_of_another_attempt_or_none_at_all_is_refused(string result, string message)
    {
        _folder.Write($"{Folder}/result.json", result);

        TrialOutcome? outcome = await _files.ReadEndAsync(s_run, "t", Cancel);

        TrialOutcome.Failed failed = Assert.IsType<TrialOutcome.Failed>(outcome);
        Assert.Equal(FailureKind.InvalidResult, failed.Kind);
        Assert.Contains(message, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_that_is_too_large_is_refused_without_reading_it_all()
    {
        _folder.Write($"{Folder}/result.json", new string(' ', TrialResultReader.MaxBytes) + " 0.5");

        TrialOutcome? outcome = await _files.ReadEndAsync(s_run, "t", Cancel);

        Assert.Equal(FailureKind.InvalidResult, Assert.IsType<TrialOutcome.Failed>(outcome).Kind);
    }

    [Fact]
    public async Task Progress_is_read_in_whole_lines_until_the_end()
    {
        _folder.Write($"{Folder}/progress.jsonl", "{\"step\":0,\"é\":4}\n{\"step\":1,\"é\":2}\n{\"step\":2,\"é\"");
        (ImmutableArray<IntermediateValue> first, long next) = await _files.ReadProgressAsync(s_run, 0, false, Cancel);
        await File.AppendAllTextAsync(_folder[$"{Folder}/progress.jsonl"], ":1}", Cancel);
        (ImmutableArray<IntermediateValue> none, long same) = await _files.ReadProgressAsync(
            s_run,
            next,
            false,
            Cancel
        );
        (ImmutableArray<IntermediateValue> last, long end) = await _files.ReadProgressAsync(s_run, next, true, Cancel);

        Assert.Equal([0L, 1L], first.Select(value => value.Step));
        Assert.Equal((0, next), (none.Length, same));
        Assert.Equal(2L, Assert.Single(last).Step);
        Assert.Equal(new FileInfo(_folder[$"{Folder}/progress.jsonl"]).Length, end);
    }

    [Fact]
    public async Task A_line_without_end_is_passed_over()
    {
        byte[] noise = Encoding.ASCII.GetBytes(new string('x', TrialFiles.MaxProgress));
        _folder.Write($"{Folder}/progress.jsonl", "");
        await File.WriteAllBytesAsync(
            _folder[$"{Folder}/progress.jsonl"],
            [.. noise, .. "\n{\"step\":0,\"loss\":4}\n"u8],
            Cancel
        );

        (_, long next) = await _files.ReadProgressAsync(s_run, 0, false, Cancel);
        (ImmutableArray<IntermediateValue> values, _) = await _files.ReadProgressAsync(s_run, next, false, Cancel);

        Assert.Equal(0L, Assert.Single(values).Step);
    }
}
