using System.Text;
using FunctionTune.Local;
using FunctionTune.Local.Stores;
using FunctionTune.Service.Durable;
using FunctionTune.Studies;
using FunctionTune.Testing;
using FunctionTune.Testing.Durable;
using FunctionTune.Testing.Scripted;
using FunctionTune.Testing.Studies;

namespace FunctionTune.Service.Tests.Durable;

/// <summary>
/// The local and the durable host, given the same study, the same cluster and the same wishes on the same clock, write the same
/// log: the same lines in the same order, their times included.
/// </summary>
/// <remarks>
/// On a hub where nothing takes time a durable host learns of an end the moment it happens, as long as something ends every half a
/// minute: it holds a look all the time then. Of what takes longer it learns somewhat later, and everything after it shifts; there
/// each trial is compared by itself, in studies where its course does not depend on the time.
/// </remarks>
public sealed class SameLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    // In the last one a start that was put off comes due when its slot is gone.
    public static TheoryData<int> Seeds() => [.. Enumerable.Range(0, 20), 99];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Both_hosts_write_the_same_log_when_trials_are_short(int seed)
    {
        ScriptedStudy study = RandomStudies.Of(seed, TimeSpan.FromSeconds(15));

        await CompareAsync(study, Play(study, seed));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Both_hosts_bring_each_trial_to_the_same_end_when_trials_are_long(int seed)
    {
        ScriptedStudy study = RandomStudies.Steady(seed, TimeSpan.FromMinutes(30));
        LocalPlay local = await LocalPlay.OfAsync(study);
        DurablePlay durable = Play(study, seed);

        await durable.RunAsync();

        Assert.Equal(ByTrial(local.Log), ByTrial(durable.Log));
        PlayedLaws.Hold(durable);
    }

    // What the binding of a framework writes with, and what it would write with by itself.
    private DurablePlay Play(ScriptedStudy study, int seed) =>
        new(
            study,
            new MemoryStudyStore(),
            new FolderStagingArea(_folder.Path),
            seed % 2 == 0 ? new HubRules { Json = StudyJson.Options } : new HubRules()
        );

    private static async Task CompareAsync(ScriptedStudy study, DurablePlay durable)
    {
        LocalPlay local = await LocalPlay.OfAsync(study);

        await durable.RunAsync();

        Assert.Equal(Lines(local.Log), Lines(durable.Log));
        Assert.Equal(InstanceStatus.Completed, durable.Hub.StatusOf(study.Id.ToString()));
        Assert.Empty(durable.Cluster.UnderWay);
        PlayedLaws.Hold(durable);
    }

    /// <summary>What the log says of each trial, without times: points, starts, values, ends.</summary>
    private static string[] ByTrial(IEnumerable<StudyEvent> log) =>
        [
            .. StudyRecord
                .From(log)
                .Trials.Select(trial =>
                    StudyLaws.Canonical(
                        new
                        {
                            trial.Number,
                            trial.Point,
                            trial.State,
                            trial.Attempts,
                            trial.Outcome,
                            trial.Values,
                        }
                    )
                ),
        ];

    private static string[] Lines(IEnumerable<StudyEvent> log) =>
        [.. log.Select(fact => Encoding.UTF8.GetString(StudyJson.Write(fact)))];
}
