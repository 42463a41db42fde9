using System.Text.Json.Nodes;

namespace FunctionTune.Service.Http;

/// <summary>What is wrong with an input, as JSON.</summary>
internal static class ProblemList
{
    public static JsonArray Of(IEnumerable<Problem> problems) =>
        new([
            .. problems.Select(problem => new JsonObject
            {
                ["path"] = problem.Path,
                ["rule"] = problem.Rule,
                ["value"] = problem.Value,
                ["hint"] = problem.Hint,
            }),
        ]);
}
