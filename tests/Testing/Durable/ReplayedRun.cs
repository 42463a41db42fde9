using System.Text.Json;
using FunctionTune.Service.Durable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FunctionTune.Testing.Durable;

/// <summary>
/// One run of an orchestration's code through the history of its execution. What it does is compared with what earlier runs
/// did at the same place.
/// </summary>
internal sealed class ReplayedRun(List<string> trace, JsonSerializerOptions json) : IOrchestration
{
    private readonly StepContext _context = new();
    private readonly EventInbox _events = new();
    private readonly Dictionary<int, Action<HistoryRow>> _outstanding = [];
    private readonly List<HubAction> _actions = [];
    private int _row;
    private int _done;
    private int _calls;
    private bool _isReplaying = true;
    private Task? _code;
    private DurableRuleException? _broken;

    public DateTimeOffset Now { get; private set; }

    public ILogger Log => _isReplaying ? NullLogger.Instance : Lines;

    /// <summary>Where lines go that are not of the past.</summary>
    public required ILogger Lines { get; init; }

    /// <summary>What the latest call of <see cref="Show"/> said; null before.</summary>
    public string? Status { get; private set; }

    /// <summary>What the next execution is told; null unless the code asked for one.</summary>
    public string? Next { get; private set; }

    /// <summary>Events for the next execution.</summary>
    public IReadOnlyList<(string Name, string Payload)> Unawaited => _events.Unawaited;

    /// <summary>What the code asked for that no earlier run had.</summary>
    public IReadOnlyList<HubAction> Actions => _actions;

    /// <summary>Whether the code is through.</summary>
    public bool IsOver => _code!.IsCompleted;

    /// <summary>Why the code failed; null when it did not.</summary>
    public Exception? Failure => _code!.Exception?.InnerException;

    /// <summary>Runs the code through a history.</summary>
    /// <param name="code">The orchestration.</param>
    /// <param name="input">What it was told, JSON.</param>
    /// <param name="rows">The history.</param>
    /// <param name="past">How many rows of it an earlier run has seen.</param>
    public void Play(Func<IOrchestration, StudyRun, Task> code, string input, IReadOnlyList<HistoryRow> rows, int past)
    {
        for (_row = 0; _row < rows.Count; _row++)
        {
            _isReplaying = _row < past;
            HistoryRow row = rows[_row];
            _context.Run(() => Tell(row, code, input));
        }

        if (_broken is null && _done < trace.Count)
        {
            _broken = new DurableRuleException(
                $"Run again, an orchestration does the same as before, but this time it did not: {trace[_done]}"
            );
        }

        if (!_code!.IsCompleted && _outstanding.Count == 0 && !_events.IsAwaited)
        {
            _broken ??= new DurableRuleException(StepContext.Left);
        }

        RequireUnbroken();
    }

    /// <summary>Fails when the code broke a rule, whether or not it swallowed that.</summary>
    public void RequireUnbroken()
    {
        if (_broken is not null)
        {
            throw _broken;
        }
    }

    public Task<T> CallAsync<T>(string name, object order)
    {
        string told = JsonSerializer.Serialize(order, order.GetType(), json);
        int call = Ask($"call {name} {told}", number => new HubAction.Activity(number, name, told));
        var answer = new TaskCompletionSource<T>();
        _outstanding[call] = row =>
        {
            if (row is HistoryRow.Answered answered)
            {
                answer.SetResult(JsonSerializer.Deserialize<T>(answered.Answer, json)!);
            }
            else
            {
                answer.SetException(new ActivityFaultException($"{name}: {((HistoryRow.Failed)row).Message}"));
            }
        };
        return answer.Task;
    }

    public Task TimerAsync(DateTimeOffset due, CancellationToken cancellationToken)
    {
        int call = Ask($"timer {due:O}", number => new HubAction.Timer(number, due));
        var rang = new TaskCompletionSource();
        _outstanding[call] = _ => rang.TrySetResult();
        cancellationToken.Register(() =>
        {
            if (_outstanding.Remove(call))
            {
                Note($"cancel timer {call}");
                rang.TrySetCanceled(cancellationToken);
            }
        });
        return rang.Task;
    }

    public Task<string> EventAsync(string name)
    {
        Note($"await {name}");
        return _events.WaitAsync(name, CancellationToken.None);
    }

    public void Show(StudyProgress progress)
    {
        Status = JsonSerializer.Serialize(progress, json);
        Note($"show {Status}");
    }

    public void ContinueAsNew(StudyRun run)
    {
        Next = JsonSerializer.Serialize(run, json);
        Note($"continue {Next}");
    }

    private void Tell(HistoryRow row, Func<IOrchestration, StudyRun, Task> code, string input)
    {
        switch (row)
        {
            case HistoryRow.StepBegun begun:
                Now = begun.At;
                _code ??= BeginAsync(code, input);
                break;
            case HistoryRow.Raised raised:
                _events.Deliver(raised.Name, raised.Payload);
                break;
            case HistoryRow.Answered answered:
                Complete(answered.Call, row);
                break;
            case HistoryRow.Failed failed:
                Complete(failed.Call, row);
                break;
            case HistoryRow.Rang rang:
                Complete(rang.Call, row);
                break;
            default:
                throw new InvalidOperationException($"Unknown row {row}.");
        }
    }

    private async Task BeginAsync(Func<IOrchestration, StudyRun, Task> code, string input) =>
        await code(this, JsonSerializer.Deserialize<StudyRun>(input, json)!);

    // A timer that was cancelled rings nobody; a doubled answer is the first one.
    private void Complete(int call, HistoryRow row)
    {
        if (_outstanding.Remove(call, out Action<HistoryRow>? complete))
        {
            complete(row);
        }
    }

    private int Ask(string deed, Func<int, HubAction> action)
    {
        int number = _calls++;
        if (Note($"{number}: {deed}"))
        {
            _actions.Add(action(number));
        }

        return number;
    }

    /// <summary>Compares what the code does with what it did; true when it never came this far.</summary>
    private bool Note(string deed)
    {
        Require(_context.IsHere, StepContext.Left);
        string here = $"after row {_row}: {deed}";
        bool late = Next is not null && !deed.StartsWith('c');
        Require(!late, $"Code returns right after ContinueAsNew, but went on. {here}");
        if (_done == trace.Count)
        {
            trace.Add(here);
            _done++;
            return true;
        }

        Require(
            string.Equals(trace[_done], here, StringComparison.Ordinal),
            $"Run again, an orchestration does the same as before.\nbefore: {trace[_done]}\nnow:    {here}"
        );
        _done++;
        return false;
    }

    private void Require(bool holds, string rule)
    {
        if (!holds)
        {
            _broken ??= new DurableRuleException(rule);
            throw _broken;
        }
    }
}
