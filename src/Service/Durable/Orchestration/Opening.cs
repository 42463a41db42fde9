using FunctionTune.Service.Durable.Orders;

namespace FunctionTune.Service.Durable.Orchestration;

/// <summary>How an execution of the orchestration finds its study: it reads where the log stands, and creates it if need be.</summary>
internal sealed class Opening(IOrchestration durable, StudyRun run, NewsWaiter news, Alarm alarm, ProgressBoard board)
{
    // Trouble may last for weeks; a history may not.
    private const int MostTries = 50;

    /// <summary>Where the study stands; null when there is none to work on, or when the next execution is to try again.</summary>
    public async Task<StudyStanding?> LoadAsync()
    {
        StudyStanding? standing = await TryAsync<StudyStanding>(
            ActivityNames.Load,
            new LoadOrder(run.Study, Returns: !run.Continued)
        );
        if (standing is not { State: null })
        {
            return standing;
        }

        PrepareAnswer? prepared = await TryAsync<PrepareAnswer>(ActivityNames.Prepare, new PrepareOrder(run.Study));
        if (prepared is { Outcome: PrepareOutcome.Created })
        {
            return await TryAsync<StudyStanding>(ActivityNames.Load, new LoadOrder(run.Study, Returns: false));
        }

        if (prepared is not null)
        {
            Phase = prepared.Outcome == PrepareOutcome.Refused ? "refused" : "unknown";
        }

        return null;
    }

    /// <summary>What becomes of a study that there is none of: <c>preparing</c>, <c>refused</c> or <c>unknown</c>.</summary>
    public string Phase { get; private set; } = "preparing";

    /// <summary>Calls an activity until it has no trouble; null when it is time for the next execution.</summary>
    private async Task<T?> TryAsync<T>(string activity, object order)
        where T : class, IActivityAnswer
    {
        var backOff = new BackOff();
        for (int tries = 1; tries <= MostTries; tries++)
        {
            (T? answer, string? trouble) = await CallAsync<T>(activity, order);
            backOff.Note(trouble, durable.Now);
            if (trouble is null)
            {
                return answer;
            }

            Tell(answer, trouble);
            // Somebody who wants the study cancelled, or who has mended what was broken, need not wait.
            await Task.WhenAny(alarm.RingAsync(backOff.Until)!, news.Arrived);
            alarm.Cancel();
            news.Take();
        }

        return null;
    }

    private async Task<(T? Answer, string? Trouble)> CallAsync<T>(string activity, object order)
        where T : class, IActivityAnswer
    {
        try
        {
            T answer = await durable.CallAsync<T>(activity, order);
            return (answer, answer.Trouble);
        }
        catch (ActivityFaultException fault)
        {
            return (null, fault.Message);
        }
    }

    private void Tell(IActivityAnswer? answer, string trouble)
    {
        if (answer is StudyStanding { State: { } state })
        {
            board.Show(state, trouble);
        }
        else
        {
            board.Show(Phase, trouble);
        }
    }
}
