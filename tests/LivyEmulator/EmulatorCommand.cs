using System.CommandLine;

namespace FunctionTune.LivyEmulator;

/// <summary>The command line: a Livy server for one who has none.</summary>
internal static class EmulatorCommand
{
    private static readonly Option<int> s_port = new("--port")
    {
        Description = "Port of 127.0.0.1 to listen on; 0 for a free one.",
        DefaultValueFactory = _ => 8998,
    };

    private static readonly Option<int> s_slots = new("--slots")
    {
        Description = "How many batches run at once.",
        DefaultValueFactory = _ => new LivyServerOptions().Slots,
    };

    private static readonly Option<double> s_startDelay = new("--start-delay")
    {
        Description = "Seconds that a batch takes to start.",
    };

    private static readonly Option<string> s_python = new("--python")
    {
        Description = "The Python that runs Python files.",
        DefaultValueFactory = _ => new LivyServerOptions().Python,
    };

    public static RootCommand Create()
    {
        var command = new RootCommand("A stand-in for an Apache Livy server. Batches run as processes of this machine.")
        {
            s_port,
            s_slots,
            s_startDelay,
            s_python,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult given, CancellationToken cancellationToken)
    {
        await using LivyServer server = await LivyServer.StartAsync(
            new()
            {
                Port = given.GetValue(s_port),
                Slots = Math.Max(1, given.GetValue(s_slots)),
                StartDelay = TimeSpan.FromSeconds(Math.Max(0, given.GetValue(s_startDelay))),
                Python = given.GetRequiredValue(s_python),
            },
            cancellationToken
        );
        await Console.Out.WriteLineAsync(
            $"\"livy\": {{ \"url\": \"{server.Url.GetLeftPart(UriPartial.Authority)}\", ... }}   (Ctrl-C ends it)"
        );
        var ended = new TaskCompletionSource();
        await using CancellationTokenRegistration end = cancellationToken.Register(ended.SetResult);
        await ended.Task;
        return 0;
    }
}
