namespace FunctionTune.Cli.Output;

/// <summary>Rows of text in columns.</summary>
/// <param name="headings">The columns' headings.</param>
/// <param name="rightAligned">Which columns are numbers, aligned right.</param>
internal sealed class TextTable(string[] headings, params int[] rightAligned)
{
    private readonly List<string[]> _rows = [headings];

    public void Add(params string[] cells) => _rows.Add([.. cells.Select(TextLine.Clean)]);

    /// <summary>Prints the table; lines longer than the width are cut.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="width">Columns of the terminal; null for no limit.</param>
    public void Write(TextWriter output, int? width)
    {
        int[] widths = [.. headings.Select((_, i) => _rows.Max(row => row[i].Length))];
        foreach (string[] row in _rows)
        {
            string line = string.Join("  ", row.Select((cell, i) => Align(cell, i, widths[i]))).TrimEnd();
            output.WriteLine(width is { } most && line.Length > most ? $"{line[..(most - 1)]}…" : line);
        }
    }

    private string Align(string cell, int column, int width) =>
        rightAligned.Contains(column) ? cell.PadLeft(width) : cell.PadRight(width);
}
