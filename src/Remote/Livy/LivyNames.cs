using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using FunctionTune.Hosting;
using FunctionTune.Remote.Jobs;
using FunctionTune.Studies;

namespace FunctionTune.Remote.Livy;

/// <summary>
/// The names of batches. Livy takes a name once only, so that a batch is begun once however often that is asked for; and the
/// names tell whose batches are left.
/// </summary>
internal static partial class LivyNames
{
    /// <summary>How much of a token is in the name of a single trial's batch.</summary>
    private const int TokenLength = 16;

    /// <summary>The name of a job's batch.</summary>
    public static string Of(JobOrder order) =>
        order.IsBatch
            ? $"functiontune-{order.Study}-batch-{order.Token}"
            : Of(order.Study, order.Trials[0], order.Token);

    /// <summary>What a name tells of a study's batch; null for the name of something else.</summary>
    /// <param name="name">The name.</param>
    /// <param name="study">The study.</param>
    /// <param name="createdAt">When it was created: others may have a study of the same id on the server.</param>
    public static Owned? Read(string name, StudyId study, DateTimeOffset createdAt)
    {
        Match parts = Parts().Match(name);
        if (!parts.Success || !string.Equals(parts.Groups["study"].Value, study.ToString(), StringComparison.Ordinal))
        {
            return null;
        }

        if (parts.Groups["batch"] is { Success: true, Value: var batch })
        {
            return new Owned(batch);
        }

        var trial = new TrialAttempt(Number(parts.Groups["trial"]), Number(parts.Groups["attempt"]));
        var start = new TrialStart(
            study,
            createdAt,
            trial.Trial,
            trial.Attempt,
            Params: null,
            ImmutableSortedDictionary<string, DataReference>.Empty,
            Timeout: null
        );
        return string.Equals(Of(study, trial, start.Token), name, StringComparison.Ordinal) ? new Owned(null) : null;
    }

    private static string Of(StudyId study, TrialAttempt trial, string token) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"functiontune-{study}-{trial.Trial}-{trial.Attempt}-{token[..TokenLength]}"
        );

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        "^functiontune-(?<study>[a-z0-9-]+?)-"
            + "(?:batch-(?<batch>[0-9a-f]{64})|(?<trial>[0-9]{1,9})-(?<attempt>[0-9]{1,9})-[0-9a-f]{16})\\z",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant
    )]
    private static partial Regex Parts();

    /// <summary>A batch that may be the study's.</summary>
    /// <param name="Batch">The token of a batch of several trials: its list tells whether it is this study's. Null for a single trial, which is.</param>
    internal sealed record Owned(string? Batch);
}
