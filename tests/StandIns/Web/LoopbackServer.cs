using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace FunctionTune.StandIns.Web;

/// <summary>A web server on 127.0.0.1.</summary>
public static class LoopbackServer
{
    /// <summary>A server that is not started yet.</summary>
    /// <param name="port">The port; 0 for a free one.</param>
    public static WebApplication Create(int port)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        return builder.Build();
    }

    /// <summary>Starts a server.</summary>
    /// <param name="app">The server.</param>
    /// <param name="cancellationToken">Ends the starting.</param>
    /// <returns>Its address.</returns>
    public static async Task<Uri> ListenAsync(this WebApplication app, CancellationToken cancellationToken)
    {
        await app.StartAsync(cancellationToken);
        IServerAddressesFeature addresses = app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!;
        return new Uri(addresses.Addresses.First());
    }
}
