using System.Text.Json;

namespace FunctionTune.Cli.AskTell;

/// <summary>Reads the first line of a session.</summary>
internal static class AskTellOpening
{
    /// <summary>Reads the line.</summary>
    /// <param name="request">The line, an object.</param>
    /// <param name="problems">What was found wrong with its keys.</param>
    /// <exception cref="InvalidInputException">There are problems; all of them are listed.</exception>
    public static AskTellRequest.Open Read(JsonElement request, List<Problem> problems) =>
        throw new InvalidInputException([.. problems, new Problem("$", $"{request}")]);
}
