using System.Collections.Immutable;
using FunctionTune.Hosting;
using FunctionTune.Studies;
using FunctionTune.Suggest;

namespace FunctionTune.Local;

/// <summary>One study in the hands of this process: its record and all that works on it.</summary>
internal sealed class LocalStudy
{
    public required StudyId Id { get; init; }

    public required IStudyStore Store { get; init; }

    public required StudyRecord Record { get; init; }

    public required ITrialRunner Runner { get; init; }

    public required Lazy<ISuggester> Suggester { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Where other processes leave their wishes; null when no other process can know the study.</summary>
    public IStudyInbox? Inbox { get; init; }

    public StopRule? StopRule { get; init; }

    /// <summary>Called after each append.</summary>
    public Action<StudyRecord>? Changed { get; init; }

    public DateTimeOffset Now => Time.GetUtcNow();

    public async Task AppendAsync(ImmutableArray<StudyEvent> events)
    {
        await Store.AppendAsync(Id, Record.Version, events, CancellationToken.None).ConfigureAwait(false);
        foreach (StudyEvent fact in events)
        {
            Record.Apply(fact);
        }

        Changed?.Invoke(Record);
    }

    public StudyEvent.StopRuleAnswered AskStopRule(StudyCommand.AskStopRule ask)
    {
        if (StopRule is null)
        {
            throw new FunctionTuneException(
                $"Study '{Id}' stops by a rule in the code of the program that began it.",
                "Go on with it from that program."
            );
        }

        (bool stop, System.Text.Json.JsonElement? state) = StopRule(new Trials(Record, ask.After), ask.State);
        return new StudyEvent.StopRuleAnswered(Now, ask.After, stop, state);
    }
}
