using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace FunctionTune.Cli.Progress;

/// <summary>
/// The lines at the bottom of a terminal that are drawn again and again. A frame is one write, so it does not flicker, and it
/// finds its beginning also when the terminal was made narrower and the lines wrapped.
/// </summary>
/// <param name="console">The terminal.</param>
internal sealed class LiveArea(IAnsiConsole console)
{
    private const string HideCursor = "\e[?25l";
    private const string ShowCursorAgain = "\e[?25h";
    private const string EraseRest = "\e[K";
    private const string EraseBelow = "\e[J";

    private int[] _lengths = [];

    /// <summary>Draws lines in place of those drawn before.</summary>
    public void Draw(IReadOnlyList<List<Segment>> lines)
    {
        console.Write(new Frame(HideCursor + Back(), lines));
        _lengths = [.. lines.Select(line => Segment.CellCount(line))];
    }

    /// <summary>Takes the lines away.</summary>
    public void Clear()
    {
        console.Write(new ControlCode($"{Back()}{EraseBelow}{ShowCursorAgain}"));
        _lengths = [];
    }

    /// <summary>Gives the terminal its cursor back.</summary>
    public void ShowCursor() => console.Write(new ControlCode(ShowCursorAgain));

    private string Back()
    {
        int width = Math.Max(1, console.Profile.Width);
        int rows = _lengths.Sum(length => Math.Max(1, (length + width - 1) / width));
        return rows == 0 ? "\r" : string.Create(CultureInfo.InvariantCulture, $"\e[{rows}A\r");
    }

    private sealed class Frame(string start, IReadOnlyList<List<Segment>> lines) : Renderable
    {
        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
        {
            yield return Segment.Control(start);
            foreach (
                Segment segment in lines.SelectMany(line =>
                    (List<Segment>)[.. line, Segment.Control(EraseRest), Segment.LineBreak]
                )
            )
            {
                yield return segment;
            }

            yield return Segment.Control(EraseBelow);
        }
    }
}
