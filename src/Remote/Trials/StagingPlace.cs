using FunctionTune.Studies;

namespace FunctionTune.Remote.Trials;

/// <summary>The staging area that a study leaves to the environment.</summary>
internal static class StagingPlace
{
    private const string Variable = "FUNCTIONTUNE_STAGING";

    /// <summary>The study with the place that the environment names, if the study names none.</summary>
    /// <param name="spec">The study.</param>
    /// <param name="variable">Reads the environment.</param>
    public static StudySpec Complete(StudySpec spec, Func<string, string?> variable) =>
        spec.Staging is null && variable(Variable) is { } place && !string.IsNullOrWhiteSpace(place)
            ? spec with
            {
                Staging = new StagingSpec(place.Trim()),
            }
            : spec;
}
