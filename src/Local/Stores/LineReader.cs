using Microsoft.Win32.SafeHandles;

namespace FunctionTune.Local.Stores;

/// <summary>Reads whole lines of a file: those that end in a line break. What follows the last of them is never given.</summary>
/// <param name="file">The file.</param>
/// <param name="start">Where to begin, in bytes.</param>
/// <param name="end">Where to stop, in bytes; the file may grow beyond it meanwhile.</param>
internal sealed class LineReader(SafeFileHandle file, long start, long end)
{
    private byte[] _buffer = new byte[64 * 1024];
    private long _read = start;
    private int _from;
    private int _to;

    /// <summary>Where the next line begins: the end of the whole lines read so far, in bytes.</summary>
    public long Position { get; private set; } = start;

    /// <summary>The next whole line without its line break; valid until the next call.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TryNext(out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        while (true)
        {
            int length = _buffer.AsSpan(_from + searched, _to - _from - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = _buffer.AsSpan(_from, searched + length);
                _from += searched + length + 1;
                Position += searched + length + 1;
                return true;
            }

            searched = _to - _from;
            if (!Fill())
            {
                line = default;
                return false;
            }
        }
    }

    private bool Fill()
    {
        _buffer.AsSpan(_from.._to).CopyTo(_buffer);
        (_from, _to) = (0, _to - _from);
        if (_to == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        int wanted = (int)Math.Min(_buffer.Length - _to, end - _read);
        int got = wanted > 0 ? RandomAccess.Read(file, _buffer.AsSpan(_to, wanted), _read) : 0;
        _to += got;
        _read += got;
        return got > 0;
    }
}
