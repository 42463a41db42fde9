using System.Reflection;
using FunctionTune.Service.Durable;
using FunctionTune.Service.Http;
using Microsoft.Azure.Functions.Worker;

namespace FunctionTune.Functions.Tests;

public sealed class TriggerTests
{
    [Fact]
    public void There_is_one_HTTP_trigger_for_each_endpoint_with_its_name_route_and_method()
    {
        IEnumerable<string> expected = StudyEndpoints.All.Select(e => $"{e.Name} {e.Method} {e.Route}");
        IEnumerable<string> actual = FunctionsOfTheApp
            .By<HttpTriggerAttribute>()
            .Select(f => $"{f.Key} {string.Join(',', f.Value.Methods!).ToUpperInvariant()} {f.Value.Route}");

        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_HTTP_trigger_wants_a_function_key() =>
        Assert.All(
            FunctionsOfTheApp.By<HttpTriggerAttribute>(),
            f => Assert.Equal(AuthorizationLevel.Function, f.Value.AuthLevel)
        );

    [Fact]
    public void There_is_one_activity_function_for_each_activity()
    {
        IEnumerable<string> names = typeof(ActivityNames)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(
            names.Order(StringComparer.Ordinal),
            FunctionsOfTheApp.By<ActivityTriggerAttribute>().Keys.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void There_is_one_orchestrator_named_as_instances_under_way_know_it() =>
        Assert.Equal([StudyOrchestration.Name], FunctionsOfTheApp.By<OrchestrationTriggerAttribute>().Keys);

    [Fact]
    public void Schedules_are_looked_at_each_minute_and_the_janitor_comes_every_five() =>
        Assert.Equal(
            [("Janitor", "0 */5 * * * *"), ("ScheduleTick", "0 * * * * *")],
            FunctionsOfTheApp
                .By<TimerTriggerAttribute>()
                .Select(f => (f.Key, f.Value.Schedule))
                .OrderBy(f => f.Key, StringComparer.Ordinal)
        );

    [Fact]
    public void Nothing_is_triggered_by_anything_else() =>
        Assert.Equal(
            FunctionsOfTheApp.All.Count,
            FunctionsOfTheApp.By<HttpTriggerAttribute>().Count
                + FunctionsOfTheApp.By<ActivityTriggerAttribute>().Count
                + FunctionsOfTheApp.By<OrchestrationTriggerAttribute>().Count
                + FunctionsOfTheApp.By<TimerTriggerAttribute>().Count
        );
}
