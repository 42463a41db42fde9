using Microsoft.Win32.SafeHandles;

namespace FunctionTune.Local.Stores;

/// <summary>The end of a log as it was last seen, so that the next look need not begin at the beginning.</summary>
/// <param name="Segment">The file name of the last segment.</param>
/// <param name="Length">Bytes of its whole events.</param>
/// <param name="Version">How many events the log has up to there.</param>
/// <param name="Tail">The last bytes up to there: they tell whether the file is still the same one.</param>
internal sealed record LogEnd(string Segment, long Length, long Version, byte[] Tail)
{
    private const int TailLength = 64;

    public static LogEnd Of(string segment, SafeFileHandle file, long length, long version) =>
        new(segment, length, version, TailOf(file, length));

    public bool Matches(string segment, SafeFileHandle file) =>
        string.Equals(segment, Segment, StringComparison.Ordinal)
        && RandomAccess.GetLength(file) >= Length
        && TailOf(file, Length).AsSpan().SequenceEqual(Tail);

    private static byte[] TailOf(SafeFileHandle file, long length)
    {
        byte[] tail = new byte[Math.Min(TailLength, length)];
        int got = RandomAccess.Read(file, tail, length - tail.Length);
        return got == tail.Length ? tail : tail[..got];
    }
}
