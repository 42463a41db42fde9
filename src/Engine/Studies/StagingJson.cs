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
        string? mount = staging.Text("mount", IsText, "the path at which trials find the area");
        string? access = staging.Text(
            "access",
            text => s_access.Contains(text, StringComparer.Ordinal),
            "\"identity\" or \"sas\""
        );
        staging.RefuseOthers();
        return new StagingSpec(
            uri,
            mount,
            string.Equals(access, "sas", StringComparison.Ordinal) ? StagingAccess.Sas : StagingAccess.Identity
        );
    }

    public static JsonNode Write(StagingSpec staging) =>
        staging is { Mount: null, Access: StagingAccess.Identity }
            ? JsonValue.Create(staging.Uri)
            : JsonSerializer.SerializeToNode(staging, StudyJson.Options)!;

    private static bool IsText(string text) => text.Trim().Length > 0;
}
