using System.CommandLine;

namespace FunctionTune.Cli.Commands;

/// <summary>Options that mean the same wherever they appear.</summary>
internal static class SharedOptions
{
    /// <summary>Where studies are kept.</summary>
    public static Option<DirectoryInfo> Store { get; } =
        new("--store")
        {
            Description = "Folder in which studies are kept.",
            HelpName = "DIR",
            DefaultValueFactory = _ => new DirectoryInfo(".functiontune"),
        };

    /// <summary>One JSON document on standard output, and nothing else there.</summary>
    public static Option<bool> Json { get; } =
        new("--json") { Description = "Print one JSON document on standard output, and nothing else there." };

    /// <summary>No progress, only the result.</summary>
    public static Option<bool> Quiet { get; } =
        new("--quiet", "-q") { Description = "Show no progress, only the result." };

    /// <summary>Whether the caller reads standard output as JSON, errors included.</summary>
    public static bool WantsJson(ParseResult parsed) =>
        parsed.GetResult(Json) is not null;
}
