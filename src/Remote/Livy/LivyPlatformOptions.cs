namespace FunctionTune.Remote.Livy;

/// <summary>What the Livy platform takes from its surroundings.</summary>
public sealed record LivyPlatformOptions
{
    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Reads environment variables.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>How many calls a second are made to a server at most. Range: above 0.</summary>
    public double CallsPerSecond { get; init; } = 30;

    /// <summary>How long a call is tried again and again. Range: above zero.</summary>
    public TimeSpan RetryBudget { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The shortest time between two looks at the batches. Range: above zero.</summary>
    public TimeSpan ShortestLook { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest time between two looks at the batches. Range: at least the shortest.</summary>
    public TimeSpan LongestLook { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The servers that a study may name, for calls to them bear the login of this process; null for any. A host that runs
    /// studies of others names its own.
    /// </summary>
    public IReadOnlyList<Uri>? Servers { get; init; }

    /// <summary>Whether a study may name a Python file of this machine.</summary>
    public bool LocalFiles { get; init; } = true;
}
