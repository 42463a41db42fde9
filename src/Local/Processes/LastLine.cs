using System.Buffers;
using FunctionTune.History;

namespace FunctionTune.Local.Processes;

/// <summary>The last line with anything on it of what a program prints.</summary>
internal sealed class LastLine
{
    /// <summary>One byte more than a result may have, so that a longer line is seen to be too long.</summary>
    private const int MaxLength = TrialResultReader.MaxBytes + 1;

    private ArrayBufferWriter<byte> _open = new();
    private ArrayBufferWriter<byte> _last = new();

    public void Write(ReadOnlySpan<byte> output)
    {
        while (output.IndexOf((byte)'\n') is >= 0 and int end)
        {
            Extend(output[..end]);
            Close();
            output = output[(end + 1)..];
        }

        Extend(output);
    }

    /// <summary>The line; empty when there is none.</summary>
    public ReadOnlySpan<byte> Read()
    {
        Close();
        return _last.WrittenSpan;
    }

    private void Extend(ReadOnlySpan<byte> part) =>
        _open.Write(part[..Math.Min(part.Length, MaxLength - _open.WrittenCount)]);

    private void Close()
    {
        if (_open.WrittenSpan.ContainsAnyExcept(" \t\r\n\0"u8))
        {
            (_open, _last) = (_last, _open);
        }

        _open.ResetWrittenCount();
    }
}
