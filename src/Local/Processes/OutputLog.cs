using System.Globalization;
using System.Text;
using FunctionTune.Local.Stores;

namespace FunctionTune.Local.Processes;

/// <summary>
/// Keeps what a program prints in a file, of bounded size: the beginning as it comes, and at the end the end, with a mark
/// between them. Takes everything at once, so that the program never waits. Used by several threads.
/// </summary>
/// <param name="path">The file; made at the first output.</param>
internal sealed class OutputLog(string path) : IDisposable
{
    private const int Head = 768 * 1024;
    private const int Tail = 256 * 1024;

    private readonly Lock _gate = new();
    private byte[] _tail = new byte[1024];
    private long _total;
    private FileStream? _file;
    private bool _broken;

    public void Write(ReadOnlySpan<byte> output)
    {
        lock (_gate)
        {
            int toHead = (int)Math.Clamp(Head - _total, 0, output.Length);
            if (toHead > 0)
            {
                WriteToFile(output[..toHead]);
            }

            Keep(output);
        }
    }

    /// <summary>Writes the end of the output.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            long rest = _total - Head;
            if (rest > Tail)
            {
                string mark = string.Create(CultureInfo.InvariantCulture, $"\n... {rest - Tail} bytes left out ...\n");
                WriteToFile(Encoding.UTF8.GetBytes(mark));
            }

            if (rest > 0)
            {
                WriteToFile(Last((int)Math.Min(rest, Tail)));
            }
        }
    }

    /// <summary>The end of the output as text.</summary>
    /// <param name="length">The most bytes.</param>
    public string End(int length)
    {
        lock (_gate)
        {
            return Encoding.UTF8.GetString(Last((int)Math.Min(length, Math.Min(_total, Tail))));
        }
    }

    public void Dispose() => _file?.Dispose();

    /// <summary>The last bytes, kept in a ring that grows to its bound.</summary>
    private void Keep(ReadOnlySpan<byte> output)
    {
        while (_tail.Length < Tail && _total + output.Length > _tail.Length)
        {
            byte[] larger = new byte[Math.Min(Tail, 4 * _tail.Length)];
            _tail.AsSpan(0, (int)Math.Min(_total, _tail.Length)).CopyTo(larger);
            _tail = larger;
        }

        int skipped = Math.Max(0, output.Length - _tail.Length);
        _total += skipped;
        ReadOnlySpan<byte> kept = output[skipped..];
        int place = (int)(_total % _tail.Length);
        int first = Math.Min(kept.Length, _tail.Length - place);
        kept[..first].CopyTo(_tail.AsSpan(place));
        kept[first..].CopyTo(_tail);
        _total += kept.Length;
    }

    private byte[] Last(int length)
    {
        byte[] last = new byte[length];
        int place = (int)((_total - length) % _tail.Length);
        int first = Math.Min(length, _tail.Length - place);
        _tail.AsSpan(place, first).CopyTo(last);
        _tail.AsSpan(0, length - first).CopyTo(last.AsSpan(first));
        return last;
    }

    private void WriteToFile(ReadOnlySpan<byte> output)
    {
        try
        {
            if (!_broken)
            {
                _file ??= new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
                _file.Write(output);
            }
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            // A full disk must not end a trial that may well have a result.
            _broken = true;
        }
    }
}
