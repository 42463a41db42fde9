namespace FunctionTune.TrialClient;

/// <summary>Results as the host reads them.</summary>
internal static class TrialAnswer
{
    public static Dictionary<string, object?> Succeeded(
        double loss,
        double? lossVariance,
        IReadOnlyDictionary<string, double>? metrics,
        IEnumerable<KeyValuePair<string, object?>>? extra
    )
    {
        var result = new Dictionary<string, object?>(StringComparer.Ordinal) { ["status"] = "ok", ["loss"] = loss };
        if (lossVariance is not null)
        {
            result.Add("loss_variance", lossVariance);
        }

        if (metrics is not null)
        {
            result.Add("metrics", metrics);
        }

        foreach (KeyValuePair<string, object?> entry in extra ?? [])
        {
            if (result.ContainsKey(entry.Key))
            {
                throw new ArgumentException(
                    $"An extra key must not be one of the result's own, but got '{entry.Key}'. Choose another name.",
                    nameof(extra)
                );
            }

            result.Add(entry.Key, entry.Value);
        }

        return result;
    }

    public static Dictionary<string, object?> Folds(
        IReadOnlyList<double> losses,
        IReadOnlyDictionary<string, double>? metrics,
        IReadOnlyDictionary<string, object?>? extra
    )
    {
        if (losses.Count == 0)
        {
            throw new ArgumentException(
                "A cross-validation must have at least one fold, but got none.",
                nameof(losses)
            );
        }

        double mean = losses.Average();
        double? variance =
            losses.Count > 1 ? losses.Sum(loss => (loss - mean) * (loss - mean)) / (losses.Count - 1) : null;
        return Succeeded(mean, variance, metrics, [new("losses", losses), .. extra ?? Nothing]);
    }

    public static Dictionary<string, object?> Failed(string message) =>
        new(StringComparer.Ordinal) { ["status"] = "fail", ["message"] = message };

    public static Dictionary<string, object?> Failed(Exception exception) =>
        new(StringComparer.Ordinal)
        {
            ["status"] = "fail",
            ["message"] = $"{exception.GetType().FullName}: {exception.Message}",
            ["type"] = exception.GetType().FullName,
            ["traceback"] = exception.ToString(),
        };

    private static Dictionary<string, object?> Nothing => [];
}
