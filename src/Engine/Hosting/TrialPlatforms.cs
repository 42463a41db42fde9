using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Hosting;

/// <summary>The platforms that a host offers to its studies.</summary>
/// <param name="store">The folder or container in which the studies are kept.</param>
/// <param name="platforms">What carries out trials.</param>
public sealed class TrialPlatforms(IStagingArea store, IEnumerable<ITrialPlatform> platforms)
{
    private readonly ITrialPlatform[] _platforms = [.. platforms];

    /// <summary>The names under which studies ask for the platforms.</summary>
    public IEnumerable<string> Names => _platforms.Select(platform => platform.Name);

    /// <summary>The name of the platform that carries out such trials; null when they are functions of another program.</summary>
    /// <param name="trial">How a trial is carried out.</param>
    public static string? NameOf(TrialSpec trial) =>
        trial switch
        {
            TrialSpec.Process => "process",
            TrialSpec.Remote remote => remote.Platform,
            _ => null,
        };

    /// <summary>The platform of a study and the area that its trials share with it.</summary>
    /// <param name="spec">The study.</param>
    /// <exception cref="FunctionTuneException">The trials are functions, or nobody here carries them out.</exception>
    /// <exception cref="InvalidInputException">The study names no area that the platform can use.</exception>
    public (ITrialPlatform Platform, IStagingArea Area) Of(StudySpec spec)
    {
        ITrialPlatform platform = PlatformOf(spec);
        return (platform, platform.OpenStaging(store, spec));
    }

    /// <summary>The study with what it leaves to the environment.</summary>
    /// <param name="spec">The study.</param>
    /// <exception cref="FunctionTuneException">Nobody here carries out its trials.</exception>
    public StudySpec Complete(StudySpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return spec.Trial is TrialSpec.Remote ? PlatformOf(spec).Complete(spec) : spec;
    }

    /// <summary>What is wrong with a study as far as its description tells.</summary>
    /// <param name="spec">The study.</param>
    /// <exception cref="FunctionTuneException">Nobody here carries out its trials.</exception>
    public IReadOnlyList<Problem> Check(StudySpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return spec.Trial is TrialSpec.InProcess ? [] : PlatformOf(spec).Check(Complete(spec));
    }

    /// <summary>Gets a study ready to be created: what it says is checked, its program built, its data staged.</summary>
    /// <param name="id">The id that it is to have.</param>
    /// <param name="asked">The study.</param>
    /// <param name="data">Finds and stages its data.</param>
    /// <param name="warning">Told what people should know before the study runs, a line a call.</param>
    /// <param name="cancellationToken">Ends the preparation; what was staged is kept.</param>
    /// <exception cref="InvalidInputException">Something is wrong with it; nothing but staged data is left behind.</exception>
    /// <exception cref="FunctionTuneException">A service cannot be reached, or nobody here carries out its trials.</exception>
    public async Task<StudySpec> PrepareAsync(
        StudyId id,
        StudySpec asked,
        IDataStaging data,
        Action<string>? warning,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(data);
        StudySpec spec = Complete(asked);
        if (spec.Trial is TrialSpec.InProcess)
        {
            return await data.StageAsync(spec, store, sharesFiles: true, cancellationToken).ConfigureAwait(false);
        }

        ITrialPlatform platform = PlatformOf(spec);
        IReadOnlyList<Problem> problems = platform.Check(spec);
        if (problems.Count > 0)
        {
            throw new InvalidInputException([.. problems]);
        }

        IStagingArea area = platform.OpenStaging(store, spec);
        // First what takes a moment: nobody wants to learn of a wrong name after hours of staging.
        Preparation ready = await platform.PrepareAsync(id, spec, area, cancellationToken).ConfigureAwait(false);
        foreach (string line in ready.Warnings)
        {
            warning?.Invoke(line);
        }

        return await data.StageAsync(ready.Spec, area, platform.SharesFiles(spec), cancellationToken)
            .ConfigureAwait(false);
    }

    private ITrialPlatform PlatformOf(StudySpec spec)
    {
        string name =
            NameOf(spec.Trial)
            ?? throw new FunctionTuneException(
                $"The trials of study '{spec.Name}' are calls of a function in another program.",
                "Go on with it from that program."
            );
        return Array.Find(_platforms, p => string.Equals(p.Name, name, StringComparison.Ordinal))
            ?? throw new FunctionTuneException(
                $"The trials of study '{spec.Name}' run on '{name}', which this program does not know.",
                $"It knows {string.Join(", ", Names)}."
            );
    }
}
