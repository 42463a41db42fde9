using System.Text.Json;
using FunctionTune.Service.Http;

namespace FunctionTune.Service.Tests.Http;

/// <summary>The description of the API and the table of endpoints say the same.</summary>
public sealed class OpenApiTests
{
    private static readonly JsonElement s_document = JsonElement.Parse(OpenApiDocument.Read());

    [Fact]
    public void Every_endpoint_is_described_and_nothing_else()
    {
        IEnumerable<string> described = s_document
            .GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path =>
                path.Value.EnumerateObject()
                    .Select(call =>
                        $"{call.Value.GetProperty("operationId")}: {call.Name.ToUpperInvariant()} {path.Name} {call.Value.GetProperty("x-role")}"
                    )
            );

        Assert.Equal(
            StudyEndpoints
                .All.Select(e =>
                    $"{e.Name}: {e.Method} /api/{e.Route} {Service.Http.Access.EntraAccess.NameOf(e.Role)}"
                )
                .Order(StringComparer.Ordinal),
            described.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Every_reference_leads_somewhere() =>
        Assert.All(
            References(s_document),
            reference =>
            {
                JsonElement place = s_document;
                foreach (string part in reference.Split('/').Skip(1))
                {
                    Assert.True(place.TryGetProperty(part, out place), reference);
                }
            }
        );

    [Fact]
    public void Names_are_unique() =>
        Assert.Equal(
            StudyEndpoints.All.Length,
            StudyEndpoints.All.Select(e => e.Name).Distinct(StringComparer.Ordinal).Count()
        );

    private static IEnumerable<string> References(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element
                .EnumerateObject()
                .SelectMany(m => m.NameEquals("$ref") ? [m.Value.GetString()!] : References(m.Value)),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
            _ => [],
        };
}
