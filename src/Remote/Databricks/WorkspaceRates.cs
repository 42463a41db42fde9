namespace FunctionTune.Remote.Databricks;

/// <summary>How many calls a second this process makes to one workspace at most. Range of each: above 0.</summary>
public sealed record WorkspaceRates
{
    /// <summary>Submitted runs.</summary>
    public double Submit { get; init; } = 35;

    /// <summary>Looks at single runs, and at their output.</summary>
    public double Get { get; init; } = 100;

    /// <summary>Lists of runs.</summary>
    public double List { get; init; } = 30;

    /// <summary>Files read or written.</summary>
    public double Files { get; init; } = 100;

    /// <summary>Everything else, such as cancelling.</summary>
    public double Other { get; init; } = 30;
}
