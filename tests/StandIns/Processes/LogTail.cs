using System.Text;

namespace FunctionTune.StandIns.Processes;

/// <summary>The last of what a program writes. Several may write at the same time.</summary>
/// <param name="limit">How many characters are kept at least.</param>
public sealed class LogTail(int limit)
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();

    /// <summary>Adds what was written.</summary>
    /// <param name="part">The text.</param>
    public void Add(ReadOnlySpan<char> part)
    {
        lock (_gate)
        {
            _text.Append(part);
            if (_text.Length > 2 * limit)
            {
                _text.Remove(0, _text.Length - limit);
            }
        }
    }

    /// <summary>What is kept.</summary>
    public override string ToString()
    {
        lock (_gate)
        {
            return _text.ToString();
        }
    }
}
