using FunctionTune.Hosting;
using FunctionTune.Studies;

namespace FunctionTune.Local;

/// <summary>What the one who runs a study here brings along.</summary>
internal sealed record StudyRunOptions
{
    /// <summary>What carries out the trials; disposed of when the run ends.</summary>
    public required Func<StudyRecord, CancellationToken, Task<ITrialRunner>> CreateRunner { get; init; }

    /// <summary>The algorithms that the study may name.</summary>
    public Suggesters Suggesters { get; init; } = Suggesters.BuiltIn;

    /// <summary>The user's own stop rule.</summary>
    public StopRule? StopRule { get; init; }

    /// <summary>Called after each append, one call at a time.</summary>
    public Action<StudyRecord>? Changed { get; init; }
}
