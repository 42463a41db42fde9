using System.Diagnostics;
using System.Net.Sockets;
using FunctionTune.Cli.Tests.Programs;
using FunctionTune.Testing.Processes;

namespace FunctionTune.Cli.Tests.Serving;

public sealed class ServeAgainstOddsTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("65536")]
    public async Task A_port_that_is_none_is_refused(string port)
    {
        ProgramEnd end = await _tool.RunAsync("serve", "--port", port);

        Assert.Equal((int)ExitCode.InvalidInput, end.ExitCode);
        Assert.Contains(
            $"--port must be an integer from 0 to 65535; got '{port}'",
            end.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_address_of_another_machine_cannot_be_listened_on()
    {
        // An address that documents use and nobody has.
        ProgramEnd end = await _tool.RunAsync(
            "serve",
            "--port",
            "0",
            "--bind",
            "192.0.2.1",
            "--token",
            "0123456789abcdef"
        );

        Assert.StartsWith("Port 0 of 192.0.2.1 cannot be listened on", end.Error, StringComparison.Ordinal);
        Assert.Contains("--bind", end.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", end.Output + end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_who_never_comes_to_an_end_does_not_keep_the_service_from_ending()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        using RunningTool serve = _tool.Start("serve", "--port", "0");
        string line = (await serve.ReadAsync())!;
        using var caller = new TcpClient();
        await caller.ConnectAsync(
            "127.0.0.1",
            new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..]).Port,
            cancel
        );
        NetworkStream body = caller.GetStream();
        await body.WriteAsync(
            "POST /api/validate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 200000\r\n\r\n"u8.ToArray(),
            cancel
        );
        Task talking = TalkAsync(body, cancel);

        await serve.SignalAsync("INT");
        long since = Stopwatch.GetTimestamp();
        ProgramEnd end = await serve.EndAsync();

        Assert.Equal((int)ExitCode.Done, end.ExitCode);
        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.DoesNotContain("unexpected", end.Output, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<IOException>(() => talking);
    }

    /// <summary>Fast enough not to be taken for one who is gone.</summary>
    private static async Task TalkAsync(NetworkStream body, CancellationToken cancellationToken)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (await ticks.WaitForNextTickAsync(cancellationToken))
        {
            await body.WriteAsync(new byte[200], cancellationToken);
        }
    }
}
