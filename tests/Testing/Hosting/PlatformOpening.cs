using FunctionTune.Hosting;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Testing.Hosting;

/// <summary>Gets from a platform what a study gets.</summary>
public static class PlatformOpening
{
    /// <summary>A runner of the study <c>study</c>, which is checked and prepared first.</summary>
    /// <param name="platform">The platform.</param>
    /// <param name="store">The area of the store.</param>
    /// <param name="spec">The study.</param>
    public static async Task<ITrialRunner> OpenRunnerAsync(
        this ITrialPlatform platform,
        IStagingArea store,
        StudySpec spec
    )
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        Assert.Empty(platform.Check(spec));
        IStagingArea area = platform.OpenStaging(store, spec);
        Preparation ready = await platform.PrepareAsync(new StudyId("s"), spec, area, cancel);
        var created = new StudyEvent.Created(
            DateTimeOffset.UnixEpoch,
            StudyJson.Format,
            RunnerWatch.Start().Study,
            ready.Spec
        );
        return await platform.CreateRunnerAsync(StudyRecord.From([created]), area, cancel);
    }
}
