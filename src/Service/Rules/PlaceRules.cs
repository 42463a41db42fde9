using System.Collections.Immutable;
using System.Text.Json;
using FunctionTune.Json;
using FunctionTune.Studies;

namespace FunctionTune.Service.Rules;

/// <summary>
/// Where a study may point: not at files of a host that it shares with others, and not at places that the host would write to
/// in its own name.
/// </summary>
internal static class PlaceRules
{
    private const string Staged = "staged";

    public static IEnumerable<Problem> Check(StudySpec spec, HostRules host) =>
        [
            .. host.LocalFiles ? [] : CheckFiles(spec),
            .. host.StagingPlaces is { } places ? CheckStaging(spec.Staging, places) : [],
        ];

    private static IEnumerable<Problem> CheckFiles(StudySpec spec)
    {
        const string Rule = "a study on this host names no files of the host";
        if (spec.BaseFolder is not null)
        {
            yield return new Problem("$.baseFolder", Rule, $"'{spec.BaseFolder}'", "Leave it out.");
        }

        foreach ((string name, DataReference data) in spec.Data)
        {
            if (!AreaDataStaging.IsElsewhere(data.Uri) && !AreaDataStaging.IsInside(data.Uri))
            {
                yield return new Problem(
                    JsonPath.Key("$.data", name),
                    Rule,
                    $"'{data.Uri}'",
                    $"Give a URI or a path of a volume, or upload it to {AreaDataStaging.Folder}/ in the host's container and "
                        + "write its path from there."
                );
            }

            if (data.Manifest is not null || data.Source is not null)
            {
                const string Own = "what was staged is noted by the host, not by who asks for a study";
                yield return new Problem(JsonPath.Key("$.data", name), Own, "a manifest or a source", "Leave it out.");
            }
        }

        if (
            spec.Trial is TrialSpec.Remote { Options: { ValueKind: JsonValueKind.Object } options } remote
            && options.TryGetProperty(Staged, out _)
        )
        {
            const string Own = "where a program was staged is noted by the host, not by who asks for a study";
            yield return new Problem($"$.trial.{remote.Platform}.{Staged}", Own, Hint: "Leave it out.");
        }
    }

    private static IEnumerable<Problem> CheckStaging(StagingSpec? staging, ImmutableArray<string> places)
    {
        if (staging is not null && !places.Any(place => IsAtOrBelow(staging.Uri, place.TrimEnd('/'))))
        {
            yield return new Problem(
                "$.staging",
                "a study on this host is staged where the host keeps its studies",
                $"'{staging.Uri}'",
                places.IsEmpty
                    ? "Leave it out."
                    : $"Leave it out, or name a place at or below {string.Join(", ", places)}."
            );
        }
    }

    // Compared as it is written: whatever could mean another place in another spelling is not below.
    private static bool IsAtOrBelow(string uri, string place) =>
        string.Equals(uri.TrimEnd('/'), place, StringComparison.Ordinal)
        || (
            uri.StartsWith($"{place}/", StringComparison.Ordinal)
            && uri.AsSpan(place.Length).IndexOfAny("%\\?#") < 0
            && !uri[(place.Length + 1)..].TrimEnd('/').Split('/').Any(part => part is "" or "." or "..")
        );
}
