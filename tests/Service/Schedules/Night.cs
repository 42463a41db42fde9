using System.Globalization;
using System.Text.Json.Nodes;
using FunctionTune.Service.Schedules;
using FunctionTune.Service.Schedules.Sources;
using FunctionTune.Studies;
using FunctionTune.Testing;

namespace FunctionTune.Service.Tests.Schedules;

/// <summary>A host with a folder of schedules, and its clock.</summary>
internal sealed class Night : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Night()
    {
        Host = NewHost();
        Runner = NewRunner(Host);
    }

    public static DateTimeOffset Midnight { get; } = Time("2026-11-21 00:00");

    public SetClock Clock { get; } = new(Midnight);

    public FolderHost Host { get; }

    public ScheduleRunner Runner { get; }

    public KeptLog<ScheduleRunner> Log { get; } = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>A study file over one number; members are added or replaced.</summary>
    public static JsonObject Study(string members = "{}")
    {
        JsonObject study = JsonNode
            .Parse(
                """
                { "space": { "x": { "uniform": [0, 10] } }, "algo": "rand", "maxEvals": 50,
                  "trial": { "process": { "command": ["true"] } } }
                """
            )!
            .AsObject();
        foreach ((string key, JsonNode? value) in JsonNode.Parse(members)!.AsObject())
        {
            study[key] = value?.DeepClone();
        }

        return study;
    }

    /// <summary>The path of a file in the folder of schedules.</summary>
    public string PathOf(string name) => _folder[$"schedules/{name}"];

    /// <summary>Puts a file into the folder of schedules.</summary>
    public void Write(string name, string text) => _folder.Write($"schedules/{name}", text);

    /// <summary>Puts a schedule into the folder.</summary>
    public void Schedule(string name, string cron, JsonObject? study = null, int? warmStart = null)
    {
        var schedule = new JsonObject { ["cron"] = cron, ["study"] = study ?? Study() };
        if (warmStart is not null)
        {
            schedule["warmStart"] = warmStart;
        }

        Write($"{name}.json", schedule.ToJsonString());
    }

    /// <summary>A host of the same folder, as another process would have it.</summary>
    public FolderHost NewHost() => new(_folder["store"], Clock);

    public ScheduleRunner NewRunner(FolderHost host, params IScheduleSource[] sources) =>
        new(
            host,
            host.Names,
            new ScheduleBook(host, sources.Length > 0 ? sources : [new FolderScheduleSource(_folder["schedules"])]),
            Clock,
            Log
        );

    /// <summary>A tick at a time.</summary>
    public Task TickAsync(string time)
    {
        Clock.Now = Time(time);
        return Runner.TickAsync(Cancel);
    }

    /// <summary>A tick at a time at which exactly one study is begun.</summary>
    public async Task<StudyId> BeginAsync(string time)
    {
        int before = Host.Begun.Count;
        await TickAsync(time);
        return Assert.Single(Host.Begun.Skip(before));
    }

    public void Dispose()
    {
        Host.Dispose();
        _folder.Dispose();
    }
}
