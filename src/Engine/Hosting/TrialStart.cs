using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FunctionTune.Studies;

namespace FunctionTune.Hosting;

/// <summary>What a runner needs to start an attempt.</summary>
/// <param name="Study">The study.</param>
/// <param name="StudyCreatedAt">When the study was created: tells apart studies that bear the same id one after the other.</param>
/// <param name="Trial">The trial's number.</param>
/// <param name="Attempt">The attempt, from 1.</param>
/// <param name="Params">What the objective receives; not changed by the runner.</param>
/// <param name="Data">The study's data by name.</param>
/// <param name="Timeout">How long the attempt may take; null for no limit.</param>
public sealed record TrialStart(
    StudyId Study,
    DateTimeOffset StudyCreatedAt,
    int Trial,
    int Attempt,
    JsonNode? Params,
    ImmutableSortedDictionary<string, DataReference> Data,
    TimeSpan? Timeout
)
{
    /// <summary>
    /// The SHA-256 of (study, trial, attempt), 64 lower-case hexadecimal digits: names the attempt to any service, also to one
    /// that still remembers an earlier study of the same id.
    /// </summary>
    public string Token =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    string.Create(CultureInfo.InvariantCulture, $"{Study}@{StudyCreatedAt.UtcTicks}/{Trial}/{Attempt}")
                )
            )
        );

    /// <summary>What a command asks for, with the point that the study's record holds.</summary>
    /// <param name="record">The study.</param>
    /// <param name="trial">The trial's number; it has been suggested.</param>
    /// <param name="attempt">The attempt, from 1.</param>
    public static TrialStart Of(StudyRecord record, int trial, int attempt)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new TrialStart(
            record.Id,
            record.CreatedAt,
            trial,
            attempt,
            record.Spec.Space.Evaluate(record.Trials[trial].Point),
            record.Spec.Data,
            record.Spec.Trial.Timeout
        );
    }
}
