using System.Diagnostics;

namespace FunctionTune.StandIns.Processes;

/// <summary>A program that is run to its end, or killed with all that it started.</summary>
public static class ChildProcess
{
    private const int MaxLog = 5 * 1024 * 1024;
    private const int MaxLine = 64 * 1024;

    /// <summary>How long is waited for output that something which the program left behind may still write.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Runs the program.</summary>
    /// <param name="start">The program, its arguments, folder and variables.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <returns>Its exit code, its whole output, and its standard error alone.</returns>
    public static async Task<(int ExitCode, string Logs, string Error)> RunAsync(
        ProcessStartInfo start,
        CancellationToken cancellationToken
    )
    {
        start.UseShellExecute = false;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var all = new LogTail(MaxLog + 1);
        var errors = new LogTail(MaxLog);
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        var reading = Task.WhenAll(
            ReadAsync(process.StandardOutput, all),
            ReadAsync(process.StandardError, all, errors)
        );
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }

            await Task.WhenAny(reading, Task.Delay(s_patience, CancellationToken.None));
        }

        return (process.ExitCode, all.ToString(), errors.ToString());
    }

    /// <summary>Reads on a thread of its own: a read from a pipe takes one anyway, and those of the pool may all be taken.</summary>
    private static Task ReadAsync(StreamReader output, params LogTail[] tails) =>
        Task.Factory.StartNew(
            () => Read(output, tails),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

    /// <summary>Whole lines only are passed on, so that lines of output and error do not mix.</summary>
    private static void Read(StreamReader output, LogTail[] tails)
    {
        char[] buffer = new char[MaxLine];
        int held = 0;
        try
        {
            int read;
            while ((read = output.Read(buffer.AsSpan(held))) > 0)
            {
                held += read;
                int whole = held == MaxLine ? held : buffer.AsSpan(0, held).LastIndexOf('\n') + 1;
                PassOn(whole);
                buffer.AsSpan(whole, held - whole).CopyTo(buffer);
                held -= whole;
            }
        }
        catch (Exception fault) when (fault is ObjectDisposedException or IOException)
        {
            // The program has ended, and nobody waits for the rest any more.
        }

        PassOn(held);

        void PassOn(int count)
        {
            foreach (LogTail tail in tails)
            {
                tail.Add(buffer.AsSpan(0, count));
            }
        }
    }
}
