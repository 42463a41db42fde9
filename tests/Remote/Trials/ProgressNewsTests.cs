using FunctionTune.Hosting;
using FunctionTune.Local.Stores;
using FunctionTune.Remote.Trials;
using FunctionTune.Testing;
using FunctionTune.Testing.Hosting;

namespace FunctionTune.Remote.Tests.Trials;

public sealed class ProgressNewsTests : IDisposable
{
    private const string File = "studies/study/trials/0/1/progress.jsonl";

    private static readonly TrialRun s_run = new(RunnerWatch.Start().Study, 0, 1, default);

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_report_is_told_once()
    {
        ProgressNews news = Open(TimeSpan.Zero);
        _folder.Write(File, "{\"step\":0,\"loss\":4}\n");
        Assert.Single(await news.ReadAsync(s_run, ended: false, Cancel));
        Assert.Empty(await news.ReadAsync(s_run, ended: false, Cancel));
        await System.IO.File.AppendAllTextAsync(_folder[File], "{\"step\":1,\"loss\":2}", Cancel);

        Assert.Equal(1L, Assert.Single(await news.ReadAsync(s_run, ended: true, Cancel)).Step);
        Assert.Empty(await news.ReadAsync(s_run, ended: true, Cancel));
    }

    [Fact]
    public async Task A_run_that_goes_on_is_looked_at_now_and_then_and_once_more_at_its_end()
    {
        ProgressNews news = Open(TimeSpan.FromHours(1));
        Assert.Empty(await news.ReadAsync(s_run, ended: false, Cancel));
        _folder.Write(File, "{\"step\":0,\"loss\":4}\n");

        Assert.Empty(await news.ReadAsync(s_run, ended: false, Cancel));
        Assert.Single(await news.ReadAsync(s_run, ended: true, Cancel));
    }

    private ProgressNews Open(TimeSpan interval) =>
        new(new TrialFiles(new FolderStagingArea(_folder.Path)), interval, TimeProvider.System);
}
