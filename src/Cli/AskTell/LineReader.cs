namespace FunctionTune.Cli.AskTell;

/// <summary>Reads lines as bytes, and of a line that is too long no more than its end.</summary>
/// <param name="input">What to read.</param>
internal sealed class LineReader(Stream input)
{
    /// <summary>The longest line that is taken.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    /// <summary>The next line; null at the end of the input.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async ValueTask<Line?> ReadAsync(CancellationToken cancellationToken)
    {
        bool isTooLong = false;
        int searched = 0;
        while (true)
        {
            int length = _buffer.AsSpan((_start + searched).._end).IndexOf((byte)'\n');
            if (length >= 0)
            {
                return Take(searched + length, 1, isTooLong);
            }

            searched = _end - _start;
            if (searched > MostBytes)
            {
                (isTooLong, _start, _end, searched) = (true, 0, 0, 0);
            }

            MakeRoom();
            int read = await input.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return searched > 0 || isTooLong ? Take(searched, 0, isTooLong) : null;
            }

            _end += read;
        }
    }

    private Line Take(int length, int lineBreak, bool isTooLong)
    {
        var line = new Line(_buffer.AsMemory(_start, length), isTooLong || length > MostBytes);
        _start += length + lineBreak;
        return line;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }
    }

    /// <summary>A line without its line break.</summary>
    /// <param name="Bytes">Its bytes, valid until the next reading.</param>
    /// <param name="IsTooLong">Whether it was too long; its bytes are then not all of it.</param>
    internal readonly record struct Line(ReadOnlyMemory<byte> Bytes, bool IsTooLong);
}
