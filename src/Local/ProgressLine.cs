using System.Globalization;
using FunctionTune.Studies;

namespace FunctionTune.Local;

/// <summary>One line on the error stream that is drawn over and over: how far the search is, and its best loss.</summary>
internal sealed class ProgressLine(bool wanted, int? maxEvals) : IDisposable
{
    private readonly bool _shown = wanted && !Console.IsErrorRedirected;
    private int _length;

    public void Show(StudyRecord record)
    {
        if (!_shown)
        {
            return;
        }

        StudyState state = record.State;
        string total = maxEvals is { } max ? $"/{max}" : "";
        string best = state.Best is { } found
            ? string.Create(CultureInfo.InvariantCulture, $"best loss: {found.Loss:G6}")
            : "no loss yet";
        string line = $"{state.Counts.Completed}{total} trials, {best}";
        Console.Error.Write($"\r{line.PadRight(_length)}");
        _length = line.Length;
    }

    public void Dispose()
    {
        if (_length > 0)
        {
            Console.Error.WriteLine();
        }
    }
}
