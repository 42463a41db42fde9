using FunctionTune.Hosting;
using FunctionTune.Studies;
using FunctionTune.Testing.Scripted;

namespace FunctionTune.Service.Tests.Durable;

/// <summary>The local host on a virtual clock: what the durable one is compared with.</summary>
public sealed class LocalPlayTests
{
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Played_again_a_study_has_the_same_log(int seed)
    {
        ScriptedStudy study = RandomStudies.Of(seed, TimeSpan.FromSeconds(15 + (seed % 2 * 100)));

        LocalPlay first = await LocalPlay.OfAsync(study);
        LocalPlay second = await LocalPlay.OfAsync(study);

        Assert.True(StudyRecord.From(first.Log).State.IsOver);
        Assert.Equal(Lines(first), Lines(second));
        Assert.Empty(first.Cluster.UnderWay);
        Assert.Empty(StudyReplay.Play(first.Log, Suggesters.BuiltIn).SelectMany(again => again.Differences));
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(0, 10)];

    private static string[] Lines(LocalPlay play) =>
        [.. play.Log.Select(fact => System.Text.Encoding.UTF8.GetString(StudyJson.Write(fact)))];
}
