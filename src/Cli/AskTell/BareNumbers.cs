namespace FunctionTune.Cli.AskTell;

/// <summary>
/// JSON has no NaN and no infinity, but Python's <c>json.dumps</c> writes them as bare words: puts these in quotes, so that a
/// client may send a loss as it came.
/// </summary>
internal static class BareNumbers
{
    /// <summary>The line with <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> outside of texts in quotes.</summary>
    public static byte[] Quote(ReadOnlySpan<byte> line)
    {
        var quoted = new List<byte>(line.Length + 8);
        bool inText = false;
        for (int i = 0; i < line.Length; i++)
        {
            int word = inText ? 0 : WordAt(line[i..]);
            if (word > 0)
            {
                quoted.Add((byte)'"');
                quoted.AddRange(line.Slice(i, word));
                quoted.Add((byte)'"');
                i += word - 1;
                continue;
            }

            quoted.Add(line[i]);
            if (line[i] == '"')
            {
                inText = !inText;
            }
            else if (inText && line[i] == '\\' && i + 1 < line.Length)
            {
                quoted.Add(line[++i]);
            }
        }

        return [.. quoted];
    }

    private static int WordAt(ReadOnlySpan<byte> rest) =>
        rest.StartsWith("NaN"u8) ? 3
        : rest.StartsWith("Infinity"u8) ? 8
        : rest.StartsWith("-Infinity"u8) ? 9
        : 0;
}
