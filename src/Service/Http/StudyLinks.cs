using System.Text.Json.Nodes;
using FunctionTune.Studies;

namespace FunctionTune.Service.Http;

/// <summary>Where things of a study are found.</summary>
internal static class StudyLinks
{
    public static string Self(StudyId id) => $"/api/studies/{id}";

    public static JsonObject Of(StudyId id) =>
        new()
        {
            ["self"] = Self(id),
            ["trials"] = $"{Self(id)}/trials",
            ["events"] = $"{Self(id)}/events",
            ["cancel"] = $"{Self(id)}/cancel",
            ["pause"] = $"{Self(id)}/pause",
            ["resume"] = $"{Self(id)}/resume",
        };
}
