using System.Text.Json;
using System.Text.Unicode;
using FunctionTune.History;

namespace FunctionTune.Cli.AskTell;

/// <summary>Reads the lines of a client.</summary>
internal static class AskTellReader
{
    /// <summary>The most points that one line may ask for.</summary>
    public const int MostAsked = 10_000;

    private static readonly string[] Opening = ["space", "algo", "seed"];
    private static readonly string[] Kinds = ["ask", "tell", .. Opening];
    private static readonly string[] TellKeys = ["trial", "loss", "loss_variance", "status"];
    private static readonly string[] Statuses = ["ok", "fail"];
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 128, AllowDuplicateProperties = false };

    /// <summary>Reads a line.</summary>
    /// <param name="line">UTF-8, without the line break.</param>
    /// <exception cref="InvalidInputException">The line is no request; every problem is listed.</exception>
    public static AskTellRequest Read(ReadOnlyMemory<byte> line)
    {
        using JsonDocument document = Parse(line);
        JsonElement request = document.RootElement;
        if (request.ValueKind != JsonValueKind.Object)
        {
            throw Refused("$", "a line must be a JSON object", request);
        }

        return request.TryGetProperty("ask", out JsonElement ask) ? ReadAsk(request, ask)
            : request.TryGetProperty("tell", out JsonElement tell) ? ReadTell(request, tell)
            : AskTellOpening.Read(request, Unknown(request, Kinds, "$"));
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> line)
    {
        if (!Utf8.IsValid(line.Span))
        {
            throw new InvalidInputException([new Problem("$", "a line must be UTF-8")]);
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
            throw new InvalidInputException([new Problem("$", "a line must be JSON", JsonFault.Describe(e))]);
        }
    }

    private static AskTellRequest.Ask ReadAsk(JsonElement request, JsonElement ask)
    {
        Check(Unknown(request, ["ask"], "$"));
        return ask.ValueKind == JsonValueKind.Number && ask.TryGetInt32(out int count) && count is >= 1 and <= MostAsked
            ? new AskTellRequest.Ask(count)
            : throw Refused("$.ask", $"the number of points must be an integer from 1 to {MostAsked}", ask);
    }

    private static AskTellRequest.Tell ReadTell(JsonElement request, JsonElement tell)
    {
        List<Problem> problems = Unknown(request, ["tell"], "$");
        if (tell.ValueKind != JsonValueKind.Object)
        {
            problems.Add(Problem("$.tell", "a result must be an object such as {\"trial\": 0, \"loss\": 1.5}", tell));
            throw new InvalidInputException([.. problems]);
        }

        problems.AddRange(Unknown(tell, TellKeys, "$.tell"));
        int trial = ReadTrial(tell, problems);
        bool failed = ReadFailed(tell, problems);
        double? loss = ReadNumber(tell, "loss", problems);
        double? variance = ReadNumber(tell, "loss_variance", problems);
        if (variance is < 0)
        {
            problems.Add(Problem("$.tell.loss_variance", "a variance must be at least 0", tell.GetProperty("loss_variance")));
        }

        if (loss is null && !failed && problems.Count == 0)
        {
            const string Hint = "Give a number, or \"status\": \"fail\"; a loss that is not a number is written \"NaN\".";
            problems.Add(new Problem("$.tell.loss", "a trial that succeeded must have a loss", Hint: Hint));
        }

        Check(problems);
        LossKind kind = Classify(failed, loss);
        return new AskTellRequest.Tell(
            trial,
            kind,
            kind == LossKind.Finite ? loss!.Value : double.NaN,
            kind == LossKind.Finite && variance is { } v && double.IsFinite(v) ? v : double.NaN
        );
    }

    // Hyperopt's rules: a failure is bad unless it came with a loss, infinity is bad, NaN teaches nothing.
    private static LossKind Classify(bool failed, double? loss) =>
        loss is null ? LossKind.Bad
        : double.IsFinite(loss.Value) ? LossKind.Finite
        : failed || double.IsInfinity(loss.Value) ? LossKind.Bad
        : LossKind.None;

    private static int ReadTrial(JsonElement tell, List<Problem> problems)
    {
        if (!tell.TryGetProperty("trial", out JsonElement value))
        {
            problems.Add(new Problem("$.tell.trial", "a result must name its trial"));
            return -1;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int trial) && trial >= 0)
        {
            return trial;
        }

        problems.Add(Problem("$.tell.trial", "a trial's number must be an integer of at least 0", value));
        return -1;
    }

    private static bool ReadFailed(JsonElement tell, List<Problem> problems)
    {
        if (!tell.TryGetProperty("status", out JsonElement status))
        {
            return false;
        }

        string? text = status.ValueKind == JsonValueKind.String ? status.GetString() : null;
        if (!Statuses.Contains(text, StringComparer.Ordinal))
        {
            string hint = Spelling.Suggest(text ?? "", Statuses);
            problems.Add(Problem("$.tell.status", "a status must be \"ok\" or \"fail\"", status, hint));
        }

        return string.Equals(text, "fail", StringComparison.Ordinal);
    }

    private static double? ReadNumber(JsonElement tell, string key, List<Problem> problems)
    {
        if (!tell.TryGetProperty(key, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        double? number = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetDouble(),
            JsonValueKind.String => NotFinite(value.GetString()!),
            _ => null,
        };
        if (number is null)
        {
            problems.Add(Problem($"$.tell.{key}", $"{key} must be a number, or one of \"NaN\", \"Infinity\", \"-Infinity\"", value));
        }

        return number;
    }

    private static double? NotFinite(string text) =>
        text.ToUpperInvariant() switch
        {
            "NAN" => double.NaN,
            "INF" or "+INF" or "INFINITY" or "+INFINITY" => double.PositiveInfinity,
            "-INF" or "-INFINITY" => double.NegativeInfinity,
            _ => null,
        };

    private static List<Problem> Unknown(JsonElement request, string[] known, string path) =>
        [
            .. request
                .EnumerateObject()
                .Where(member => !known.Contains(member.Name, StringComparer.Ordinal))
                .Select(member => new Problem(
                    JsonPath.Key(path, member.Name),
                    "this key is not known here",
                    $"'{member.Name}'",
                    Spelling.Suggest(member.Name, known, $"Known are: {string.Join(", ", known)}.")
                )),
        ];

    private static void Check(List<Problem> problems)
    {
        if (problems.Count > 0)
        {
            throw new InvalidInputException([.. problems]);
        }
    }

    private static InvalidInputException Refused(string path, string rule, JsonElement value) =>
        new([Problem(path, rule, value)]);

    private static Problem Problem(string path, string rule, JsonElement value, string hint = "")
    {
        string text = value.GetRawText();
        return new Problem(path, rule, text.Length > 60 ? $"{text[..60]}…" : text, hint);
    }
}
