using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace FunctionTune.Local.Processes;

/// <summary>
/// Looks at all processes of this machine (Linux only; elsewhere it sees none). A look takes a while, so
/// those that ask at the same time share one.
/// </summary>
/// <param name="since">Processes that started before are left out, in clock ticks since the machine did.</param>
internal sealed class ProcessTable(long since)
{
    /// <summary>How many times as long as a look the pause after it is, so that looking takes a third of one core at most.</summary>
    private const int Pause = 2;

    private static readonly string? OwnMark = Environment.GetEnvironmentVariable(TrialProgramVariable.Name);

    private static readonly byte[] Variable = Encoding.UTF8.GetBytes(TrialProgramVariable.Name + "=");

    /// <summary>How long a process is taken for the same one by its id alone: ids come round again, but not that fast.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly HashSet<int> _older = [];
    private Dictionary<(int Id, long Start), string?> _marks = [];
    private long _olderSince;
    private Task<List<ProcessEntry>>? _next;
    private Task _last = Task.CompletedTask;
    private long _lastEnd;
    private TimeSpan _pause;

    /// <summary>A table that leaves out what started before this process.</summary>
    public static ProcessTable OfThisProcess() => new(Read(Environment.ProcessId)?.Start ?? 0);

    /// <summary>The living processes at a look that begins after this call.</summary>
    public Task<List<ProcessEntry>> LookAsync()
    {
        lock (_gate)
        {
            return _next ??= LookSoonAsync();
        }
    }

    private async Task<List<ProcessEntry>> LookSoonAsync()
    {
        await _last.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        TimeSpan wait = _pause - Stopwatch.GetElapsedTime(_lastEnd);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait).ConfigureAwait(false);
        }

        lock (_gate)
        {
            _last = _next!;
            _next = null;
        }

        long begin = Stopwatch.GetTimestamp();
        List<ProcessEntry> entries = Living();
        _lastEnd = Stopwatch.GetTimestamp();
        _pause = Pause * Stopwatch.GetElapsedTime(begin, _lastEnd);
        return entries;
    }

    private List<ProcessEntry> Living()
    {
        var entries = new List<ProcessEntry>();
        if (!OperatingSystem.IsLinux())
        {
            return entries;
        }

        if (Stopwatch.GetElapsedTime(_olderSince) > Memory)
        {
            _older.Clear();
            _olderSince = Stopwatch.GetTimestamp();
        }

        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (
                int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                && id != Environment.ProcessId
                && !_older.Contains(id)
                && Read(id) is { } entry
            )
            {
                if (entry.Start < since)
                {
                    _older.Add(id);
                }
                else
                {
                    entries.Add(entry with { Mark = MarkOf(entry) });
                }
            }
        }

        _marks = entries.ToDictionary(entry => (entry.Id, entry.Start), entry => entry.Mark);
        return entries;
    }

    /// <summary>A process without its mark; null when it is gone, or ended and not yet buried.</summary>
    private static ProcessEntry? Read(int id)
    {
        Span<byte> buffer = stackalloc byte[1024];
        string stat = Encoding.UTF8.GetString(buffer[..ReadFile(Of(id, "stat"), buffer)]);
        string[] fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length < 20 || fields[0] is "Z" or "X"
            ? null
            : new ProcessEntry(id, (int)Number(fields[1]), (int)Number(fields[3]), Number(fields[19]), Mark: null);
    }

    /// <summary>
    /// The mark of a process, which it has for life. A child of this process that has none, or the one of this process, may
    /// be about to get its own: it is looked at anew.
    /// </summary>
    private string? MarkOf(ProcessEntry entry)
    {
        bool known = _marks.TryGetValue((entry.Id, entry.Start), out string? mark);
        bool isFinal =
            entry.Parent != Environment.ProcessId
            || (mark is not null && !string.Equals(mark, OwnMark, StringComparison.Ordinal));
        return known && isFinal ? mark : ReadMark(entry.Id);
    }

    private static string? ReadMark(int id)
    {
        byte[] buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(256 * 1024);
        try
        {
            ReadOnlySpan<byte> environment = buffer.AsSpan(0, ReadFile(Of(id, "environ"), buffer));
            foreach (Range part in environment.Split((byte)0))
            {
                if (environment[part].StartsWith(Variable))
                {
                    return Encoding.UTF8.GetString(environment[part][Variable.Length..]);
                }
            }

            return null;
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Reads the beginning of a file; nothing when it is gone or not ours to read.</summary>
    private static int ReadFile(string path, Span<byte> buffer)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(path, options: FileOptions.None, share: FileShare.ReadWrite);
            return RandomAccess.Read(file, buffer, fileOffset: 0);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static string Of(int id, string file) => string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/{file}");

    private static long Number(string field) => long.Parse(field, CultureInfo.InvariantCulture);
}
