using System.Text.Json;

namespace FunctionTune.Studies;

/// <summary>
/// A request of the reducer to its host. Whatever it causes comes back as an event. Two commands with the same
/// <see cref="Key"/> are one request: while one is under way the other is not made.
/// </summary>
/// <param name="Key">Names the request.</param>
public abstract record StudyCommand(string Key)
{
    /// <summary>Suggest points for new trials. Answered by <see cref="StudyEvent.Suggested"/>.</summary>
    /// <param name="First">Number of the first new trial.</param>
    /// <param name="Count">How many. Range: at least 1.</param>
    public sealed record Suggest(int First, int Count) : StudyCommand($"suggest/{First}");

    /// <summary>Start an attempt at a trial. Answered by <see cref="StudyEvent.Started"/> or <see cref="StudyEvent.Finished"/>.</summary>
    /// <param name="Trial">The trial's number.</param>
    /// <param name="Attempt">The attempt, from 1.</param>
    /// <param name="NotBefore">The earliest time for it; null for now. An attempt whose study stops meanwhile is not started.</param>
    public sealed record Start(int Trial, int Attempt, DateTimeOffset? NotBefore = null)
        : StudyCommand($"start/{Trial}/{Attempt}");

    /// <summary>Watch an attempt until it ends. Answered by <see cref="StudyEvent.Reported"/> and <see cref="StudyEvent.Finished"/>.</summary>
    /// <param name="Trial">The trial's number.</param>
    /// <param name="Attempt">The attempt.</param>
    /// <param name="Handle">What its runner knows it by.</param>
    public sealed record Watch(int Trial, int Attempt, JsonElement Handle) : StudyCommand($"watch/{Trial}/{Attempt}");

    /// <summary>Stop an attempt; its watch tells how it ended.</summary>
    /// <param name="Trial">The trial's number.</param>
    /// <param name="Attempt">The attempt.</param>
    /// <param name="Handle">What its runner knows it by.</param>
    public sealed record Stop(int Trial, int Attempt, JsonElement Handle) : StudyCommand($"stop/{Trial}/{Attempt}");

    /// <summary>Say when the time is over. Answered by <see cref="StudyEvent.TimeLimitReached"/>.</summary>
    /// <param name="Deadline">The time.</param>
    public sealed record Wake(DateTimeOffset Deadline) : StudyCommand($"wake/{Deadline.UtcTicks}");

    /// <summary>Ask the user's own stop rule. Answered by <see cref="StudyEvent.StopRuleAnswered"/>.</summary>
    /// <param name="After">As of how many ended trials.</param>
    /// <param name="State">What the rule wanted to be handed.</param>
    public sealed record AskStopRule(int After, JsonElement? State) : StudyCommand($"stopRule/{After}");

    /// <summary>The study is over: say so. Answered by <see cref="StudyEvent.Ended"/>.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record End(StopReason Reason) : StudyCommand($"end/{Reason}");
}
