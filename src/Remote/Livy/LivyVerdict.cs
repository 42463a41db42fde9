using System.Collections.Immutable;
using FunctionTune.History;
using FunctionTune.Remote.Jobs;

namespace FunctionTune.Remote.Livy;

/// <summary>What the end of a batch means for its trials.</summary>
/// <param name="client">The server, which is asked for the log.</param>
/// <param name="options">What the study file says.</param>
internal sealed class LivyVerdict(LivyClient client, LivyOptions options)
{
    private static readonly string[] s_missing = ["FileNotFoundException", "can't open file", "does not exist"];
    private static readonly string[] s_noClass = ["Failed to load class", "ClassNotFoundException"];
    private static readonly string[] s_markers = ["stdout:", "stderr:", "YARN Diagnostics:"];

    /// <summary>How a batch ended.</summary>
    public JobEnd Of(LivyBatch batch) =>
        batch.State switch
        {
            "success" => new JobEnd(null) { Explain = ct => PrintedAsync(batch, ct) },
            "dead" => new JobEnd(Died(FailureKind.ExitCode, $"its batch {batch.Id} ended with an error"))
            {
                Explain = ct => CauseAsync(batch, ct),
            },
            "killed" => new JobEnd(new TrialOutcome.Lost($"somebody ended its batch {batch.Id}")),
            _ => new JobEnd(new TrialOutcome.Lost($"Livy lost sight of its batch {batch.Id}")),
        };

    private async Task<JobEnd> PrintedAsync(LivyBatch batch, CancellationToken cancellationToken)
    {
        string line = OutcomeText.Cause(await LogAsync(batch, cancellationToken).ConfigureAwait(false));
        // Only a driver that runs beside the server is heard here, and Spark's own lines are among its.
        bool isResult =
            line.Length > 0
            && TrialResultReader.Read(line) is not TrialOutcome.Failed { Kind: FailureKind.InvalidResult };
        return new JobEnd(null) { Printed = isResult ? line : null };
    }

    private async Task<JobEnd> CauseAsync(LivyBatch batch, CancellationToken cancellationToken)
    {
        string log = await LogAsync(batch, cancellationToken).ConfigureAwait(false);
        string cause = OutcomeText.Cause(log);
        FailureKind kind =
            IsMisconfigured(cause) ? FailureKind.Misconfigured
            : Has(log, "Traceback (most recent call last):") || Has(log, "Exception in thread \"main\"")
                ? FailureKind.Exception
            : FailureKind.ExitCode;
        string message = cause.Length > 0 ? cause : $"its batch {batch.Id} ended with an error and left no log";
        return new JobEnd(Died(kind, message) with { Detail = OutcomeText.Detail(log) });
    }

    /// <summary>Whether Spark did not find the program itself: no trial will ever run.</summary>
    private bool IsMisconfigured(string cause)
    {
        string program = options.File[(options.File.LastIndexOf('/') + 1)..];
        string main = options.Fields.TryGetValue("className", out var name) ? name.GetValue<string>() : "";
        return (Array.Exists(s_missing, words => Has(cause, words)) && Has(cause, program))
            || (main.Length > 0 && Array.Exists(s_noClass, words => Has(cause, words)) && Has(cause, main));
    }

    private async Task<string> LogAsync(LivyBatch batch, CancellationToken cancellationToken)
    {
        ImmutableArray<string> lines = await client.ReadLogAsync(batch.Id, cancellationToken).ConfigureAwait(false);
        return string.Join('\n', lines.Where(line => !s_markers.Contains(line.Trim(), StringComparer.Ordinal)));
    }

    private static TrialOutcome.Failed Died(FailureKind kind, string message) => new(kind, OutcomeText.Line(message));

    private static bool Has(string text, string words) => text.Contains(words, StringComparison.Ordinal);
}
