using System.Collections.Immutable;

namespace FunctionTune.Local.Spark;

/// <summary>What a study file says under <c>trial.sparkSubmit</c>.</summary>
/// <param name="File">The program: a Python file or a jar; a path of this machine or a URI.</param>
internal sealed record SparkSubmitOptions(string File)
{
    /// <summary>Where Spark runs; null for what its own configuration says.</summary>
    public string? Master { get; init; }

    /// <summary>Whether the driver runs on a machine of the cluster, not on this one.</summary>
    public bool IsCluster { get; init; }

    /// <summary>The main class of a jar.</summary>
    public string? Class { get; init; }

    /// <summary>The function of a Python file that takes the parameters and returns the loss; null when the file does it all.</summary>
    public string? Objective { get; init; }

    /// <summary>The program's arguments.</summary>
    public ImmutableArray<string> Args { get; init; } = [];

    /// <summary>Lists of files and packages by the option of spark-submit that takes them; none of them is empty.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Lists { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal);

    /// <summary>Single values, such as the memory of the driver, by the option of spark-submit that takes them.</summary>
    public ImmutableSortedDictionary<string, string> Values { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The Spark configuration.</summary>
    public ImmutableSortedDictionary<string, string> Conf { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Whether a trial uses all of the cluster.</summary>
    public bool IsDistributed { get; init; }

    /// <summary>How many trials can be carried at once; null when the study file does not say. Range: at least 1.</summary>
    public int? Slots { get; init; }

    /// <summary>The most trials at once; null for no bound. Range: at least 1.</summary>
    public int? MaxParallelism { get; init; }

    /// <summary>Whether the program is a Python file.</summary>
    public bool IsPython => File.EndsWith(".py", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether Spark runs on this machine alone.</summary>
    public bool IsLocal => Master is { } master && master.StartsWith("local", StringComparison.Ordinal);
}
