using System.Diagnostics;
using FunctionTune.Hosting;
using FunctionTune.Service.Durable.Orders;
using FunctionTune.Service.Telemetry;
using FunctionTune.Studies;

namespace FunctionTune.Service.Durable.Books;

/// <summary>
/// What an activity does of its own accord once trials have ended: it fills their slots. The log calls for it, and whoever does it
/// writes it down, so the orchestration finds it done; a step of its own each for suggesting and starting would cost a trial of
/// seconds a good part of its time.
/// </summary>
/// <param name="entry">The study.</param>
/// <param name="time">The clock.</param>
internal sealed class NextSteps(StudyEntry entry, TimeProvider time)
{
    /// <summary>How many trials are started so: more are shared among several activities, by the orchestration.</summary>
    private const int MostTrials = 16;

    /// <summary>Suggests points for all open slots, if the log calls for it.</summary>
    /// <param name="first">The number of the first new trial; null for whichever is next.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public Task SuggestAsync(int? first, CancellationToken cancellationToken) =>
        entry.Ledger.AppendAsync(record => Suggest(record, first), cancellationToken);

    /// <summary>Suggests and starts what the log calls for, when that is little.</summary>
    /// <returns>Whether nothing is left but to wait for the trials under way: all else is the orchestration's to do.</returns>
    public async Task<bool> FillAsync(TrialWork work, CancellationToken cancellationToken)
    {
        try
        {
            await SuggestAsync(first: null, cancellationToken).ConfigureAwait(false);
            StudyCommand[] commands = await OpenAsync(cancellationToken).ConfigureAwait(false);
            if (commands.Length is 0 or > MostTrials || !Array.TrueForAll(commands, IsStartNow))
            {
                return commands.Length == 0;
            }

            await work.StartAsync(
                    [.. commands.Cast<StudyCommand.Start>().Select(s => new TrialAttempt(s.Trial, s.Attempt))],
                    cancellationToken
                )
                .ConfigureAwait(false);
            return (await OpenAsync(cancellationToken).ConfigureAwait(false)).Length == 0;
        }
        catch (FunctionTuneException)
        {
            // The orchestration calls for it again, and waits the longer the more often it fails.
            return false;
        }
    }

    private bool IsStartNow(StudyCommand command) =>
        command is StudyCommand.Start { NotBefore: var earliest } && !(earliest > time.GetUtcNow());

    /// <summary>What is to be done besides looking at the trials, and at the clock.</summary>
    private Task<StudyCommand[]> OpenAsync(CancellationToken cancellationToken) =>
        entry.Ledger.LookAsync(
            record =>
                StudyPlan
                    .For(record.State)
                    .Where(command => command is not (StudyCommand.Watch or StudyCommand.Wake))
                    .ToArray(),
            cancellationToken
        );

    private StudyEvent[] Suggest(StudyRecord record, int? first)
    {
        if (
            StudyPlan.For(record.State).OfType<StudyCommand.Suggest>().FirstOrDefault() is not { } command
            || command.First != (first ?? command.First)
        )
        {
            return [];
        }

        using Activity? span = StudyTelemetry.Begin("ft.suggest", entry.Id, command.Count);
        long began = Stopwatch.GetTimestamp();
        StudyEvent.Suggested answer = SuggestStep.Answer(command, record, entry.SuggesterOf(record), time.GetUtcNow());
        StudyTelemetry.Suggested(Stopwatch.GetElapsedTime(began));
        return [answer];
    }
}
