using System.Collections.Immutable;
using FunctionTune.Studies;

namespace FunctionTune.Testing.Studies;

/// <summary>
/// Plays the part of a durable host: it hands the loop the turns that are known already, and nothing after them. The loop
/// is run anew for every turn.
/// </summary>
/// <param name="turns">The events of each turn, in order.</param>
public sealed class ReplayingScheduler(IReadOnlyList<ImmutableArray<StudyEvent>> turns) : IStudyScheduler
{
    private readonly List<ImmutableArray<StudyCommand>> _scheduled = [];
    private int _next;

    /// <summary>What the loop scheduled, call by call.</summary>
    public IReadOnlyList<ImmutableArray<StudyCommand>> Scheduled => _scheduled;

    /// <inheritdoc/>
    public void Schedule(ImmutableArray<StudyCommand> commands) => _scheduled.Add(commands);

    /// <inheritdoc/>
    public Task<ImmutableArray<StudyEvent>> NextEventsAsync() =>
        _next < turns.Count
            ? Task.FromResult(turns[_next++])
            : new TaskCompletionSource<ImmutableArray<StudyEvent>>().Task;
}
