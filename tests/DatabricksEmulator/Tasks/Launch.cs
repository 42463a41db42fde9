using System.Collections.Immutable;

namespace FunctionTune.DatabricksEmulator.Tasks;

/// <summary>A program to run for a task.</summary>
/// <param name="Command">The program and its arguments.</param>
internal sealed record Launch(params ImmutableArray<string> Command)
{
    /// <summary>Variables besides those that every task has.</summary>
    public ImmutableDictionary<string, string> Variables { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Where the program leaves what it gave to <c>dbutils.notebook.exit</c>; null when it is no notebook.</summary>
    public string? ExitFile { get; init; }
}
