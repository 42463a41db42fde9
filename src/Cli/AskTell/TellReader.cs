using System.Text.Json;
using FunctionTune.History;
using FunctionTune.Json;

namespace FunctionTune.Cli.AskTell;

/// <summary>Reads how a trial ended.</summary>
internal static class TellReader
{
    private static readonly string[] TellKeys = ["trial", "loss", "loss_variance", "status"];
    private static readonly string[] Statuses = ["ok", "fail"];

    /// <summary>Reads it.</summary>
    /// <param name="tell">What follows the key <c>tell</c>.</param>
    /// <param name="problems">What was found wrong with the line so far.</param>
    /// <exception cref="InvalidInputException">There are problems; all of them are listed.</exception>
    public static AskTellRequest.Tell Read(JsonElement tell, List<Problem> problems)
    {
        if (tell.ValueKind != JsonValueKind.Object)
        {
            problems.Add(
                RequestKeys.Problem("$.tell", "a result must be an object such as {\"trial\": 0, \"loss\": 1.5}", tell)
            );
            throw new InvalidInputException([.. problems]);
        }

        problems.AddRange(RequestKeys.Unknown(tell, TellKeys, "$.tell"));
        int trial = ReadTrial(tell, problems);
        bool failed = ReadFailed(tell, problems);
        double? loss = ReadNumber(tell, "loss", problems);
        double? variance = ReadNumber(tell, "loss_variance", problems);
        if (variance is < 0)
        {
            problems.Add(
                RequestKeys.Problem(
                    "$.tell.loss_variance",
                    "a variance must be at least 0",
                    tell.GetProperty("loss_variance")
                )
            );
        }

        if (loss is null && !failed && problems.Count == 0)
        {
            const string Hint =
                "Give a number, or \"status\": \"fail\"; a loss that is not a number is written \"NaN\".";
            problems.Add(new Problem("$.tell.loss", "a trial that succeeded must have a loss", Hint: Hint));
        }

        RequestKeys.Check(problems);
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

        problems.Add(RequestKeys.Problem("$.tell.trial", "a trial's number must be an integer of at least 0", value));
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
            problems.Add(RequestKeys.Problem("$.tell.status", "a status must be \"ok\" or \"fail\"", status, hint));
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
            problems.Add(
                RequestKeys.Problem(
                    $"$.tell.{key}",
                    $"{key} must be a number, or one of \"NaN\", \"Infinity\", \"-Infinity\"",
                    value
                )
            );
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
}
