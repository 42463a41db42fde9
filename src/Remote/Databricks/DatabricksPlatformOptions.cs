namespace FunctionTune.Remote.Databricks;

/// <summary>What the Databricks platform takes from its surroundings.</summary>
public sealed record DatabricksPlatformOptions
{
    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Reads environment variables.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>How many calls a second are made to a workspace at most.</summary>
    public WorkspaceRates Rates { get; init; } = new();

    /// <summary>The shortest time between two looks at the runs. Range: above zero.</summary>
    public TimeSpan ShortestLook { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest time between two looks at the runs. Range: at least the shortest.</summary>
    public TimeSpan LongestLook { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The workspaces that a study may name, for calls to them bear the token of this process; null for any. A host that runs
    /// studies of others names its own.
    /// </summary>
    public IReadOnlyList<Uri>? Workspaces { get; init; }

    /// <summary>Whether a study may name a Python file of this machine.</summary>
    public bool LocalFiles { get; init; } = true;
}
