using System.Diagnostics;
using System.Globalization;
using System.Text;
using FunctionTune.Testing.Processes;

namespace FunctionTune.Cli.Tests.Programs;

/// <summary>The command while it runs. Disposing it kills it, and what it started.</summary>
internal sealed class RunningTool : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _error = new();
    private readonly List<string> _lines = [];

    public RunningTool(IReadOnlyList<string> command, string folder)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, e) => _error.AppendLine(e.Data);
        _process.BeginErrorReadLine();
    }

    /// <summary>The process's id.</summary>
    public int Id => _process.Id;

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    /// <summary>Writes a line to its standard input.</summary>
    public async Task WriteAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line.AsMemory(), Ending);
        await _process.StandardInput.FlushAsync(Ending);
    }

    /// <summary>The next line of its standard output; null at the end.</summary>
    public async Task<string?> ReadAsync()
    {
        string? line = await _process.StandardOutput.ReadLineAsync(Ending);
        _lines.Add(line ?? "");
        return line;
    }

    /// <summary>Reads its standard output up to a line that begins so.</summary>
    public async Task ReadToAsync(string start)
    {
        while (await ReadAsync() is { } line)
        {
            if (line.StartsWith(start, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"No line began with '{start}':\n{string.Join('\n', _lines)}\n{_error}");
    }

    /// <summary>Sends a signal, such as <c>INT</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        string[] kill = ["kill", $"-{signal}", Id.ToString(CultureInfo.InvariantCulture)];
        ProgramEnd end = await ChildProgram.RunAsync(kill, Path.GetTempPath(), null, Ending);
        Assert.Equal("", end.Error);
    }

    /// <summary>Closes its standard input and waits until it has ended.</summary>
    public async Task<ProgramEnd> EndAsync()
    {
        _process.StandardInput.Close();
        string output = await _process.StandardOutput.ReadToEndAsync(Ending);
        await _process.WaitForExitAsync(Ending);
        return new ProgramEnd(_process.ExitCode, output, _error.ToString().TrimEnd());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
