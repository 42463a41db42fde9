using Azure.Core.Serialization;
using FunctionTune.Functions;
using FunctionTune.Hosting;
using FunctionTune.Studies;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using HostOptions = FunctionTune.Functions.HostOptions;

FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();

// Orders, answers and progress are written like the log.
builder.Services.Configure<WorkerOptions>(worker => worker.Serializer = new JsonObjectSerializer(StudyJson.Options));
builder.Services.AddStudies(HostOptions.Read(builder.Configuration), Suggesters.BuiltIn);
builder.AddTelemetry();
await builder.Build().RunAsync().ConfigureAwait(false);
