using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FunctionTune.Service.Simulation;

/// <summary>The loss of simulated trials.</summary>
internal static class SimulatedLoss
{
    private const double Best = 0.5;

    /// <summary>The sum of u² / (1 + u²) over all numbers among the parameters, u being the distance from one half.</summary>
    /// <param name="parameters">What a trial receives.</param>
    /// <returns>A finite loss of at least 0.</returns>
    public static double Of(JsonNode? parameters) =>
        parameters switch
        {
            JsonObject entries => entries.Sum(entry => Of(entry.Value)),
            JsonArray items => items.Sum(Of),
            JsonValue leaf when leaf.GetValueKind() == JsonValueKind.Number => Term(
                double.Parse(leaf.ToJsonString(), CultureInfo.InvariantCulture) - Best
            ),
            _ => 0,
        };

    // Written so that a square beyond the largest double does no harm.
    private static double Term(double u) => 1 - 1 / (1 + u * u);
}
