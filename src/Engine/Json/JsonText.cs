using System.Text.Json;

namespace FunctionTune.Json;

/// <summary>JSON as it is quoted in messages.</summary>
internal static class JsonText
{
    private const int MaxLength = 80;

    /// <summary>The JSON in one line, cut to a readable length.</summary>
    public static string Short(JsonElement value)
    {
        string text = value.GetRawText();
        string start = text[..Math.Min(text.Length, 4 * MaxLength)];
        string line = string.Join(' ', start.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= MaxLength && start.Length == text.Length
            ? line
            : $"{line[..Math.Min(line.Length, MaxLength)]}…";
    }
}
