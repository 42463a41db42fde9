using System.Collections.Immutable;
using System.Text.Json;
using FunctionTune.Json;

namespace FunctionTune.Spaces.Notation;

/// <summary>
/// Reads what stands behind the name of an expression: hyperopt's positional arguments as an array, or named ones as an object.
/// Values are not looked at here.
/// </summary>
/// <param name="problems">Receives what is wrong.</param>
internal sealed class ArgumentReader(ICollection<Problem> problems)
{
    private const string Upper = "upper";
    private const string Log = "log";
    private const string Label = "label";

    /// <summary>The arguments by name, or null when some are missing or make no sense.</summary>
    /// <param name="signature">The expression.</param>
    /// <param name="arguments">The JSON behind its name.</param>
    /// <param name="path">Where that stands.</param>
    public ImmutableArray<Argument>? Read(DistributionSignature signature, JsonElement arguments, string path)
    {
        int before = problems.Count;
        ImmutableArray<Argument> read = arguments.ValueKind switch
        {
            JsonValueKind.Array => Positional(signature, arguments, path),
            JsonValueKind.Object => Named(signature, arguments, path),
            _ => Refuse(signature, arguments, path),
        };
        return problems.Count == before ? read : null;
    }

    /// <summary>The explicit label among the arguments of an expression; null when there is none.</summary>
    public string? ReadLabel(JsonElement arguments, string path)
    {
        if (arguments.ValueKind != JsonValueKind.Object || !arguments.TryGetProperty(Label, out JsonElement label))
        {
            return null;
        }

        if (label.ValueKind == JsonValueKind.String && label.GetString() is { Length: > 0 } text)
        {
            return text;
        }

        string hint = "Without a label the parameter is named by its path.";
        problems.Add(new(JsonPath.Key(path, Label), "a label must be a text", JsonText.Short(label), hint));
        return null;
    }

    private ImmutableArray<Argument> Positional(DistributionSignature signature, JsonElement arguments, string path)
    {
        if (IsChoice(signature))
        {
            return [new("options", arguments, path)];
        }

        int count = arguments.GetArrayLength();
        ImmutableArray<string> names = IsRandInt(signature) && count == 1 ? [Upper] : signature.Arguments;
        if (count != names.Length)
        {
            bool hasLabel = count > 0 && arguments[0].ValueKind == JsonValueKind.String;
            problems.Add(
                new(
                    path,
                    $"{signature.Name} takes {Form(signature)}",
                    JsonText.Short(arguments),
                    hasLabel ? "A label is given by name: {\"label\": …}; without one the path is the label." : ""
                )
            );
            return [];
        }

        return [.. arguments.EnumerateArray().Select((v, i) => new Argument(names[i], v, JsonPath.Item(path, i)))];
    }

    private ImmutableArray<Argument> Named(DistributionSignature signature, JsonElement arguments, string path)
    {
        Argument[] given =
        [
            .. arguments.EnumerateObject().Select(m => new Argument(m.Name, m.Value, JsonPath.Key(path, m.Name))),
        ];
        string[] names = [.. given.Select(argument => argument.Name)];
        bool isUpper = IsRandInt(signature) && names.Contains(Upper, StringComparer.Ordinal);
        string[] required = isUpper ? [Upper] : [.. signature.Arguments];
        string[] allowed = CanBeNatural(signature) ? [.. required, Log, Label] : [.. required, Label];

        string[] missing = [.. required.Except(names, StringComparer.Ordinal)];
        foreach (Argument unknown in given.Where(argument => !allowed.Contains(argument.Name, StringComparer.Ordinal)))
        {
            problems.Add(Unknown(signature, unknown, allowed.Except(names, StringComparer.Ordinal)));

            // One slip is one problem: what the unknown name was meant to be is not missing as well.
            missing = [.. missing.Except([Spelling.Nearest(unknown.Name, missing) ?? ""], StringComparer.Ordinal)];
        }

        foreach (string name in missing)
        {
            string rule = $"{signature.Name} takes {Form(signature)}";
            problems.Add(new(JsonPath.Key(path, name), rule, $"no '{name}'"));
        }

        return [.. given.Where(argument => !string.Equals(argument.Name, Label, StringComparison.Ordinal))];
    }

    private static Problem Unknown(DistributionSignature signature, Argument argument, IEnumerable<string> known)
    {
        string hint = (argument.Name, signature.Name) switch
        {
            (Log, "loguniform" or "qloguniform") =>
                "Its bounds are logarithms already. For natural bounds use uniform or quniform with log.",
            (Log, "normal" or "qnormal") => "Use lognormal or qlognormal, with mu and sigma of the logarithm.",
            ("low" or "high", "randint") => "Give either upper, or low and high.",
            _ => Spelling.Suggest(argument.Name, known),
        };
        return new(argument.Path, $"{signature.Name} takes {Form(signature)}", $"'{argument.Name}'", hint);
    }

    private ImmutableArray<Argument> Refuse(DistributionSignature signature, JsonElement arguments, string path)
    {
        problems.Add(
            new(
                path,
                $"{signature.Name} takes {Form(signature)}",
                JsonText.Short(arguments),
                $"For a plain dictionary with the key '{signature.Name}' write "
                    + $"{{\"dict\": [[\"{signature.Name}\", {JsonText.Short(arguments)}]]}}."
            )
        );
        return [];
    }

    private static string Form(DistributionSignature signature) =>
        signature.Name switch
        {
            "choice" => "a list of options, or {\"options\": […]}",
            "pchoice" => "a list of [probability, option], or {\"options\": […]}",
            "randint" => "[upper] or [low, high], or the same by name",
            _ => $"[{string.Join(", ", signature.Arguments)}], or the same by name",
        };

    private static bool IsChoice(DistributionSignature signature) => signature.Name is "choice" or "pchoice";

    private static bool IsRandInt(DistributionSignature signature) => signature.Name is "randint";

    private static bool CanBeNatural(DistributionSignature signature) => signature.Name is "uniform" or "quniform";
}
