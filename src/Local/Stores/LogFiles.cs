using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace FunctionTune.Local.Stores;

/// <summary>The files of a log: which there are, and how far whole events reach in them.</summary>
internal static class LogFiles
{
    /// <summary>The segments of a log, oldest first; none when there is no log.</summary>
    public static string[] In(string folder)
    {
        try
        {
            string[] segments = Directory.GetFiles(folder, "??????.jsonl");
            Array.Sort(segments, StringComparer.Ordinal);
            return segments;
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <summary>Opens a segment so that everybody else may read and write it too.</summary>
    public static SafeFileHandle Open(string path, FileMode mode, FileAccess access) =>
        File.OpenHandle(path, mode, access, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Whether a log has at least one event.</summary>
    public static bool HasEvents(string folder)
    {
        if (In(folder) is not [string first, ..])
        {
            return false;
        }

        using SafeFileHandle file = Open(first, FileMode.Open, FileAccess.Read);
        return new LineReader(file, 0, long.MaxValue).TryNext(out _);
    }

    /// <summary>Finds the end of the whole events.</summary>
    /// <param name="segments">All segments.</param>
    /// <param name="last">The last of them, open.</param>
    /// <param name="known">The end at an earlier look; null to begin at the beginning.</param>
    public static LogEnd Measure(string[] segments, SafeFileHandle last, LogEnd? known)
    {
        if (known is not null && RandomAccess.GetLength(last) == known.Length)
        {
            return known;
        }

        long version = known?.Version ?? segments[..^1].Sum(CountWhole);
        var lines = new LineReader(last, known?.Length ?? 0, long.MaxValue);
        long start = lines.Position;
        long end = lines.Position;
        while (lines.TryNext(out _))
        {
            (start, end) = (end, lines.Position);
            version++;
        }

        return start < end && !IsJson(last, start, end)
            ? LogEnd.Of(segments[^1], last, start, version - 1)
            : LogEnd.Of(segments[^1], last, end, version);
    }

    private static long CountWhole(string segment)
    {
        using SafeFileHandle file = Open(segment, FileMode.Open, FileAccess.Read);
        var lines = new LineReader(file, 0, long.MaxValue);
        long count = 0;
        while (lines.TryNext(out _))
        {
            count++;
        }

        return lines.Position == RandomAccess.GetLength(file)
            ? count
            : throw new Studies.StudyLogException(
                $"{segment}, line {count + 1}",
                "the line has no end, but a further file follows."
            );
    }

    private static bool IsJson(SafeFileHandle file, long start, long end)
    {
        byte[] line = new byte[end - start];
        int got = RandomAccess.Read(file, line, start);
        try
        {
            using var document = JsonDocument.Parse(line.AsMemory(0, got), new() { MaxDepth = 1024 });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
