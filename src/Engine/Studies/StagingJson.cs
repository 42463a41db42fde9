using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Json;

namespace FunctionTune.Studies;

/// <summary>The staging area in a study file: its URI, or an object that also says how trials reach it.</summary>
internal static class StagingJson
{
    private static readonly string[] s_access = ["identity", "sas"];

    public static StagingSpec? Read(JsonFields fields, List<Problem> problems)
    {
        if (fields.Any("staging") is not { } element)
        {
            return null;
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return fields.Text("staging", IsText, "a path, a URI, or an object with a uri") is { } place
                ? new StagingSpec(place)
                : null;
        }

        var staging = new JsonFields(element, fields.PathOf("staging"), problems);
        staging.Required("uri", "a staging area has a uri", "Write the path of a folder or volume, or a URI.");
        string uri = staging.Text("uri", IsText, "a path or a URI") ?? "";
        string? mount = staging.Text(
            "mount",
            IsFull,
            "the full path at which trials find the area, such as \"/mnt/shared\""
        );
        string? access = staging.Text(
            "access",
            text => s_access.Contains(text, StringComparer.Ordinal),
            "\"identity\" or \"sas\""
        );
        staging.RefuseOthers();
        bool isSigned = string.Equals(access, "sas", StringComparison.Ordinal);
        if (isSigned && uri.Length > 0 && !uri.Contains("://", StringComparison.Ordinal))
        {
            staging.Refuse(
                "access",
                "only blob storage lets trials in by signatures",
                $"\"sas\" for '{uri}'",
                "Leave it out, or name the container by its URI."
            );
        }

        return new StagingSpec(uri, mount, isSigned ? StagingAccess.Sas : StagingAccess.Identity);
    }

    public static JsonNode Write(StagingSpec staging) =>
        staging is { Mount: null, Access: StagingAccess.Identity }
            ? JsonValue.Create(staging.Uri)
            : JsonSerializer.SerializeToNode(staging, StudyJson.Options)!;

    private static bool IsText(string text) => text.Trim().Length > 0;

    // Trials have their own folder, and their own system: a relative path would mean another place for each.
    private static bool IsFull(string path) =>
        path.StartsWith('/')
        || path.Contains(":/", StringComparison.Ordinal)
        || path.Contains(":\\", StringComparison.Ordinal);
}
