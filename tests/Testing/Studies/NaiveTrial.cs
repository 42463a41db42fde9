using FunctionTune.History;

namespace FunctionTune.Testing.Studies;

/// <summary>One trial of <see cref="NaiveStudy"/>.</summary>
public sealed class NaiveTrial
{
    /// <summary>Where it stands.</summary>
    public TrialState State { get; set; }

    /// <summary>The attempt that waits or runs, or was the last.</summary>
    public int Attempt { get; set; } = 1;

    /// <summary>How many attempts were lost.</summary>
    public int Losses { get; set; }

    /// <summary>The loss of a success.</summary>
    public double? Loss { get; set; }

    /// <summary>Values by step and name.</summary>
    public IDictionary<(long Step, string Name), double> Values { get; } =
        new Dictionary<(long Step, string Name), double>();
}
