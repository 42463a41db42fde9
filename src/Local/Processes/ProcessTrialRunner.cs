using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Local.Stores;
using FunctionTune.Studies;

namespace FunctionTune.Local.Processes;

/// <summary>
/// Runs each attempt as a program of its own, in <c>studies/&lt;id&gt;/trials/&lt;n&gt;/&lt;attempt&gt;</c>. The variable
/// <c>FUNCTIONTUNE_TRIAL</c> names the file that tells the program its parameters. Its result is the file
/// <c>result.json</c>, or else the last line that it prints to standard output.
/// </summary>
/// <remarks>
/// Nothing that a program starts outlives its attempt: on Linux, processes are found by their parents, by their session, and
/// by the variable in their environment. They are asked to end by SIGTERM, and killed a little later. An attempt that an
/// earlier host began, and whose end nobody saw, counts by the result file it left, and as interrupted without one.
/// What is printed is kept in <c>output.txt</c>: the first 768 KiB and the last 256 KiB.
/// </remarks>
public sealed class ProcessTrialRunner : ITrialRunner, IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>The longest that the end of this process waits for that of its programs.</summary>
    private static readonly TimeSpan LastMoment = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(StudyId, int, int), Lazy<Task<Begun>>> _attempts = new();
    private readonly News<(StudyId, int, int)> _news;
    private readonly ProcessTable _own = ProcessTable.OfThisProcess();
    private readonly ProcessTable _all = new(since: 0);
    private readonly Lazy<TrialCommand> _command;
    private readonly string _folder;
    private readonly TrialSpec.Process _spec;
    private readonly TimeProvider _clock;
    private volatile bool _closed;

    /// <summary>A runner of one command.</summary>
    /// <param name="folder">The store's folder.</param>
    /// <param name="spec">The command, at least a program, and its environment.</param>
    /// <param name="programFolder">The folder for <c>{trial}</c> in the command, and for a relative path of the program.</param>
    /// <param name="clock">Measures timeouts.</param>
    public ProcessTrialRunner(string folder, TrialSpec.Process spec, string programFolder, TimeProvider clock)
    {
        _folder = Path.GetFullPath(folder);
        _spec = spec;
        _clock = clock;
        _news = new News<(StudyId, int, int)>(Interval, clock);
        _command = new Lazy<TrialCommand>(() => TrialCommand.Resolve(spec, Path.GetFullPath(programFolder)));
        AppDomain.CurrentDomain.ProcessExit += KillAll;
    }

    /// <summary>How long a program may go on after it was asked to end.</summary>
    internal TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether programs are told their trial file by an argument as well: the variable may not reach them.</summary>
    internal bool TellsByArgument { get; init; }

    /// <summary>How many programs are carried at once.</summary>
    internal RunnerCapacity Capacity { get; init; } = MachineCapacity.Now;

    /// <inheritdoc/>
    public bool OutlivesHost => false;

    /// <inheritdoc/>
    public Task<RunnerCapacity?> MeasureAsync(CancellationToken cancellationToken) =>
        Task.FromResult<RunnerCapacity?>(Capacity);

    /// <inheritdoc/>
    public Task SweepAsync(StudyId study, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<StartResult> StartAsync(TrialStart start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        Lazy<Task<Begun>> begun = _attempts.GetOrAdd(
            (start.Study, start.Trial, start.Attempt),
            _ => new Lazy<Task<Begun>>(() => Task.Run(() => BeginAsync(start), CancellationToken.None))
        );
        return (await begun.Value.WaitAsync(cancellationToken).ConfigureAwait(false)).Start;
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<RunReport>> PollAsync(
        ImmutableArray<TrialRun> runs,
        CancellationToken cancellationToken
    )
    {
        var reports = ImmutableArray.CreateBuilder<RunReport>(runs.Length);
        foreach (TrialRun run in runs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            reports.Add(await LookAsync(run).ConfigureAwait(false));
        }

        return reports.MoveToImmutable();
    }

    /// <inheritdoc/>
    public async Task StopAsync(TrialRun run, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        Begun begun = await KnownAsync(run).WaitAsync(cancellationToken).ConfigureAwait(false);
        begun.Run?.Ask(new Ending.Stopped(reason));
    }

    /// <inheritdoc/>
    public Task WaitForNewsAsync(CancellationToken cancellationToken) => _news.WaitAsync(cancellationToken);

    /// <summary>Ends everything that is under way, and returns when nothing of it is left; it counts as interrupted.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        Begun[] begun = await Task.WhenAll(_attempts.Values.Select(attempt => attempt.Value)).ConfigureAwait(false);
        AttemptRun[] runs = [.. begun.Select(attempt => attempt.Run).OfType<AttemptRun>()];
        Array.ForEach(runs, run => run.Ask(new Ending.HostGone()));
        await Task.WhenAll(runs.Select(run => run.Ended)).ConfigureAwait(false);
        AppDomain.CurrentDomain.ProcessExit -= KillAll;
    }

    /// <summary>The process ends before the runner was disposed of: its programs go with it, unasked.</summary>
    private void KillAll(object? sender, EventArgs e)
    {
        _closed = true;
        IEnumerable<Task> ends = _attempts.Values.Where(attempt => attempt.IsValueCreated).Select(KillAsync);
#pragma warning disable VSTHRD002 // a reason: the process ends when this returns
        Task.WaitAll([.. ends], LastMoment);
#pragma warning restore VSTHRD002
    }

    private async Task KillAsync(Lazy<Task<Begun>> attempt)
    {
        if ((await attempt.Value.ConfigureAwait(false)).Run is { Ended.IsCompleted: false } run)
        {
            await new AttemptProcesses(_all, run.Folder.Trial, root: null)
                .EndAsync(TimeSpan.Zero)
                .ConfigureAwait(false);
        }
    }

    private async ValueTask<RunReport> LookAsync(TrialRun run)
    {
        Begun begun = await KnownAsync(run).ConfigureAwait(false);
        RunReport report = begun.Run is { } known
            ? await known.LookAsync().ConfigureAwait(false)
            : new RunReport([], begun.Start.Outcome);
        if (report.Outcome is not null)
        {
            _news.Told((run.Study, run.Trial, run.Attempt));
        }

        return report;
    }

    /// <summary>What is known of a run; one that this process did not start is taken over.</summary>
    private Task<Begun> KnownAsync(TrialRun run)
    {
        (StudyId, int, int) key = (run.Study, run.Trial, run.Attempt);
        return _attempts
            .GetOrAdd(
                key,
                _ => new Lazy<Task<Begun>>(() =>
                {
                    var folder = AttemptFolder.Of(_folder, run.Study, run.Trial, run.Attempt);
                    return Task.FromResult(Begun.Under(Watch(key, folder, run.Handle, TakeOverAsync)));
                })
            )
            .Value;
    }

    private async Task<Begun> BeginAsync(TrialStart start)
    {
        (StudyId, int, int) key = (start.Study, start.Trial, start.Attempt);
        var folder = AttemptFolder.Of(_folder, start.Study, start.Trial, start.Attempt);
        try
        {
            if (_closed)
            {
                return Begun.Not(new TrialOutcome.Interrupted());
            }

            if (folder.IsBegun)
            {
                AttemptRun old = Watch(key, folder, HandleOf(0), TakeOverAsync);
                TrialOutcome outcome = await old.Ended.ConfigureAwait(false);
                return outcome is TrialOutcome.Interrupted ? Begun.Not(outcome) : Begun.Under(old);
            }

            if (_command.Value.Problem is { } problem)
            {
                return Begun.Not(CouldNotStart(problem));
            }

            folder.Begin(start);
            Process process = StartProgram(folder);
            var watch = new ProgramWatch(process, _own, start.Timeout, Grace, _clock);
            return Begun.Under(Watch(key, folder, HandleOf(process.Id), watch.WatchAsync));
        }
        catch (Win32Exception fault)
        {
            return Begun.Not(CouldNotStart($"'{_command.Value.Program}' could not be started: {fault.Message}"));
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            return Begun.Not(new TrialOutcome.Lost(OutcomeText.Line($"the trial's folder: {fault.Message}")));
        }
    }

    private AttemptRun Watch(
        (StudyId, int, int) key,
        AttemptFolder folder,
        JsonElement handle,
        Func<AttemptRun, Task<TrialOutcome>> watch
    )
    {
        AttemptRun run = new AttemptRun(folder, handle).WatchedBy(watch);
        _ = run.Ended.ContinueWith(_ => _news.Ended(key), TaskScheduler.Default);
        return run;
    }

    /// <summary>Ends what an earlier host left of an attempt: nobody saw its end, so only its result file counts.</summary>
    private async Task<TrialOutcome> TakeOverAsync(AttemptRun run)
    {
        IReadOnlyList<int> left = await new AttemptProcesses(_all, run.Folder.Trial, root: null)
            .EndAsync(Grace)
            .ConfigureAwait(false);
        Ending ending = run.Asked.IsCompletedSuccessfully
            ? await run.Asked.ConfigureAwait(false)
            : new Ending.HostGone();
        return new Verdict(run.Folder.ReadResult(), "").Ended(ending, left);
    }

    private Process StartProgram(AttemptFolder folder)
    {
        ProcessStartInfo start = _command.Value.ToStart();
        start.WorkingDirectory = folder.Work;
        if (TellsByArgument)
        {
            start.ArgumentList.Add(TrialProgramVariable.Argument);
            start.ArgumentList.Add(folder.Trial);
        }

        foreach ((string name, string value) in _spec.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment[TrialProgramVariable.Name] = folder.Trial;
        return Process.Start(start)!;
    }

    private JsonElement HandleOf(int process) =>
        JsonSerializer.SerializeToElement(new { pid = process, started = _clock.GetUtcNow() });

    private static TrialOutcome.Failed CouldNotStart(string problem) =>
        new(FailureKind.CouldNotStart, OutcomeText.Line(problem));

    /// <summary>What came of starting an attempt.</summary>
    private sealed record Begun(StartResult Start, AttemptRun? Run)
    {
        public static Begun Under(AttemptRun run) => new(new StartResult(run.Handle, null), run);

        public static Begun Not(TrialOutcome outcome) => new(new StartResult(null, outcome), null);
    }
}
