using System.Text.Json.Nodes;
using FunctionTune.Studies;

namespace FunctionTune.Service.Views;

/// <summary>What a study file says, in short, as a JSON document.</summary>
public static class SpecDocument
{
    /// <summary>A study file that is right.</summary>
    /// <param name="spec">What it says.</param>
    public static JsonObject Of(StudySpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new JsonObject
        {
            ["valid"] = true,
            ["name"] = spec.Name,
            ["algo"] = spec.Algo.Name,
            ["seed"] = spec.Seed,
            ["maxEvals"] = spec.Limits.MaxEvals,
            ["parallelism"] = spec.Limits.AutoParallelism ? "auto" : spec.Limits.Parallelism,
            ["parameters"] = new JsonArray([
                .. spec.Space.Parameters.Select(p => new JsonObject
                {
                    ["label"] = p.Label,
                    ["prior"] = DistributionText.Of(p.Prior),
                    ["conditional"] = !p.Conditions.IsEmpty,
                }),
            ]),
            ["problems"] = new JsonArray(),
        };
    }
}
