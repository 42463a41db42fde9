using System.Collections.Immutable;
using System.Text;
using FunctionTune.Studies;

namespace FunctionTune.Testing.Studies;

/// <summary>
/// A random history of a study: most events answer what the state calls for, others are repeated, late, out of order, or
/// the user's. It ends wherever its moves end.
/// </summary>
public sealed class StudyStory
{
    private List<StudyState>? _states;

    /// <summary>The story of these moves.</summary>
    public StudyStory(StudyLimits limits, ImmutableArray<StudyMove> moves)
    {
        (Limits, Moves) = (limits, moves);
        var writer = new StoryWriter(limits);
        foreach (StudyMove move in moves)
        {
            writer.Play(move);
        }

        Events = [.. writer.Events];
    }

    /// <summary>The limits at first.</summary>
    public StudyLimits Limits { get; }

    /// <summary>The moves that make the story.</summary>
    public ImmutableArray<StudyMove> Moves { get; }

    /// <summary>The events, oldest first.</summary>
    public ImmutableArray<StudyEvent> Events { get; }

    /// <summary>Every state on the way: one more than there are events.</summary>
    public IReadOnlyList<StudyState> States() => _states ??= Fold();

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder($"{Limits}\n");
        foreach (StudyEvent fact in Events)
        {
            text.AppendLine(fact is StudyEvent.Created ? "created" : fact.ToString());
        }

        return text.ToString();
    }

    private List<StudyState> Fold()
    {
        List<StudyState> states = [StudyState.Empty];
        foreach (StudyEvent fact in Events)
        {
            states.Add(StudyReducer.Reduce(states[^1], fact));
        }

        return states;
    }
}
