using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FunctionTune.Remote.Trials;

namespace FunctionTune.Remote.Livy;

/// <summary>What a study file says under <c>trial.livy</c>.</summary>
/// <param name="Url">The server.</param>
/// <param name="File">The program: a Python file or a jar. A relative path is one of this machine.</param>
internal sealed record LivyOptions(Uri Url, string File)
{
    /// <summary>The most trials at once, when the study file does not say.</summary>
    public const int DefaultMaxParallelism = 128;

    /// <summary>The function of a Python file that takes the parameters and returns the loss; null when the file does it all.</summary>
    public string? Objective { get; init; }

    /// <summary>The program's arguments.</summary>
    public ImmutableArray<string> Args { get; init; } = [];

    /// <summary>What is passed on to Livy as it is, in Livy's words: <c>className</c>, <c>jars</c>, <c>driverMemory</c> and so on.</summary>
    public ImmutableSortedDictionary<string, JsonNode> Fields { get; init; } =
        ImmutableSortedDictionary.Create<string, JsonNode>(StringComparer.Ordinal);

    /// <summary>Python files beside the program.</summary>
    public ImmutableArray<string> PyFiles { get; init; } = [];

    /// <summary>The Spark configuration.</summary>
    public ImmutableSortedDictionary<string, string> Conf { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Whether a trial uses all of the cluster.</summary>
    public bool IsDistributed { get; init; }

    /// <summary>How many trials can be carried at once; null when the study file does not say. Range: at least 1.</summary>
    public int? Slots { get; init; }

    /// <summary>The most trials that share a batch of Livy. Range: at least 1.</summary>
    public int TrialsPerRun { get; init; } = 1;

    /// <summary>The most trials at once. Range: at least 1.</summary>
    public int MaxParallelism { get; init; } = DefaultMaxParallelism;

    /// <summary>Where the program was staged; null when there was nothing to stage.</summary>
    public StagedProgram? Staged { get; init; }

    /// <summary>Whether the program is a Python file.</summary>
    public bool IsPython => File.EndsWith(".py", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the program lies on this machine, and has to be staged.</summary>
    public bool IsLocal => !File.StartsWith('/') && !File.Contains(":/", StringComparison.Ordinal);

    /// <summary>Whether the server is on this machine, so that its programs find the files of this machine.</summary>
    public bool IsHere => Url.IsLoopback;
}
