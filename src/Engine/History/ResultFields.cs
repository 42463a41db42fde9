using System.Collections.Immutable;
using System.Text.Json;

namespace FunctionTune.History;

/// <summary>The members of a result object, by the rules of <see cref="TrialResultReader"/>.</summary>
/// <param name="root">The object.</param>
internal sealed class ResultFields(JsonElement root)
{
    private readonly List<string> _notes = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>The first rule that is broken, with the value that breaks it; null when all is well.</summary>
    public string? Problem { get; private set; }

    /// <summary>What names the attempt that the result is of; null when nothing does.</summary>
    public string? Token() => Find("token", "token") is not null ? Text("token") : null;

    public string Status()
    {
        if (Find("status", "status") is not { } status)
        {
            return "ok";
        }

        if (status.ValueKind == JsonValueKind.String && status.GetString() is "ok" or "fail")
        {
            return status.GetString()!;
        }

        return Refuse("status must be \"ok\" or \"fail\"", status, "ok");
    }

    /// <summary>The loss, finite or not; null when there is none.</summary>
    public double? Loss() =>
        Find("loss", "loss") is { } loss ? Number("loss", loss)
        : Losses() is { } parts ? Parts.Mean(parts)
        : null;

    public TrialOutcome.Failed Failure(double? loss)
    {
        string message = Text("message") ?? Text("error") ?? "the trial reported the status fail";
        return new TrialOutcome.Failed(FailureKind.Reported, OutcomeText.Line(message))
        {
            Detail = OutcomeText.Detail(Text("detail") ?? Text("traceback") ?? ""),
            Loss = loss is { } value && double.IsFinite(value) ? value : null,
        };
    }

    public TrialResult Result(double loss)
    {
        double? parts =
            !root.TryGetProperty("loss", out _) && Losses() is { Length: > 1 } losses ? Parts.Variance(losses) : null;
        return new TrialResult(loss)
        {
            LossVariance = Variance("loss_variance", "lossVariance") ?? Finite("loss_variance", parts),
            TrueLoss = Finite("true_loss", Optional("true_loss", "trueLoss")),
            TrueLossVariance = Variance("true_loss_variance", "trueLossVariance"),
            Metrics = Metrics(),
            Extra = Extra(),
            Note = _notes.Count > 0 ? OutcomeText.Line(string.Join("; ", _notes)) : null,
        };
    }

    private ImmutableSortedDictionary<string, double> Metrics()
    {
        var metrics = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        if (Find("metrics", "metrics") is not { } found)
        {
            return metrics.ToImmutable();
        }

        if (found.ValueKind != JsonValueKind.Object)
        {
            return Refuse("metrics must be an object of numbers", found, metrics.ToImmutable());
        }

        foreach (JsonProperty metric in found.EnumerateObject())
        {
            if (Finite($"metrics.{metric.Name}", Number($"metrics.{metric.Name}", metric.Value)) is { } value)
            {
                metrics.Add(metric.Name, value);
            }
        }

        return metrics.ToImmutable();
    }

    private ImmutableSortedDictionary<string, JsonElement> Extra() =>
        root.EnumerateObject()
            .Where(member => !_known.Contains(member.Name))
            .ToImmutableSortedDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);

    private double[]? Losses()
    {
        if (!root.TryGetProperty("losses", out JsonElement losses) || losses.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return losses.ValueKind == JsonValueKind.Array && losses.GetArrayLength() > 0
            ? [.. losses.EnumerateArray().Select(part => Number("each of losses", part))]
            : Refuse("losses must be an array of at least one number", losses, (double[]?)null);
    }

    private double? Variance(string name, string camel)
    {
        double? variance = Finite(name, Optional(name, camel));
        return variance is < 0 && Find(name, camel) is { } value
            ? Refuse($"{name} must be at least 0", value, (double?)null)
            : variance;
    }

    private double? Optional(string name, string camel) => Find(name, camel) is { } value ? Number(name, value) : null;

    private double Number(string name, JsonElement value) =>
        LooseJson.TryNumber(value, out double number) ? number : Refuse($"{name} must be a number", value, double.NaN);

    private double? Finite(string name, double? value)
    {
        if (value is not { } number || double.IsFinite(number))
        {
            return value;
        }

        _notes.Add($"{name} was left out: it was {(double.IsNaN(number) ? "NaN" : "infinite")}");
        return null;
    }

    private string? Text(string name) =>
        root.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;

    private JsonElement? Find(string name, string camel)
    {
        _known.Add(name);
        _known.Add(camel);
        bool there = root.TryGetProperty(name, out JsonElement value) || root.TryGetProperty(camel, out value);
        return there && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private T Refuse<T>(string rule, JsonElement value, T instead)
    {
        Problem ??= $"{rule}, but got {TrialResultReader.Shown(value.GetRawText())}";
        return instead;
    }
}
