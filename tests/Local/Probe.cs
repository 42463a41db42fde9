using System.Diagnostics;

namespace FunctionTune.Local.Tests;

/// <summary>Another process, to test what holds between processes.</summary>
internal sealed class Probe : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private Probe(Process process) => _process = process;

    public int Id => _process.Id;

    public static Probe Start(params IEnumerable<string> arguments) =>
        new(
            Process.Start(
                new ProcessStartInfo(
                    "dotnet",
                    [Path.Join(AppContext.BaseDirectory, "FunctionTune.Probe.dll"), .. arguments]
                )
                {
                    UseShellExecute = false,
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                }
            )!
        );

    public async Task<string> IsReadyAsync()
    {
        string? line = await _process
            .StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)
            .AsTask()
            .WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.StartsWith("ready", line, StringComparison.Ordinal);
        return line!["ready".Length..].Trim();
    }

    /// <summary>Lets it go on to its end.</summary>
    public void Go() => _process.StandardInput.Close();

    public async Task EndsAsync()
    {
        await _process
            .WaitForExitAsync(TestContext.Current.CancellationToken)
            .WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(0, _process.ExitCode);
    }

    /// <summary>Ends it as the system does when it is out of memory: no handler runs.</summary>
    public async Task DiesAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
