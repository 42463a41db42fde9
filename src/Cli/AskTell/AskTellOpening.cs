using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Cli.Files;
using FunctionTune.Hosting;
using FunctionTune.Studies;

namespace FunctionTune.Cli.AskTell;

/// <summary>Reads the first line of a session: a study file that says only how to search, read by the same rules.</summary>
internal static class AskTellOpening
{
    /// <summary>The keys of the line.</summary>
    public static readonly string[] Keys = ["space", "algo", "seed", "maxEvals", "parallelism", "explain"];

    /// <summary>What a study file must say besides; a session does without.</summary>
    private static readonly KeyValuePair<string, JsonNode?>[] StandIns =
    [
        new("lossThreshold", 0),
        new("trial", new JsonObject { ["inProcess"] = new JsonObject() }),
    ];

    /// <summary>Reads the line.</summary>
    /// <param name="request">The line, an object.</param>
    /// <param name="suggesters">The algorithms that it may name.</param>
    /// <param name="problems">What was found wrong with its keys.</param>
    /// <exception cref="InvalidInputException">There are problems; all of them are listed.</exception>
    public static AskTellRequest.Open Read(JsonElement request, Suggesters suggesters, List<Problem> problems)
    {
        RequestKeys.Check(problems);
        StudySpec spec = StudySpecJson.Read(Overridden.With(request, StandIns)).Required();
        Problem[] refused = [.. suggesters.Check(spec.Algo, spec.Space, "$.algo")];
        if (refused.Length > 0)
        {
            throw new InvalidInputException([.. refused]);
        }

        return new AskTellRequest.Open(spec, suggesters.Create(spec.Algo));
    }
}
