using System.Text;
using System.Text.RegularExpressions;

namespace FunctionTune.History;

/// <summary>Cuts what programs say to what an outcome holds: the message is one line, the detail the end of the output.</summary>
public static partial class OutcomeText
{
    /// <summary>The longest message, in characters.</summary>
    public const int MaxLine = 1_000;

    /// <summary>The longest detail, in characters.</summary>
    public const int MaxDetail = 8_000;

    /// <summary>A text as one line: control characters and runs of white space become one space, the end is cut off.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="length">The most characters to keep. Range: 1 to <see cref="MaxLine"/>.</param>
    public static string Line(string text, int length = MaxLine)
    {
        var line = new StringBuilder();
        foreach (char c in text)
        {
            bool gap = char.IsControl(c) || char.IsWhiteSpace(c);
            if (!gap || (line.Length > 0 && line[^1] != ' '))
            {
                line.Append(gap ? ' ' : c);
            }

            if (line.Length > length)
            {
                break;
            }
        }

        string whole = line.ToString().TrimEnd();
        return whole.Length <= length ? whole : whole[..KeepPairs(whole, length - 1)] + "…";
    }

    /// <summary>The end of a text: control characters but line breaks and tabs are left out, the beginning is cut off.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>Null when nothing but white space is left.</returns>
    public static string? Detail(string text)
    {
        string readable = string.Concat(text.Where(c => !char.IsControl(c) || c is '\n' or '\t')).Trim();
        return readable.Length == 0 ? null
            : readable.Length <= MaxDetail ? readable
            : "…" + readable[KeepPairs(readable, readable.Length - MaxDetail + 1)..];
    }

    /// <summary>
    /// The line of a program's output that names the error, as most languages write it: the last one that is no indented line of a
    /// stack trace. Lines of Spark's log that tell of no error are passed over.
    /// </summary>
    /// <param name="output">The end of the output.</param>
    /// <returns>Empty when there is none.</returns>
    public static string Cause(string output)
    {
        string[] lines =
        [
            .. output
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => !string.IsNullOrWhiteSpace(line) && !SparkLog().IsMatch(line)),
        ];
        return Line(lines.LastOrDefault(line => !char.IsWhiteSpace(line[0])) ?? lines.LastOrDefault() ?? "");
    }

    [GeneratedRegex(
        @"^[0-9]{2}/[0-9]{2}/[0-9]{2} [0-9:]{8} (TRACE|DEBUG|INFO|WARN) ",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex SparkLog();

    /// <summary>The place of a cut, moved so that it parts no pair of surrogates.</summary>
    private static int KeepPairs(string text, int place) => char.IsLowSurrogate(text[place]) ? place - 1 : place;
}
