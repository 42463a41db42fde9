using System.Text.Json;
using System.Text.Unicode;
using FunctionTune.Hosting;
using FunctionTune.Service.Json;

namespace FunctionTune.Cli.AskTell;

/// <summary>Reads the lines of a client.</summary>
internal static class AskTellReader
{
    /// <summary>The most points that one line may ask for.</summary>
    public const int MostAsked = 10_000;

    private static readonly string[] Keys = ["ask", "tell", .. AskTellOpening.Keys];
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 128, AllowDuplicateProperties = false };

    /// <summary>Reads a line.</summary>
    /// <param name="line">UTF-8, without the line break.</param>
    /// <param name="suggesters">The algorithms that it may name.</param>
    /// <exception cref="InvalidInputException">The line is no request; every problem is listed.</exception>
    public static AskTellRequest Read(ReadOnlyMemory<byte> line, Suggesters suggesters)
    {
        using JsonDocument document = Parse(line);
        JsonElement request = document.RootElement;
        if (request.ValueKind != JsonValueKind.Object)
        {
            throw RequestKeys.Refused("$", "a line must be a JSON object", request);
        }

        return request.TryGetProperty("ask", out JsonElement ask) ? ReadAsk(request, ask)
            : request.TryGetProperty("tell", out JsonElement tell)
                ? TellReader.Read(tell, RequestKeys.Unknown(request, ["tell"], "$"))
            : AskTellOpening.Read(request, suggesters, RequestKeys.Unknown(request, Keys, "$"));
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> line)
    {
        if (!Utf8.IsValid(line.Span))
        {
            throw new InvalidInputException([new Problem("$", "a line must be UTF-8")]);
        }

        if (UnpairedSurrogate.In(line.Span) >= 0)
        {
            throw new InvalidInputException([
                new Problem("$", "an escaped character above U+FFFF must have both halves"),
            ]);
        }

        try
        {
            return JsonDocument.Parse(line, Strict);
        }
        catch (JsonException)
        {
            return ParseWithBareNumbers(line);
        }
    }

    private static JsonDocument ParseWithBareNumbers(ReadOnlyMemory<byte> line)
    {
        try
        {
            return JsonDocument.Parse(BareNumbers.Quote(line.Span), Strict);
        }
        catch (JsonException e)
        {
            throw new InvalidInputException([new Problem("$", $"a line must be JSON: {JsonFault.Describe(e)}")]);
        }
    }

    private static AskTellRequest.Ask ReadAsk(JsonElement request, JsonElement ask)
    {
        RequestKeys.Check(RequestKeys.Unknown(request, ["ask"], "$"));
        return ask.ValueKind == JsonValueKind.Number && ask.TryGetInt32(out int count) && count is >= 1 and <= MostAsked
            ? new AskTellRequest.Ask(count)
            : throw RequestKeys.Refused("$.ask", $"the number of points must be an integer from 1 to {MostAsked}", ask);
    }
}
