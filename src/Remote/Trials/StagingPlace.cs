using FunctionTune.Studies;

namespace FunctionTune.Remote.Trials;

/// <summary>The staging area that a study asks for.</summary>
internal static class StagingPlace
{
    private const string Variable = "FUNCTIONTUNE_STAGING";

    /// <summary>What the study file says, or else the environment; null when neither does.</summary>
    /// <param name="spec">The study.</param>
    /// <param name="variable">Reads the environment.</param>
    public static StagingSpec? Of(StudySpec spec, Func<string, string?> variable) =>
        spec.Staging
        ?? (
            variable(Variable) is { } place && !string.IsNullOrWhiteSpace(place) ? new StagingSpec(place.Trim()) : null
        );
}
