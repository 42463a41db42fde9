using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Studies;

namespace FunctionTune.Cli.Commands;

/// <summary>Options that set a study's limits.</summary>
internal static class LimitOptions
{
    public static Option<int?> MaxEvals { get; } =
        new("--max-evals")
        {
            Description = "How many trials are started in all.",
            HelpName = "N",
            CustomParser = Positive,
        };

    public static Option<JsonValue?> Parallelism { get; } =
        new("--parallelism")
        {
            Description = "How many trials run at once; 'auto' follows the machine.",
            HelpName = "N|auto",
            CustomParser = PositiveOrAuto,
        };

    public static Option<TimeSpan?> Timeout { get; } =
        new("--timeout")
        {
            Description = "How long the study may take: seconds, 90s, 10m, 2h, or hh:mm:ss.",
            HelpName = "TIME",
            CustomParser = Time,
        };

    /// <summary>The limits that were given, under the keys of a study file.</summary>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> Given(ParseResult parsed)
    {
        if (parsed.GetValue(MaxEvals) is { } most)
        {
            yield return new("maxEvals", most);
        }

        if (parsed.GetValue(Parallelism) is { } parallelism)
        {
            yield return new("parallelism", parallelism);
        }

        if (parsed.GetValue(Timeout) is { } timeout)
        {
            yield return new("timeout", timeout.ToString("c", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The limits that were given as a change; null when none was.</summary>
    public static LimitsChange? Change(ParseResult parsed)
    {
        JsonValue? parallelism = parsed.GetValue(Parallelism);
        bool isNumber = parallelism?.GetValueKind() == JsonValueKind.Number;
        var change = new LimitsChange
        {
            MaxEvals = parsed.GetValue(MaxEvals),
            Parallelism = isNumber ? parallelism!.GetValue<int>() : null,
            AutoParallelism = parallelism is null ? null : !isNumber,
            Timeout = parsed.GetValue(Timeout),
        };
        return change == new LimitsChange() ? null : change;
    }

    private static int? Positive(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1)
        {
            return number;
        }

        result.AddError($"{Option(result)} must be an integer of at least 1; got '{text}'.");
        return null;
    }

    private static JsonValue? PositiveOrAuto(ArgumentResult result) =>
        string.Equals(result.Tokens[0].Value, "auto", StringComparison.OrdinalIgnoreCase) ? JsonValue.Create("auto")
        : Positive(result) is { } number ? JsonValue.Create(number)
        : null;

    private static TimeSpan? Time(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (TimeText.Parse(text) is { } time)
        {
            return time;
        }

        result.AddError(
            $"{Option(result)} must be a time above zero such as 90, 90s, 10m, 2h or 00:10:00; got '{text}'."
        );
        return null;
    }

    private static string Option(ArgumentResult result) =>
        result.Parent is OptionResult { Option: { } option } ? option.Name : "the option";
}
