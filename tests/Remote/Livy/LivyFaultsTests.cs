using FunctionTune.LivyEmulator;
using FunctionTune.LivyEmulator.Batches;
using FunctionTune.Local;
using FunctionTune.StandIns.Faults;
using FunctionTune.Studies;
using FunctionTune.Testing;

namespace FunctionTune.Remote.Tests.Livy;

/// <summary>A whole study on a server that has a bad day.</summary>
public sealed class LivyFaultsTests
{
    private const int Trials = 60;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_trial_is_begun_and_counted_once_whatever_is_lost_on_the_way()
    {
        await using TestLivy livy = await TestLivy.StartAsync(
            new LivyServerOptions { Slots = 8, Seed = 3 },
            time: new FastTime(20)
        );
        StudySpec spec = livy.Spec("def loss(x):\n    return x\n", options => options["objective"] = "loss") with
        {
            Limits = new StudyLimits { MaxEvals = Trials, Parallelism = 8 },
        };
        using var studies = new LocalStudies(livy.Folder["store"], platforms: [livy.Platform]);
        var id = new StudyId("bad-day");
        await studies.CreateAsync(id, spec, cancellationToken: Cancel);
        livy.Server.Faults.Set(
            new Fault.LostResponse { Rate = 0.1 },
            new Fault.Throttled { Rate = 0.1 },
            new Fault.Error(500, "", "java.lang.NullPointerException") { Rate = 0.05 },
            new Fault.HtmlPage { Rate = 0.03 },
            new Fault.Cut { Rate = 0.02 }
        );

        StudyRecord record = await studies.RunAsync(id, cancellationToken: Cancel);

        Assert.Equal(Trials, record.State.Counts.Succeeded);
        string?[] names = [.. livy.Server.Batches.Begun.Select(request => request.Name)];
        Assert.Equal(Trials, names.Length);
        Assert.Equal(Trials, names.Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain(
            livy.Server.Batches.All,
            batch => batch.State is BatchState.Running or BatchState.Starting
        );
        Assert.True(livy.Server.Faults.Struck.Values.Sum() > Trials / 4);
    }
}
