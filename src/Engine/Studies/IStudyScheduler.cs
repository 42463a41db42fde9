using System.Collections.Immutable;

namespace FunctionTune.Studies;

/// <summary>
/// What carries out commands and brings the events they cause. What it returns is all that <see cref="StudyLoop"/> awaits,
/// so the loop runs unchanged as durable orchestrator code.
/// </summary>
public interface IStudyScheduler
{
    /// <summary>Begins to carry out commands; never waits for what they cause, never throws for what they meet.</summary>
    /// <param name="commands">New requests, none of which is under way already.</param>
    void Schedule(ImmutableArray<StudyCommand> commands);

    /// <summary>All events that are ready, at least one, already written to the study's log, in the log's order.</summary>
    Task<ImmutableArray<StudyEvent>> NextEventsAsync();
}
