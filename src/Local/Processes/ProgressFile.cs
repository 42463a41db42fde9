using System.Collections.Immutable;
using System.Diagnostics;
using FunctionTune.History;
using FunctionTune.Local.Stores;
using Microsoft.Win32.SafeHandles;

namespace FunctionTune.Local.Processes;

/// <summary>Follows the file in which a program reports intermediate values.</summary>
/// <param name="path">The file; it need not exist.</param>
internal sealed class ProgressFile(string path)
{
    /// <summary>The most bytes taken at one look, so that a program that reports without end holds nobody up.</summary>
    private const int MaxBytes = 4 << 20;

    /// <summary>How often it is looked at: a host looks at all its runs whenever one of them ends.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private long _position;
    private long _looked;

    /// <summary>The reports that came since the last look.</summary>
    /// <param name="ended">Whether nothing more will be written, so that a last line without a line break counts too.</param>
    public ImmutableArray<IntermediateValue> Read(bool ended)
    {
        if (!ended && Stopwatch.GetElapsedTime(_looked) < Interval)
        {
            return [];
        }

        _looked = Stopwatch.GetTimestamp();
        try
        {
            if (!LeftFile.HasContent(path))
            {
                return [];
            }

            using SafeFileHandle file = LogFiles.Open(path, FileMode.Open, FileAccess.Read);
            byte[] news = new byte[Math.Clamp(RandomAccess.GetLength(file) - _position, 0, MaxBytes)];
            ReadOnlySpan<byte> read = news.AsSpan(0, RandomAccess.Read(file, news, _position));
            int whole = ended || read.Length == MaxBytes ? read.Length : read.LastIndexOf((byte)'\n') + 1;
            _position += whole;
            return IntermediateValueReader.ReadLines(read[..whole]);
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            return [];
        }
    }
}
