using System.Buffers;
using System.Diagnostics;
using FunctionTune.History;

namespace FunctionTune.Local.Processes;

/// <summary>Watches a program from its start until nothing of it is left.</summary>
/// <param name="process">The program, just started.</param>
/// <param name="table">Where its descendants are looked for.</param>
/// <param name="timeout">How long it may take; null for no limit.</param>
/// <param name="grace">How long it may go on after it was asked to end.</param>
/// <param name="clock">Measures the timeout.</param>
internal sealed class ProgramWatch(
    Process process,
    ProcessTable table,
    TimeSpan? timeout,
    TimeSpan grace,
    TimeProvider clock
)
{
    /// <summary>The longest wait of timers.</summary>
    private static readonly TimeSpan Forever = TimeSpan.FromDays(40);

    /// <summary>How long output may still come when all processes are gone.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    /// <summary>What of the output may become part of the outcome, in bytes.</summary>
    private const int OutputEnd = 4 * OutcomeText.MaxDetail;

    private readonly LastLine _lastLine = new();

    public async Task<TrialOutcome> WatchAsync(AttemptRun run)
    {
        using Process ended = process;
        using var output = new OutputLog(run.Folder.Output);
        using var mute = new CancellationTokenSource();
        process.StandardInput.Close();
        Task printing = Task.WhenAll(
            DrainAsync(process.StandardOutput.BaseStream, output, _lastLine, mute.Token),
            DrainAsync(process.StandardError.BaseStream, output, lastLine: null, mute.Token)
        );
        Task exit = process.WaitForExitAsync(CancellationToken.None);

        Ending? ending = await EndingAsync(exit, run.Asked).ConfigureAwait(false);
        var processes = new AttemptProcesses(table, run.Folder.Trial, process);
        IReadOnlyList<int> left = await processes
            .EndAsync(ending is null ? TimeSpan.Zero : grace)
            .ConfigureAwait(false);
        await exit.WaitAsync(LastWords, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await printing
            .WaitAsync(LastWords, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await mute.CancelAsync().ConfigureAwait(false);
        await printing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        output.Complete();
        var verdict = new Verdict(run.Folder.ReadResult(), output.End(OutputEnd));
        return ending is null ? verdict.Exited(process.ExitCode, _lastLine.Read()) : verdict.Ended(ending, left);
    }

    /// <summary>Waits for the first of exit, wish and timeout; null when the program ended by itself.</summary>
    private async Task<Ending?> EndingAsync(Task exit, Task<Ending> asked)
    {
        using var over = new CancellationTokenSource();
        TimeSpan limit = timeout is { } some && some < Forever ? some : Timeout.InfiniteTimeSpan;
        Task time = Task.Delay(limit, clock, over.Token);
        await Task.WhenAny(exit, asked, time).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        return exit.IsCompleted ? null
            : asked.IsCompleted ? await asked.ConfigureAwait(false)
            : new Ending.TimedOut(limit);
    }

    private static async Task DrainAsync(
        Stream stream,
        OutputLog output,
        LastLine? lastLine,
        CancellationToken cancellationToken
    )
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(8 * 1024);
        try
        {
            while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and int read)
            {
                output.Write(buffer.AsSpan(0, read));
                lastLine?.Write(buffer.AsSpan(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
