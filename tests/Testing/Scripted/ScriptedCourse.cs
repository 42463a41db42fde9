using System.Collections.Immutable;
using FunctionTune.History;

namespace FunctionTune.Testing.Scripted;

/// <summary>The course of an attempt: how long it takes and how it ends.</summary>
/// <param name="Duration">How long it takes when nobody stops it. Whole milliseconds, above zero.</param>
/// <param name="Outcome">How it ends then.</param>
public sealed record ScriptedCourse(TimeSpan Duration, TrialOutcome Outcome)
{
    /// <summary>Whether the cluster takes it; when not, <see cref="Outcome"/> is the answer to the start.</summary>
    public bool IsTaken { get; init; } = true;

    /// <summary>From the request to stop to the end. Whole milliseconds.</summary>
    public TimeSpan StopTakes { get; init; }

    /// <summary>When it reports a value, from its beginning, rising.</summary>
    public ImmutableArray<TimeSpan> Reports { get; init; } = [];
}
