using System.Runtime.InteropServices;

namespace FunctionTune.Cli.Running;

/// <summary>
/// Ctrl-C, SIGTERM and the end of the terminal: the first one asks to stop, the second one ends the process at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _signals;

    public Interruption() =>
        _registrations = [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, Handle),
        ];

    /// <summary>Cancelled when somebody asks to stop.</summary>
    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        Array.ForEach(_registrations, registration => registration.Dispose());
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _signals) == 1)
        {
            _source.Cancel();
        }
        else
        {
            // Trials under way are killed on the way out.
            Console.Error.WriteLine("Ended at once; nothing finished is lost. Run it again to go on.");
            Environment.Exit((int)ExitCode.Interrupted);
        }
    }
}
