using System.Text.Json;
using FunctionTune.Json;

namespace FunctionTune.Cli.AskTell;

/// <summary>The keys of a request, and the problems with them.</summary>
internal static class RequestKeys
{
    public static List<Problem> Unknown(JsonElement request, string[] known, string path) =>
        [
            .. request
                .EnumerateObject()
                .Where(member => !known.Contains(member.Name, StringComparer.Ordinal))
                .Select(member => new Problem(
                    JsonPath.Key(path, member.Name),
                    "this key is not known here",
                    $"'{member.Name}'",
                    Spelling.Suggest(member.Name, known, $"Known are: {string.Join(", ", known)}.")
                )),
        ];

    public static void Check(List<Problem> problems)
    {
        if (problems.Count > 0)
        {
            throw new InvalidInputException([.. problems]);
        }
    }

    public static InvalidInputException Refused(string path, string rule, JsonElement value) =>
        new([Problem(path, rule, value)]);

    public static Problem Problem(string path, string rule, JsonElement value, string hint = "")
    {
        string text = value.GetRawText();
        return new Problem(path, rule, text.Length > 60 ? $"{text[..60]}…" : text, hint);
    }
}
