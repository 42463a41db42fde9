using System.Collections.Immutable;
using FunctionTune.Studies;

namespace FunctionTune.Remote.Jobs;

/// <summary>A job that is to be submitted to a service: it carries out one trial, or the trials of a batch one after the other.</summary>
/// <param name="Study">The study.</param>
/// <param name="Token">Names the job to the service: submitted again, it is the same job. 64 hexadecimal digits.</param>
/// <param name="Place">Where the job finds its trial file, or the list of its trials.</param>
/// <param name="Trials">The trials, at least one.</param>
/// <param name="Timeout">How long the job may take; null for no limit.</param>
internal sealed record JobOrder(
    StudyId Study,
    string Token,
    string Place,
    ImmutableArray<TrialAttempt> Trials,
    TimeSpan? Timeout
)
{
    /// <summary>Whether the job carries out a batch.</summary>
    public bool IsBatch { get; init; }
}
