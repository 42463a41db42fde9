using System.Diagnostics;

namespace FunctionTune.Testing.Azurite;

/// <summary>
/// Azurite for the tests of an assembly, started when the first of them needs it: on loopback, on a free port, and gone when
/// the tests are gone, however they end. Declare it with <c>[assembly: AssemblyFixture(typeof(AzuriteServer))]</c> and take it
/// in the constructor of a class of tests.
/// </summary>
public class AzuriteServer : IAsyncDisposable
{
    // Node ends with its standard input, which ends with the process of the tests.
    private const string EndWithParent = "data:text/javascript,process.stdin.on('end',()=>process.exit()).resume()";

    private const string Listening = "successfully listens on ";

    private readonly Lazy<Task<Uri>> _endpoint;
    private Process? _process;
    private int _containers;

    /// <summary>Starts nothing yet.</summary>
    public AzuriteServer() => _endpoint = new(StartAsync);

    /// <summary>Arguments that say where Azurite keeps its data: in memory.</summary>
    protected virtual IEnumerable<string> Keeping => ["--inMemoryPersistence"];

    /// <summary>A new, empty container. Skips the test when there is no Azurite on this machine.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Its URL; the account is Azurite's well-known one.</returns>
    public async Task<Uri> NewContainerAsync(CancellationToken cancellationToken)
    {
        Assert.SkipWhen(
            AzuriteProgram.Find() is null,
            $"Azurite is missing: run 'npm ci' in the folder tests, or set {AzuriteProgram.Variable}. Node.js must be installed."
        );
        Uri endpoint = await _endpoint.Value.WaitAsync(cancellationToken);
        string name = $"test{Interlocked.Increment(ref _containers)}";
        var container = new Uri($"{endpoint}{AzuriteAccount.Name}/{name}");
        await AzuriteAccount.CreateContainerAsync(container, cancellationToken);
        return container;
    }

    /// <summary>Ends Azurite.</summary>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_process is { } process)
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }
    }

    // No token of a test ends it: the server serves the tests that follow too.
    private async Task<Uri> StartAsync()
    {
        string[] arguments =
        [
            "--import",
            EndWithParent,
            AzuriteProgram.Find()!,
            "--blobHost",
            "127.0.0.1",
            "--blobPort",
            "0",
            "--blobKeepAliveTimeout",
            "300",
            "--silent",
            "--skipApiVersionCheck",
            "--disableTelemetry",
            .. Keeping,
        ];
        var start = new ProcessStartInfo("node", arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        while (await _process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            int found = line.IndexOf(Listening, StringComparison.Ordinal);
            if (found >= 0)
            {
                _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new Uri(line[(found + Listening.Length)..].Trim());
            }
        }

        throw new InvalidOperationException("Azurite ended before it listened.");
    }
}
