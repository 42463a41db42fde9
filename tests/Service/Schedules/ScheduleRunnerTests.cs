using FunctionTune.Studies;

namespace FunctionTune.Service.Tests.Schedules;

public sealed class ScheduleRunnerTests : IDisposable
{
    private readonly Night _night = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _night.Dispose();

    [Fact]
    public async Task An_occurrence_begins_one_study_whose_id_tells_the_schedule_and_the_time()
    {
        _night.Schedule("nightly", "0 0 2 * * *");

        await _night.TickAsync("2026-11-21 01:59:30");
        Assert.Empty(_night.Host.Begun);
        foreach (string time in (string[])["02:00:01", "02:01:01", "02:09:59", "02:11:00", "12:00:00"])
        {
            await _night.TickAsync($"2026-11-21 {time}");
        }

        var id = new StudyId("sched-nightly-202611210200");
        Assert.Equal([id], _night.Host.Begun);
        StudyOrigin origin = (await _night.Host.ReadAsync(id, Cancel)).Spec.Origin!;
        Assert.Equal(new StudyOrigin("nightly", Night.Time("2026-11-21 02:00")), origin);
    }

    [Fact]
    public async Task Ticks_of_several_hosts_at_once_begin_one_study()
    {
        _night.Schedule("nightly", "0 0 2 * * *");
        _night.Clock.Now = Night.Time("2026-11-21 02:00:01");
        FolderHost[] hosts = [.. Enumerable.Range(0, 8).Select(_ => _night.NewHost())];

        await Task.WhenAll(hosts.Select(host => Task.Run(() => _night.NewRunner(host).TickAsync(Cancel), Cancel)));

        Assert.Equal([new StudyId("sched-nightly-202611210200")], await _night.Host.Store.ListAsync(Cancel));
        Assert.Single((await _night.Host.Store.ReadAsync(new StudyId("sched-nightly-202611210200"), 0, Cancel)).Events);
        Array.ForEach(hosts, host => host.Dispose());
    }

    [Fact]
    public async Task What_a_tick_asked_for_and_did_not_begin_the_next_one_begins()
    {
        _night.Schedule("nightly", "0 0 2 * * *");
        _night.Host.Fault = new FunctionTuneException("The host is away.");
        await _night.TickAsync("2026-11-21 02:00");
        Assert.NotNull(
            await new StudyRequests(_night.Host.Area).ReadAsync(new StudyId("sched-nightly-202611210200"), Cancel)
        );

        _night.Host.Fault = null;
        await _night.BeginAsync("2026-11-21 02:01");
        await _night.TickAsync("2026-11-21 02:02");

        Assert.Single(_night.Host.Begun);
        Assert.Contains(_night.Log.Lines, line => line.Contains("The host is away.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_missed_for_ten_minutes_is_left_out_and_of_several_only_the_latest_is_begun()
    {
        _night.Schedule("nightly", "0 0 2 * * *");
        _night.Schedule("often", "0 */4 * * * *");

        await _night.TickAsync("2026-11-21 02:10");

        Assert.Equal([new StudyId("sched-often-202611210208")], _night.Host.Begun);
    }

    [Fact]
    public async Task No_study_is_begun_while_the_one_before_goes_on_and_that_is_told_once()
    {
        _night.Schedule("hourly", "0 0 * * * *");
        StudyId first = await _night.BeginAsync("2026-11-21 01:00");

        await _night.TickAsync("2026-11-21 02:00");
        await _night.TickAsync("2026-11-21 02:01");
        Assert.Single(_night.Host.Begun);
        Assert.Single(
            _night.Log.Lines,
            line => line.Contains("sched-hourly-202611210200 is not begun", StringComparison.Ordinal)
        );

        await _night.Host.EndAsync(first, Cancel);
        Assert.Equal(new StudyId("sched-hourly-202611210200"), await _night.BeginAsync("2026-11-21 02:05"));
    }

    [Fact]
    public async Task A_study_that_is_being_prepared_goes_on_but_not_for_ever()
    {
        _night.Schedule("hourly", "0 0 * * * *");
        _night.Host.IsPreparing = true;
        await _night.BeginAsync("2026-11-21 01:00");

        await _night.TickAsync("2026-11-21 02:00");
        Assert.Single(_night.Host.Begun);

        await _night.TickAsync("2026-11-22 02:00");
        Assert.Equal(2, _night.Host.Begun.Count);
    }

    [Fact]
    public async Task A_study_that_was_refused_is_neither_begun_again_nor_in_the_way_of_the_next()
    {
        _night.Schedule("hourly", "0 0 * * * *");
        _night.Host.IsPreparing = true;
        StudyId first = await _night.BeginAsync("2026-11-21 01:00");
        await new StudyRequests(_night.Host.Area).RefuseAsync(first, [new Problem("$.data", "it is there")], Cancel);

        await _night.TickAsync("2026-11-21 01:01");
        Assert.Single(_night.Host.Begun);
        Assert.Equal(new StudyId("sched-hourly-202611210200"), await _night.BeginAsync("2026-11-21 02:00"));
    }

    [Fact]
    public async Task A_broken_schedule_is_told_once_and_stops_no_other()
    {
        _night.Write("a-broken.json", "{");
        _night.Write("b-wrong.json", """{ "cron": "0 0 2 * * *", "study": { "space": 1 } }""");
        _night.Write("c-half.json", """{ "cron": "\ud800", "study": {} }""");
        _night.Schedule("nightly", "0 0 2 * * *");

        await _night.TickAsync("2026-11-21 02:00");
        await _night.TickAsync("2026-11-21 02:01");

        Assert.Equal([new StudyId("sched-nightly-202611210200")], _night.Host.Begun);
        Assert.Single(_night.Log.Lines, line => line.Contains("a-broken.json", StringComparison.Ordinal));
        Assert.Single(_night.Log.Lines, line => line.Contains("$.study.trial", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_schedule_that_is_switched_off_begins_nothing()
    {
        _night.Write(
            "nightly.json",
            $$"""{ "cron": "0 0 2 * * *", "enabled": false, "study": {{Night.Study().ToJsonString()}} }"""
        );

        await _night.TickAsync("2026-11-21 02:00");

        Assert.Empty(_night.Host.Begun);
        Assert.Empty(_night.Log.Lines);
    }

    [Fact]
    public async Task Each_study_draws_other_points_unless_the_seed_is_given()
    {
        _night.Schedule("free", "0 0 2 * * *");
        _night.Schedule("fixed", "0 0 2 * * *", Night.Study("""{ "seed": 7, "name": "named" }"""));
        await _night.TickAsync("2026-11-21 02:00");
        foreach (StudyId id in await _night.Host.Store.ListAsync(Cancel))
        {
            await _night.Host.EndAsync(id, Cancel);
        }

        await _night.TickAsync("2026-11-22 02:00");

        var specs = new Dictionary<string, StudySpec>(StringComparer.Ordinal);
        foreach (StudyId id in await _night.Host.Store.ListAsync(Cancel))
        {
            specs[id.ToString()] = (await _night.Host.ReadAsync(id, Cancel)).Spec;
        }

        Assert.Equal(4, specs.Count);
        Assert.NotEqual(specs["sched-free-202611210200"].Seed, specs["sched-free-202611220200"].Seed);
        Assert.Equal("free", specs["sched-free-202611210200"].Name);
        Assert.Equal(7, specs["sched-fixed-202611210200"].Seed);
        Assert.Equal(7, specs["sched-fixed-202611220200"].Seed);
        Assert.Equal("named", specs["sched-fixed-202611210200"].Name);
    }
}
