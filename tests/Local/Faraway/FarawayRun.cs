using FunctionTune.History;

namespace FunctionTune.Local.Tests.Faraway;

/// <summary>A run of the service.</summary>
/// <param name="study">The study that it belongs to.</param>
internal sealed class FarawayRun(string study)
{
    public string Study { get; } = study;

    /// <summary>How it ended; null while it goes on.</summary>
    public TrialOutcome? Outcome { get; set; }

    /// <summary>Whether a host has seen its end.</summary>
    public bool IsKnown { get; set; }
}
