using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FunctionTune.History;

/// <summary>
/// Reads what a trial reports at its end: a bare number, or an object with <c>loss</c> or <c>losses</c>, <c>status</c>
/// (<c>ok</c> or <c>fail</c>), <c>loss_variance</c>, <c>true_loss</c>, <c>true_loss_variance</c> (in camel case as well),
/// <c>metrics</c>, <c>token</c>, and whatever else it likes. Reading never throws: what breaks the rules is a failure.
/// </summary>
/// <remarks>
/// <c>losses</c> are the losses of the parts of a trial, such as folds: without a <c>loss</c> their mean is the loss, and their
/// variance, with the divisor n - 1, is its variance.
/// </remarks>
public static class TrialResultReader
{
    /// <summary>The largest result, in bytes of UTF-8.</summary>
    public const int MaxBytes = 1 << 20;

    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>Reads a result.</summary>
    /// <param name="utf8">Its bytes.</param>
    /// <param name="token">
    /// The token of the attempt: a result that bears another one is refused. Null when whoever wrote it is known.
    /// </param>
    public static TrialOutcome Read(ReadOnlySpan<byte> utf8, string? token = null)
    {
        if (utf8.Length > MaxBytes)
        {
            return TooLarge(utf8.Length);
        }

        try
        {
            return ReadText(Strict.GetString(utf8), token);
        }
        catch (DecoderFallbackException)
        {
            return Invalid($"a result must be text in UTF-8, but got {Shown(Encoding.UTF8.GetString(utf8))}");
        }
    }

    /// <summary>Reads a result.</summary>
    /// <param name="text">Its text.</param>
    public static TrialOutcome Read(string text)
    {
        int size = Encoding.UTF8.GetByteCount(text);
        return size > MaxBytes ? TooLarge(size) : ReadText(text, token: null);
    }

    private static TrialOutcome ReadText(string text, string? token)
    {
        string trimmed = text.Trim().Trim('\uFEFF');
        try
        {
            return LooseJson.TryPrinted(trimmed, out double loss)
                ? Ending(new TrialResult(loss))
                : ReadJson(LooseJson.Parse(trimmed), trimmed, token);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or ArgumentException)
        {
            // Besides what is no JSON: escapes that are no Unicode show only when they are read.
            return Invalid($"a result must be a number or a JSON object, but got {Shown(trimmed)}", fault.Message);
        }
    }

    private static TrialOutcome ReadJson(JsonElement root, string text, string? token)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return LooseJson.TryNumber(root, out double bare)
                ? Ending(new TrialResult(bare))
                : Invalid($"a result must be a number or a JSON object, but got {Shown(text)}");
        }

        _ = JsonSerializer.SerializeToUtf8Bytes(root);
        var fields = new ResultFields(root);
        if (fields.Token() is { } other && token is not null && !string.Equals(other, token, StringComparison.Ordinal))
        {
            return Invalid($"the result is another attempt's: its token must be {token}, but got {Shown(other)}");
        }

        string status = fields.Status();
        double? loss = fields.Loss();
        if (string.Equals(status, "fail", StringComparison.Ordinal))
        {
            return fields.Failure(loss);
        }

        if (fields.Problem is null && loss is null)
        {
            return Invalid($"a result needs a loss, but got {Shown(Reported(root))}");
        }

        TrialResult result = fields.Result(loss ?? 0);
        return fields.Problem is { } problem ? Invalid(problem) : Ending(result);
    }

    /// <summary>The failure that a loss means; null when it is finite.</summary>
    /// <param name="loss">The loss.</param>
    public static TrialOutcome.Failed? FailureOf(double loss) =>
        double.IsNaN(loss) ? new TrialOutcome.Failed(FailureKind.NanLoss, "the loss was NaN")
        : double.IsPositiveInfinity(loss) ? new TrialOutcome.Failed(FailureKind.InfiniteLoss, "the loss was Infinity")
        : double.IsNegativeInfinity(loss) ? new TrialOutcome.Failed(FailureKind.InfiniteLoss, "the loss was -Infinity")
        : null;

    private static TrialOutcome Ending(TrialResult result) =>
        FailureOf(result.Loss) is { } failure ? failure : new TrialOutcome.Succeeded(result);

    /// <summary>A value as a message shows it.</summary>
    internal static string Shown(string value) =>
        value.Length == 0 ? "nothing"
        : OutcomeText.Line(value, 120) is { Length: > 0 } line ? line
        : "white space";

    // Without the token, which differs from trial to trial: what fails for the same cause reads the same.
    private static string Reported(JsonElement root)
    {
        var fields = JsonObject.Create(root)!;
        fields.Remove("token");
        return fields.ToJsonString();
    }

    private static TrialOutcome.Failed TooLarge(long size) =>
        Invalid(
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"a result must have at most {MaxBytes} bytes, but got {size}"
            )
        );

    private static TrialOutcome.Failed Invalid(string message, string detail = "") =>
        new(FailureKind.InvalidResult, OutcomeText.Line(message)) { Detail = OutcomeText.Detail(detail) };
}
