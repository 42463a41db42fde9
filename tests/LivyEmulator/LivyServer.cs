using FunctionTune.LivyEmulator.Batches;
using FunctionTune.LivyEmulator.Wire;
using FunctionTune.StandIns.Faults;
using FunctionTune.StandIns.Web;

namespace FunctionTune.LivyEmulator;

/// <summary>
/// A stand-in for an Apache Livy server, on 127.0.0.1. It runs batches as processes of this machine; what it knows goes when it
/// goes.
/// </summary>
public sealed class LivyServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LivyServer(LivyServerOptions options)
    {
        _app = LoopbackServer.Create(options.Port);
        Authorization = options.Authorization;
        Faults = new FaultPlan(options.Seed);
        Batches = new BatchBook(options);
    }

    /// <summary>Its address.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>The header <c>Authorization</c> that requests must carry, from now on; null for none.</summary>
    public string? Authorization { get; set; }

    /// <summary>The batches.</summary>
    public BatchBook Batches { get; }

    /// <summary>The requests that it was sent; endpoints are create, list, get, state, log and delete.</summary>
    public RequestLog Requests { get; } = new(BatchesEndpoints.NameOf);

    /// <summary>What goes wrong with requests.</summary>
    public FaultPlan Faults { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="options">What it is like.</param>
    /// <param name="cancellationToken">Ends the starting.</param>
    public static async Task<LivyServer> StartAsync(LivyServerOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var server = new LivyServer(options);
        server.Map(options);
        server.Url = await server._app.ListenAsync(cancellationToken);
        return server;
    }

    /// <summary>Stops it, and ends all batches.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await Batches.EndAllAsync();
        await _app.DisposeAsync();
    }

    private void Map(LivyServerOptions options)
    {
        var faults = new FaultyRequests(
            Faults,
            BatchesEndpoints.NameOf,
            (context, status, _, message) => Answer.WriteErrorAsync(context, status, message)
        );
        _app.Use(next => context => Requests.NoteAsync(context, next));
        _app.Use(next => context => faults.HandleAsync(context, next));
        _app.Use(next => context => Guard.CheckAsync(context, next, Authorization, options.CsrfProtection));
        _app.Use(next => context => Answer.CatchAsync(context, next));
        _app.UseRouting();
        new BatchesEndpoints(Batches, Requests).Map(_app);
    }
}
