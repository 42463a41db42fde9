using System.Net;
using FunctionTune.Cli.Serving;
using FunctionTune.Local;
using FunctionTune.Service.Http;
using FunctionTune.Service.Http.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FunctionTune.Cli.Tests.Serving;

/// <summary>The service over a folder, on a free port of this machine, as <c>serve</c> puts it together.</summary>
internal sealed class ServedStore : IAsyncDisposable
{
    private readonly LocalStudies _studies;
    private readonly LocalStudyService _service;
    private readonly WebApplication _server;

    private ServedStore(string folder, string? token)
    {
        _studies = new LocalStudies(folder, platforms: Composition.Platforms());
        _service = new LocalStudyService(_studies, TimeProvider.System, NullLogger.Instance);
        var api = new StudyApi(_service, new LocalAccess(token), new Logger<StudyApi>(NullLoggerFactory.Instance));
        _server = StudyServer.Create(IPAddress.Loopback, 0, NullLoggerFactory.Instance, api);
        Client = new HttpClient();
    }

    /// <summary>Speaks to the service.</summary>
    public HttpClient Client { get; }

    /// <summary>Starts the service, which takes up what it finds.</summary>
    public static async Task<ServedStore> StartAsync(string folder, string? token = null)
    {
        var served = new ServedStore(folder, token);
        await served._server.StartAsync(TestContext.Current.CancellationToken);
        served.Client.BaseAddress = new Uri(served._server.Urls.First());
        await served._service.TakeUpAsync(TestContext.Current.CancellationToken);
        return served;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        await _service.DisposeAsync();
        _studies.Dispose();
    }
}
