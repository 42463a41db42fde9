using FunctionTune.Hosting;
using FunctionTune.Local.Stores;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Local;

/// <summary>The platforms that studies of a folder can use.</summary>
internal sealed class Platforms(string folder, IEnumerable<ITrialPlatform> platforms)
{
    private readonly FolderStagingArea _store = new(folder);

    /// <summary>The platform of a study and the area that its trials share with it.</summary>
    /// <exception cref="FunctionTuneException">The trials are functions, or nobody here carries them out.</exception>
    public (ITrialPlatform Platform, IStagingArea Area) Of(StudySpec spec)
    {
        ITrialPlatform platform = PlatformOf(spec);
        return (platform, platform.OpenStaging(_store, spec));
    }

    /// <summary>The study with what it leaves to the environment.</summary>
    public StudySpec Complete(StudySpec spec) =>
        spec.Trial is TrialSpec.Remote ? PlatformOf(spec).Complete(spec) : spec;

    /// <summary>What is wrong with a study as far as its description tells.</summary>
    public IReadOnlyList<Problem> Check(StudySpec spec) =>
        spec.Trial is TrialSpec.InProcess ? [] : PlatformOf(spec).Check(spec);

    /// <summary>Gets a study ready to be created: what it says is checked, its data staged, its program built.</summary>
    /// <exception cref="InvalidInputException">Something is wrong with it; nothing but staged data is left behind.</exception>
    public async Task<StudySpec> PrepareAsync(
        StudySpec asked,
        StudyCreation creation,
        CancellationToken cancellationToken
    )
    {
        StudySpec spec = Complete(asked);
        if (spec.Trial is TrialSpec.InProcess)
        {
            return await LocalData
                .StageAsync(spec, _store, inPlace: true, creation.Staging, cancellationToken)
                .ConfigureAwait(false);
        }

        ITrialPlatform platform = PlatformOf(spec);
        IReadOnlyList<Problem> problems = platform.Check(spec);
        if (problems.Count > 0)
        {
            throw new InvalidInputException([.. problems]);
        }

        IStagingArea area = platform.OpenStaging(_store, spec);
        // First what takes a moment: nobody wants to learn of a wrong name after hours of staging.
        Preparation ready = await platform.PrepareAsync(spec, area, cancellationToken).ConfigureAwait(false);
        foreach (string warning in ready.Warnings)
        {
            creation.Warning?.Invoke(warning);
        }

        return await LocalData
            .StageAsync(ready.Spec, area, platform.SharesFiles(spec), creation.Staging, cancellationToken)
            .ConfigureAwait(false);
    }

    private ITrialPlatform PlatformOf(StudySpec spec)
    {
        string name = spec.Trial switch
        {
            TrialSpec.Process => "process",
            TrialSpec.Remote remote => remote.Platform,
            _ => throw new FunctionTuneException(
                $"The trials of study '{spec.Name}' are calls of a function in another program.",
                "Go on with it from that program."
            ),
        };
        return platforms.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.Ordinal))
            ?? throw new FunctionTuneException(
                $"The trials of study '{spec.Name}' run on '{name}', which this program does not know.",
                "Use the functiontune command, or give LocalStudies that platform."
            );
    }
}
