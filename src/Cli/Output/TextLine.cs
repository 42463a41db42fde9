namespace FunctionTune.Cli.Output;

/// <summary>Text made fit for a line of a terminal.</summary>
internal static class TextLine
{
    /// <summary>The text without line breaks and without anything that a terminal would obey.</summary>
    public static string Clean(string text) =>
        text.Any(char.IsControl) ? new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]) : text;

    /// <summary>The text in lines of a width, broken at spaces; a longer word stands alone.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length > 0 ? $"{line} {word}" : word;
        }

        if (line.Length > 0)
        {
            yield return line;
        }
    }
}
