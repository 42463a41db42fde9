using System.Text;
using FunctionTune.Service.Durable;
using Microsoft.Extensions.Logging;

namespace FunctionTune.Testing.Durable;

/// <summary>An instance of an orchestration: the history of its present execution, and what has arrived since its last step.</summary>
internal sealed class HubInstance(string id, string input, HubRules rules, HubFigures figures, ILogger lines)
{
    private readonly List<HistoryRow> _rows = [];
    private readonly List<string> _trace = [];
    private string _input = input;
    private ReplayedRun? _run;
    private int _durableRows = 1;
    private long _bytes = input.Length;

    public string Id => id;

    public InstanceStatus Status { get; set; } = InstanceStatus.Running;

    /// <summary>Which execution it is; what was begun for an earlier one does not arrive any more.</summary>
    public int Execution { get; private set; }

    public string? CustomStatus { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    public string? Failure { get; private set; }

    public bool StepIsDue { get; set; }

    /// <summary>What has arrived since the last step.</summary>
    public List<HistoryRow> Inbox { get; } = [];

    /// <summary>Runs the code from the history and what has arrived.</summary>
    /// <returns>What it asks for.</returns>
    public IReadOnlyList<HubAction> Step(Func<IOrchestration, StudyRun, Task> code, DateTimeOffset now)
    {
        ChangedAt = now;
        int past = _rows.Count;
        _rows.Add(new HistoryRow.StepBegun(now));
        _rows.AddRange(Inbox);
        var run = new ReplayedRun(_trace, rules.Json) { Lines = lines };
        Inbox.Clear();
        _run?.RequireUnbroken();
        _run = run;
        run.Play(code, _input, _rows, past);
        Count(past, run);
        if (run.Status is { } status)
        {
            Show(status);
        }

        if (run.IsOver)
        {
            End(run);
        }

        return run.Actions;
    }

    public void CountTry() => _durableRows += 4;

    private void Show(string status)
    {
        int bytes = Encoding.UTF8.GetByteCount(status);
        figures.MostStatusBytes = Math.Max(figures.MostStatusBytes, bytes);
        CustomStatus =
            bytes <= rules.MostStatusBytes
                ? status
                : throw new DurableRuleException(
                    $"A custom status has at most {rules.MostStatusBytes} bytes, but got {bytes}."
                );
    }

    private void End(ReplayedRun run)
    {
        if (run.Failure is { } failure)
        {
            (Status, Failure) = (InstanceStatus.Failed, failure.ToString());
            return;
        }

        if (run.Next is not { } next)
        {
            Status = InstanceStatus.Completed;
            return;
        }

        Execution++;
        _rows.Clear();
        _trace.Clear();
        (_input, _durableRows, _bytes) = (next, 1, next.Length);
        Inbox.AddRange(run.Unawaited.Select(e => new HistoryRow.Raised(e.Name, e.Payload)));
        Begun();
    }

    public void Begun()
    {
        figures.Executions++;
        figures.MostInputBytes = Math.Max(figures.MostInputBytes, Encoding.UTF8.GetByteCount(_input));
    }

    private void Count(int past, ReplayedRun run)
    {
        foreach (HistoryRow row in _rows.Skip(past))
        {
            _durableRows += row is HistoryRow.StepBegun ? 2 : 1;
            _bytes += row switch
            {
                HistoryRow.Answered answered => answered.Answer.Length,
                HistoryRow.Raised raised => raised.Payload.Length,
                HistoryRow.Failed failed => failed.Message.Length,
                _ => 0,
            };
        }

        _durableRows += run.Actions.Count;
        figures.Steps++;
        figures.MostRows = Math.Max(figures.MostRows, _durableRows);
        figures.MostHistoryBytes = Math.Max(figures.MostHistoryBytes, _bytes);
    }
}
