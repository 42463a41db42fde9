using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FunctionTune.Cli.Running;
using FunctionTune.Cli.Serving;
using FunctionTune.Hosting;
using FunctionTune.Service.Http;
using FunctionTune.Service.Http.Access;
using FunctionTune.Service.Schedules;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace FunctionTune.Cli.Commands;

/// <summary>The studies of a folder as a service.</summary>
internal sealed class ServeVerb : Verb
{
    private const string TokenVariable = "FUNCTIONTUNE_TOKEN";
    private const int ShortestToken = 16;

    /// <summary>How long callers may keep a service that ends; trials under way are stopped after that.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    private static Option<int> Port { get; } =
        new("--port")
        {
            Description = "The port; 0 takes a free one.",
            HelpName = "PORT",
            CustomParser = PortNumber,
            DefaultValueFactory = _ => 8765,
        };

    private static Option<IPAddress> Bind { get; } =
        new("--bind")
        {
            Description = "The address to listen on; any but this machine's own needs a token.",
            HelpName = "ADDRESS",
            CustomParser = Address,
            DefaultValueFactory = _ => IPAddress.Loopback,
        };

    private static Option<string?> Token { get; } =
        new("--token")
        {
            Description = $"What callers must send; better set it in the environment variable {TokenVariable}.",
            HelpName = "TOKEN",
        };

    private static Option<string?> Schedules { get; } =
        new("--schedules")
        {
            Description = "Folder with schedules of studies; the folder schedules of the store when not given.",
            HelpName = "DIR",
        };

    private readonly Suggesters _suggesters;

    public ServeVerb(Suggesters suggesters)
        : base(
            "serve",
            "Serve the studies over HTTP and work on them; unfinished ones are taken up again.",
            "functiontune serve",
            "functiontune serve --port 9000 --store /data/studies",
            "FUNCTIONTUNE_TOKEN=... functiontune serve --bind 0.0.0.0  # reached from elsewhere"
        )
    {
        _suggesters = suggesters;
        Add(Port);
        Add(Bind);
        Add(Token);
        Add(Schedules);
        Add(SharedOptions.Store);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        IPAddress address = parsed.GetValue(Bind)!;
        string? token = TokenFor(address, parsed.GetValue(Token) ?? Environment.GetEnvironmentVariable(TokenVariable));
        using var shelf = new Shelf(parsed, _suggesters);
        using var interruption = new Interruption();
        using ILoggerFactory logging = Logging();
        var service = new LocalStudyService(shelf.Studies, shelf.Time, logging.CreateLogger("functiontune"));
        await using (service.ConfigureAwait(false))
        {
            using ScheduleTicker schedules = ServedSchedules.Create(
                service,
                shelf.Store,
                parsed.GetValue(Schedules),
                shelf.Time,
                logging
            );
            var api = new StudyApi(service, new LocalAccess(token), logging.CreateLogger<StudyApi>(), shelf.Time);
            WebApplication server = StudyServer.Create(address, parsed.GetValue(Port), logging, api);
            await using (server.ConfigureAwait(false))
            {
                await StartAsync(server, address, parsed.GetValue(Port), interruption.Token).ConfigureAwait(false);
                await TellAsync(parsed.InvocationConfiguration.Output, shelf, server).ConfigureAwait(false);
                await service.TakeUpAsync(interruption.Token).ConfigureAwait(false);
                await schedules.StartAsync(interruption.Token).ConfigureAwait(false);
                await EndAsync(interruption.Token).ConfigureAwait(false);
                using var patience = new CancellationTokenSource(s_patience, shelf.Time);
                await schedules.StopAsync(patience.Token).ConfigureAwait(false);
                await server.StopAsync(patience.Token).ConfigureAwait(false);
            }
        }

        return ExitCode.Done;
    }

    private static async Task TellAsync(TextWriter output, Shelf shelf, WebApplication server)
    {
        await output
            .WriteLineAsync($"Serving the studies in {shelf.Store} at {server.Urls.First()}/api/studies")
            .ConfigureAwait(false);
        await output.WriteLineAsync("Ctrl-C ends it; unfinished studies go on the next time.").ConfigureAwait(false);
    }

    private static ILoggerFactory Logging() =>
        LoggerFactory.Create(logs =>
            logs.AddSimpleConsole(console => console.SingleLine = true)
                .AddFilter("Microsoft", LogLevel.Warning)
                // What keeps the server from starting is told once, by the command.
                .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
        );

    private static async Task StartAsync(
        WebApplication server,
        IPAddress address,
        int port,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await server.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            throw new FunctionTuneException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Port {port} of {address} cannot be listened on: {fault.Message}"
                ),
                fault is SocketException
                    ? "Give a --bind that is an address of this machine, and a --port that this user may take."
                    : "Another program may have it: give another --port.",
                fault
            );
        }
    }

    private static Task EndAsync(CancellationToken cancellationToken)
    {
        var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cancellationToken.Register(interrupted.SetResult);
        return interrupted.Task;
    }

    private static string? TokenFor(IPAddress address, string? token)
    {
        if (string.IsNullOrEmpty(token))
        {
            return IPAddress.IsLoopback(address)
                ? null
                : throw Refused("what other machines reach has a token", $"none, with --bind {address}");
        }

        return token.Length >= ShortestToken && token.All(c => c is > ' ' and <= '~')
            ? token
            : throw Refused(
                $"a token has at least {ShortestToken} visible ASCII characters",
                $"{token.Length} characters"
            );
    }

    private static InvalidInputException Refused(string rule, string value) =>
        new([
            new Problem(
                "--token",
                rule,
                value,
                $"Set {TokenVariable}, for example to the output of: openssl rand -hex 24"
            ),
        ]);

    private static IPAddress? Address(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (string.Equals(text, "localhost", StringComparison.OrdinalIgnoreCase))
        {
            return IPAddress.Loopback;
        }

        if (IPAddress.TryParse(text, out IPAddress? address))
        {
            return address;
        }

        result.AddError($"--bind must be an address such as 127.0.0.1, ::1 or 0.0.0.0; got '{text}'.");
        return null;
    }

    private static int PortNumber(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
        {
            return port;
        }

        result.AddError($"--port must be an integer from 0 to 65535; got '{text}'.");
        return 0;
    }
}
