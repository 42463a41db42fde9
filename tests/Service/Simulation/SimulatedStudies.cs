using System.Text.Json;
using FunctionTune.Studies;
using FunctionTune.Testing.Studies;

namespace FunctionTune.Service.Tests.Simulation;

/// <summary>Studies whose trials only take time.</summary>
internal static class SimulatedStudies
{
    /// <summary>A study of ten trials.</summary>
    /// <param name="options">What it tells the platform, JSON.</param>
    public static StudySpec Spec(string options) =>
        StudySpecs.Of(new StudyLimits { MaxEvals = 10 }) with
        {
            Trial = new TrialSpec.Remote("simulated", JsonElement.Parse(options)),
        };
}
