using FunctionTune.Local;
using FunctionTune.Local.Stores;
using FunctionTune.Service.Durable;
using FunctionTune.Studies;
using FunctionTune.Testing;
using FunctionTune.Testing.Durable;
using FunctionTune.Testing.Scripted;

namespace FunctionTune.Service.Tests.Durable;

/// <summary>
/// Random studies on a durable host where everything goes wrong now and then: workers die at any call, activities run twice, answers
/// and events are lost, timers ring early and late. Each trial counts once, and nothing is left running.
/// </summary>
public sealed class BadDaysTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1000, 20)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whatever_goes_wrong_each_trial_counts_once(int seed)
    {
        ScriptedStudy study = RandomStudies.Of(seed, TimeSpan.FromSeconds(seed % 3 == 0 ? 300 : 15));
        var mischief = new Mischief(seed)
        {
            Doubled = 0.1,
            AnswersLost = 0.03,
            Faults = 0.05,
            Deaths = 0.01,
            EventsLost = 0.3,
            TimersOff = 0.3,
        };
        var rules = new HubRules
        {
            Mischief = mischief,
            Json = StudyJson.Options,
            ActivityLatency = TimeSpan.FromMilliseconds(seed % 2 * 70),
            StepLatency = TimeSpan.FromMilliseconds(seed % 5 * 30),
        };
        DurablePlay play = new DurablePlay(
            study,
            new MemoryStudyStore(),
            new FolderStagingArea(_folder.Path),
            rules
        ).WithJanitors(2);

        await play.RunAsync();

        Assert.Null(play.Hub.FailureOf(study.Id.ToString()));
        Assert.Equal(InstanceStatus.Completed, play.Hub.StatusOf(study.Id.ToString()));
        PlayedLaws.Hold(play);
    }
}
