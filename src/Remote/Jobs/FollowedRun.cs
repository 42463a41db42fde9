using FunctionTune.History;
using FunctionTune.Hosting;

namespace FunctionTune.Remote.Jobs;

/// <summary>A run that this process follows.</summary>
/// <param name="run">The run.</param>
/// <param name="began">The time stamp at which it was first seen.</param>
internal sealed class FollowedRun(TrialRun run, long began)
{
    private string? _reason;

    public TrialRun Run => run;

    public JobHandle Handle { get; } = JobHandle.Read(run.Handle);

    public long Began => began;

    /// <summary>Why it was asked to stop; null when it was not.</summary>
    public string? Reason => _reason;

    /// <summary>How it ended; null while it goes on.</summary>
    public TrialOutcome? Outcome { get; set; }

    /// <summary>Notes that it was asked to stop; the first reason stays.</summary>
    public void Ask(string reason) => Interlocked.CompareExchange(ref _reason, reason, null);
}
