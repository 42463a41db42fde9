using FunctionTune.Service.Schedules;
using FunctionTune.Service.Schedules.Sources;
using FunctionTune.Testing;

namespace FunctionTune.Service.Tests.Schedules;

public sealed class ScheduleTickerTests
{
    [Fact]
    public async Task A_host_that_runs_looks_each_minute()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        var clock = new FastTime(1200);
        using var host = new FolderHost(folder["store"], clock);
        var book = new ScheduleBook(host, [new FolderScheduleSource(folder["schedules"])]);
        var runner = new ScheduleRunner(host, host.Names, book, clock, new KeptLog<ScheduleRunner>());
        using var ticker = new ScheduleTicker(runner, clock);
        await ticker.StartAsync(cancel);

        // It is there only after the first look.
        folder.Write(
            "schedules/often.json",
            $$"""{ "cron": "0 * * * * *", "study": {{Night.Study().ToJsonString()}} }"""
        );
        await host.FirstBegun.WaitAsync(cancel);
        await ticker.StopAsync(cancel);

        Assert.StartsWith("sched-often-", Assert.Single(host.Begun).ToString(), StringComparison.Ordinal);
    }
}
