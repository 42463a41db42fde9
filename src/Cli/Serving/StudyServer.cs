using System.Net;
using FunctionTune.Service.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FunctionTune.Cli.Serving;

/// <summary>The endpoints of the service on a port of this machine.</summary>
internal static class StudyServer
{
    /// <summary>A server that is not yet started.</summary>
    /// <param name="address">Where it listens.</param>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <param name="logging">Where it tells what happens.</param>
    /// <param name="api">Answers the requests.</param>
    public static WebApplication Create(IPAddress address, int port, ILoggerFactory logging, StudyApi api)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logging);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(address, port);
        });
        WebApplication app = builder.Build();
        app.Use(ExplainAsync);
        app.UseRouting();
        foreach (ApiEndpoint endpoint in StudyEndpoints.All)
        {
            Map(app, $"/api/{endpoint.Route}", endpoint, api);
        }

        Map(app, $"/{StudyEndpoints.OpenApi.Route}", StudyEndpoints.OpenApi, api);
        return app;
    }

    private static void Map(WebApplication app, string route, ApiEndpoint endpoint, StudyApi api) =>
        app.MapMethods(
            route,
            [endpoint.Method],
            async context =>
            {
                string id = context.GetRouteValue("id") as string ?? "";
                IResult answer = await api.AnswerAsync(endpoint, context, id).ConfigureAwait(false);
                await answer.ExecuteAsync(context).ConfigureAwait(false);
            }
        );

    /// <summary>What no endpoint answered is told like everything else.</summary>
    private static async Task ExplainAsync(HttpContext context, RequestDelegate next)
    {
        await next(context).ConfigureAwait(false);
        HttpResponse response = context.Response;
        if (!response.HasStarted && response is { StatusCode: >= 400, ContentType: null })
        {
            (string title, string? detail) = response.StatusCode switch
            {
                StatusCodes.Status404NotFound => (
                    "There is no such address.",
                    $"The addresses are described at /api/{StudyEndpoints.OpenApi.Route}."
                ),
                StatusCodes.Status405MethodNotAllowed => (
                    "The address does not take this method.",
                    $"It takes {response.Headers.Allow}."
                ),
                _ => ("The request cannot be answered.", null),
            };
            await new ApiProblem(response.StatusCode, title) { Detail = detail }
                .ExecuteAsync(context)
                .ConfigureAwait(false);
        }
    }
}
