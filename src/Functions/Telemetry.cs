using FunctionTune.Service.Telemetry;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;

namespace FunctionTune.Functions;

/// <summary>Where the app's traces, metrics and logs go.</summary>
internal static class Telemetry
{
    /// <summary>The variable by which OpenTelemetry is told where its collector is.</summary>
    private const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>
    /// Sends what happens in this process to the collector that the environment names; without one the Functions host keeps
    /// the logs, and shows its own traces.
    /// </summary>
    /// <param name="builder">The app.</param>
    public static void AddTelemetry(this FunctionsApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration[Collector]))
        {
            return;
        }

        builder.Logging.AddOpenTelemetry(logs => logs.IncludeScopes = true);
        builder
            .Services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithTracing(traces => traces.AddSource(StudyTelemetry.Name, "Microsoft.DurableTask", "Azure.*"))
            .WithMetrics(metrics => metrics.AddMeter(StudyTelemetry.Name, "System.Runtime"))
            .UseOtlpExporter();
    }
}
