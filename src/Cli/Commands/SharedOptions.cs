using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace FunctionTune.Cli.Commands;

/// <summary>Options and arguments that mean the same wherever they appear.</summary>
internal static class SharedOptions
{
    private const string DefaultStore = ".functiontune";
    private const long LargestSeed = 1L << 53;

    /// <summary>Where studies are kept.</summary>
    public static Option<string> Store { get; } =
        new("--store")
        {
            Description = "Folder in which studies are kept.",
            HelpName = "DIR",
            DefaultValueFactory = _ => DefaultStore,
        };

    /// <summary>One JSON document on standard output, and nothing else there.</summary>
    public static Option<bool> Json { get; } =
        new("--json") { Description = "Print one JSON document on standard output, and nothing else there." };

    /// <summary>No progress, only the result.</summary>
    public static Option<bool> Quiet { get; } =
        new("--quiet", "-q") { Description = "Show no progress, only the result." };

    /// <summary>The study's seed.</summary>
    public static Option<long?> Seed { get; } =
        new("--seed")
        {
            Description = "All randomness of the suggestions follows from this; in place of the file's.",
            HelpName = "N",
            CustomParser = ParseSeed,
        };

    /// <summary>A study that exists.</summary>
    public static Argument<string> Id { get; } =
        new("ID") { Description = "The study's id; 'functiontune list' shows them." };

    /// <summary>A study file.</summary>
    public static Argument<string> File { get; } = new("FILE") { Description = "The study file (JSON)." };

    /// <summary>Whether the caller reads standard output as JSON, errors included; also when the rest is not understood.</summary>
    public static bool WantsJson(ParseResult parsed) =>
        parsed.Tokens.Any(token => string.Equals(token.Value, Json.Name, StringComparison.Ordinal))
        || parsed.GetResult(TrialsVerb.Format) is { Tokens: [{ Value: "json" }] };

    private static long? ParseSeed(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seed) && seed <= LargestSeed)
        {
            return seed;
        }

        result.AddError($"--seed must be an integer from 0 to 2^53; got '{text}'.");
        return null;
    }
}
