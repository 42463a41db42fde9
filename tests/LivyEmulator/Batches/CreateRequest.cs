using System.Collections.Immutable;

namespace FunctionTune.LivyEmulator.Batches;

/// <summary>What somebody wants to be run: the fields of Livy's own request.</summary>
/// <param name="File">The program: a URI, or a path on the default file system.</param>
public sealed record CreateRequest(string File)
{
    /// <summary>Under which name; must not be in use.</summary>
    public string? Name { get; init; }

    /// <summary>As whom.</summary>
    public string? ProxyUser { get; init; }

    /// <summary>The main class of a jar.</summary>
    public string? ClassName { get; init; }

    /// <summary>The program's arguments.</summary>
    public ImmutableArray<string> Args { get; init; } = [];

    /// <summary>Jars beside the program.</summary>
    public ImmutableArray<string> Jars { get; init; } = [];

    /// <summary>Python files beside the program.</summary>
    public ImmutableArray<string> PyFiles { get; init; } = [];

    /// <summary>Files that lie in the program's working directory.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>Archives that are unpacked there.</summary>
    public ImmutableArray<string> Archives { get; init; } = [];

    /// <summary>The Spark configuration.</summary>
    public ImmutableSortedDictionary<string, string> Conf { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Every file that is named.</summary>
    internal IEnumerable<string> AllFiles => [File, .. Jars, .. PyFiles, .. Files, .. Archives];
}
