using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FunctionTune.Studies;

/// <summary>
/// All that decisions about a study need: the fold of its log. It holds ids and counts, no points, and its size depends on
/// the parallelism, not on the number of trials.
/// </summary>
public sealed record StudyState
{
    /// <summary>The state of a study that has no events yet.</summary>
    public static StudyState Empty { get; } = new();

    /// <summary>Where the study stands.</summary>
    public StudyStatus Status { get; init; }

    /// <summary>Why it stops or ended; null while it goes on.</summary>
    public StopReason? Reason { get; init; }

    /// <summary>Whether the first event has come.</summary>
    public bool IsCreated { get; init; }

    /// <summary>What bounds the study now.</summary>
    public StudyLimits Limits { get; init; } = new();

    /// <summary>What the host's machine or cluster can carry, as measured last; null before.</summary>
    public MeasuredCapacity? Capacity { get; init; }

    /// <summary>
    /// How many trials may be under way at once now: the parallelism that was asked for, or what can be carried when that was
    /// asked for, and never more than the runner's ceiling. Range: at least 1.
    /// </summary>
    [JsonIgnore]
    public int Slots =>
        Math.Clamp(
            (Limits.AutoParallelism ? Capacity?.Slots : null) ?? Limits.Parallelism,
            1,
            Capacity?.Ceiling ?? int.MaxValue
        );

    /// <summary>When the time is over; null for no limit.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The number that the next new trial gets; as many have been suggested.</summary>
    public int NextTrial { get; init; }

    /// <summary>Whether the space holds no further point.</summary>
    public bool Exhausted { get; init; }

    /// <summary>Trials that wait to be started, by number.</summary>
    public ImmutableSortedDictionary<int, WaitingTrial> Waiting { get; init; } =
        ImmutableSortedDictionary<int, WaitingTrial>.Empty;

    /// <summary>Trials under way, by number.</summary>
    public ImmutableSortedDictionary<int, LiveTrial> Live { get; init; } =
        ImmutableSortedDictionary<int, LiveTrial>.Empty;

    /// <summary>How many trials ended, and how.</summary>
    public TrialCounts Counts { get; init; } = new();

    /// <summary>The best trial; null before the first success.</summary>
    public BestTrial? Best { get; init; }

    /// <summary>The state of the rule about progress.</summary>
    public ProgressWatch Progress { get; init; } = new();

    /// <summary>The state of the rule about identical failures.</summary>
    public FailureStreak Failures { get; init; } = new();

    /// <summary>When it ended the last time; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The latest events that steered the study, at most 32, oldest first: they count once, however often they come.</summary>
    public ImmutableArray<StudyEvent> Steered { get; init; } = [];

    /// <summary>As of how many ended trials the user's own stop rule has answered.</summary>
    public int StopRuleAskedAfter { get; init; }

    /// <summary>What the user's own stop rule wants to be handed the next time.</summary>
    public JsonElement? StopRuleState { get; init; }

    /// <summary>Whether the study is over.</summary>
    public bool IsOver => Status == StudyStatus.Ended;
}
