using FunctionTune.History;
using FunctionTune.Spaces;

namespace FunctionTune.Studies;

/// <summary>All that a study's log says about one trial.</summary>
/// <param name="Number">The trial's number, from 0.</param>
/// <param name="Point">Its setting.</param>
/// <param name="Source">Who suggested it: an algorithm's name, or <c>given</c>.</param>
public sealed record TrialRecord(int Number, Point Point, string Source)
{
    /// <summary>Why that algorithm, in one line; null when nothing was said, or it goes on as before.</summary>
    public string? Reason { get; init; }

    /// <summary>Why this point; null unless the study keeps explanations.</summary>
    public Explanation? Why { get; init; }

    /// <summary>Where it stands.</summary>
    public TrialState State { get; init; }

    /// <summary>How many attempts were begun.</summary>
    public int Attempts { get; init; }

    /// <summary>When it was suggested.</summary>
    public DateTimeOffset SuggestedAt { get; init; }

    /// <summary>When its latest attempt was started; null before.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How its latest ended attempt ended; null before.</summary>
    public TrialOutcome? Outcome { get; init; }

    /// <summary>What its latest attempt reported on its way, in the order of reporting.</summary>
    public ReportedValues Values { get; init; } = ReportedValues.None;

    /// <summary>Its finite loss; null when it has none.</summary>
    public double? Loss => (Outcome as TrialOutcome.Succeeded)?.Result.Loss;

    /// <summary>How long its latest attempt took; null while that is not known.</summary>
    public TimeSpan? Duration => EndedAt - StartedAt;
}
