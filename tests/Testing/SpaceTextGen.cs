using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;

namespace FunctionTune.Testing;

/// <summary>Texts that are nearly spaces: good ones in which some tokens were replaced by others. Most are still JSON.</summary>
public static partial class SpaceTextGen
{
    private static readonly string[] Numbers =
    [
        "0",
        "-0",
        "-1",
        "1e999",
        "-1e400",
        "1e308",
        "1e-320",
        "0.1",
        "9007199254740993",
        "2.5",
        "709",
        "null",
        "\"1\"",
        "[]",
    ];

    private static readonly string[] Words =
    [
        "uniform",
        "quniform",
        "loguniform",
        "normal",
        "randint",
        "choice",
        "pchoice",
        "unifrom",
        "hp.choice",
        "low",
        "high",
        "q",
        "mu",
        "sigma",
        "upper",
        "options",
        "label",
        "log",
        "ref",
        "literal",
        "dict",
        "a",
        "x",
        "",
        "a.b",
        "ü",
        "\\ud800",
    ];

    private static readonly string[] Others =
    [
        "true",
        "false",
        "null",
        "{}",
        "[]",
        "[0,1]",
        "{\"ref\":\"x\"}",
        "{\"uniform\":[0,1]}",
        "{\"choice\":[1,{\"normal\":[0,1]}]}",
    ];

    /// <summary>A text with up to three replacements.</summary>
    public static Gen<string> Mutated() =>
        from text in Gen.Elements(
            SpaceCorpus.Good.Concat(SpaceCorpus.Good).Concat(SpaceCorpus.BadForm).Concat(SpaceCorpus.BadMeaning)
        )
        from changes in Gen.ArrayOf(Gen.Choose(0, 1_000_000), 3)
        from count in Gen.Choose(1, 3)
        select changes.Take(count).Aggregate(text, Replace);

    private static string Replace(string text, int seed)
    {
        MatchCollection tokens = Tokens().Matches(text);
        if (tokens.Count == 0)
        {
            return text;
        }

        Match token = tokens[seed % tokens.Count];
        int pick = seed / tokens.Count;
        string other = token.Value[0] switch
        {
            '"' when pick % 8 > 0 => $"\"{Words[pick % Words.Length]}\"",
            '"' or '[' or ']' or '{' or '}' => Others[pick % Others.Length],
            ':' or ',' => ",",
            _ => pick % 2 == 0 ? Numbers[pick / 2 % Numbers.Length] : Others[pick / 2 % Others.Length],
        };
        return text[..token.Index] + other + text[(token.Index + token.Length)..];
    }

    [GeneratedRegex(
        "\"[^\"]*\"|[-+.0-9eE]+|true|false|null|[][{}:,]",
        RegexOptions.None,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Tokens();
}
