using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using FunctionTune.History;

namespace FunctionTune.Studies;

/// <summary>
/// A fact about a study: one line of its log. Events are kept for ever: cases and optional fields are added, never renamed
/// or removed. A repeated or late event changes nothing.
/// </summary>
/// <param name="At">When the fact came to be known, UTC.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Created), "created")]
[JsonDerivedType(typeof(Suggested), "suggested")]
[JsonDerivedType(typeof(Started), "started")]
[JsonDerivedType(typeof(Reported), "reported")]
[JsonDerivedType(typeof(Finished), "finished")]
[JsonDerivedType(typeof(Paused), "paused")]
[JsonDerivedType(typeof(Resumed), "resumed")]
[JsonDerivedType(typeof(CancelRequested), "cancelRequested")]
[JsonDerivedType(typeof(LimitsChanged), "limitsChanged")]
[JsonDerivedType(typeof(TimeLimitReached), "timeLimitReached")]
[JsonDerivedType(typeof(HostReturned), "hostReturned")]
[JsonDerivedType(typeof(StopRuleAnswered), "stopRuleAnswered")]
[JsonDerivedType(typeof(CapacityMeasured), "capacityMeasured")]
[JsonDerivedType(typeof(Ended), "ended")]
public abstract record StudyEvent([property: JsonPropertyOrder(-1)] DateTimeOffset At)
{
    /// <summary>The study exists. Always the first event.</summary>
    /// <param name="At">When.</param>
    /// <param name="Format">Version of the event format; 1.</param>
    /// <param name="Id">The study's id.</param>
    /// <param name="Spec">What it is to do.</param>
    public sealed record Created(DateTimeOffset At, int Format, StudyId Id, StudySpec Spec) : StudyEvent(At);

    /// <summary>New trials were suggested.</summary>
    /// <param name="At">When.</param>
    /// <param name="Seen">How many events of the log the suggester had seen.</param>
    /// <param name="Trials">The new trials, numbers rising.</param>
    /// <param name="Exhausted">Whether the space holds no further point.</param>
    public sealed record Suggested(
        DateTimeOffset At,
        long Seen,
        ImmutableArray<SuggestedTrial> Trials,
        bool Exhausted = false
    ) : StudyEvent(At);

    /// <summary>An attempt at a trial is under way.</summary>
    /// <param name="At">When.</param>
    /// <param name="Trial">The trial's number.</param>
    /// <param name="Attempt">The attempt, from 1.</param>
    /// <param name="Handle">What its runner knows it by.</param>
    public sealed record Started(DateTimeOffset At, int Trial, int Attempt, JsonElement Handle) : StudyEvent(At);

    /// <summary>A trial under way reported intermediate values.</summary>
    /// <param name="At">When.</param>
    /// <param name="Trial">The trial's number.</param>
    /// <param name="Attempt">The attempt.</param>
    /// <param name="Step">The step, such as an epoch. Range: at least 0.</param>
    /// <param name="Values">Finite numbers by name.</param>
    public sealed record Reported(
        DateTimeOffset At,
        int Trial,
        int Attempt,
        long Step,
        ImmutableSortedDictionary<string, double> Values
    ) : StudyEvent(At);

    /// <summary>An attempt at a trial ended.</summary>
    /// <param name="At">When.</param>
    /// <param name="Trial">The trial's number.</param>
    /// <param name="Attempt">The attempt.</param>
    /// <param name="Outcome">How.</param>
    public sealed record Finished(DateTimeOffset At, int Trial, int Attempt, TrialOutcome Outcome) : StudyEvent(At);

    /// <summary>The user wants nothing new started for now.</summary>
    /// <param name="At">When.</param>
    public sealed record Paused(DateTimeOffset At) : StudyEvent(At);

    /// <summary>The user wants a paused study to go on.</summary>
    /// <param name="At">When.</param>
    public sealed record Resumed(DateTimeOffset At) : StudyEvent(At);

    /// <summary>The user wants the study to end now.</summary>
    /// <param name="At">When.</param>
    public sealed record CancelRequested(DateTimeOffset At) : StudyEvent(At);

    /// <summary>The user changed the limits; a study that ended because of one of them goes on.</summary>
    /// <param name="At">When.</param>
    /// <param name="Change">The new limits.</param>
    public sealed record LimitsChanged(DateTimeOffset At, LimitsChange Change) : StudyEvent(At);

    /// <summary>The study's time is over.</summary>
    /// <param name="At">When.</param>
    /// <param name="Deadline">The deadline that passed.</param>
    public sealed record TimeLimitReached(DateTimeOffset At, DateTimeOffset Deadline) : StudyEvent(At);

    /// <summary>No host worked on the study for a while; the time limit moves on by as much.</summary>
    /// <param name="At">When a host took it up again.</param>
    /// <param name="AwaySince">The last sign of the host before.</param>
    public sealed record HostReturned(DateTimeOffset At, DateTimeOffset AwaySince) : StudyEvent(At);

    /// <summary>The user's own stop rule was asked.</summary>
    /// <param name="At">When.</param>
    /// <param name="After">After how many ended trials.</param>
    /// <param name="Stop">Whether the study should end.</param>
    /// <param name="State">What the rule wants to be handed the next time.</param>
    public sealed record StopRuleAnswered(DateTimeOffset At, int After, bool Stop, JsonElement? State = null)
        : StudyEvent(At);

    /// <summary>The host found out what its machine or cluster can carry.</summary>
    /// <param name="At">When.</param>
    /// <param name="Slots">How many trials at once. Range: at least 1.</param>
    /// <param name="Why">How the numbers come about, in one line.</param>
    /// <param name="Ceiling">What no wish goes beyond; null for no bound. Range: at least 1.</param>
    public sealed record CapacityMeasured(DateTimeOffset At, int Slots, string Why, int? Ceiling = null)
        : StudyEvent(At);

    /// <summary>The study is over and nothing is under way.</summary>
    /// <param name="At">When.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Ended(DateTimeOffset At, StopReason Reason) : StudyEvent(At);
}
