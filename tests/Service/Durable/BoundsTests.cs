using FunctionTune.Local;
using FunctionTune.Local.Stores;
using FunctionTune.Studies;
using FunctionTune.Testing;
using FunctionTune.Testing.Durable;
using FunctionTune.Testing.Scripted;

namespace FunctionTune.Service.Tests.Durable;

/// <summary>What a durable host carries does not grow with the number of trials.</summary>
public sealed class BoundsTests : IDisposable
{
    private const int Parallelism = 4;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Four_times_the_trials_make_four_times_the_executions_and_none_of_them_is_larger()
    {
        HubFigures some = await FiguresAsync(1_000);
        HubFigures many = await FiguresAsync(4_000);

        Assert.InRange((double)many.Executions / some.Executions, 2, 6);
        Assert.InRange(many.MostRows, 1, 1_500);
        Assert.InRange(many.MostHistoryBytes, 1, 300_000);
        // One letter more where the input says that it is a continuation.
        Assert.InRange(many.MostInputBytes, some.MostInputBytes, some.MostInputBytes + 1);
        Assert.InRange(many.MostOrderBytes, 1, 16 * 40);
        Assert.InRange(many.MostAnswerBytes, 1, 16_000);
        Assert.InRange(many.MostStatusBytes, 1, 1_024);
        Assert.InRange((double)many.MostRows / some.MostRows, 0.7, 1.3);
        Assert.InRange((double)many.MostHistoryBytes / some.MostHistoryBytes, 0.7, 1.3);
        Assert.InRange((double)many.MostAnswerBytes / some.MostAnswerBytes, 0.7, 1.3);
    }

    private async Task<HubFigures> FiguresAsync(int trials)
    {
        var play = new DurablePlay(
            PlainStudies.Of(trials, Parallelism, TimeSpan.FromSeconds(10)),
            new MemoryStudyStore(),
            new FolderStagingArea(_folder.Path),
            new HubRules { Json = StudyJson.Options }
        );

        await play.RunAsync();

        Assert.Equal(new TrialCounts(Succeeded: trials), play.Record.State.Counts);
        // Nothing takes time on this hub: no slot is ever idle, and what is left is the last wave.
        TimeSpan ideal = TimeSpan.FromSeconds(10) * trials / Parallelism;
        Assert.InRange(
            play.Record.State.EndedAt!.Value - play.Record.CreatedAt,
            0.95 * ideal,
            ideal + TimeSpan.FromSeconds(12)
        );
        return play.Hub.Figures;
    }
}
