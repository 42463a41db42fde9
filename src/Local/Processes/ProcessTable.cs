using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace FunctionTune.Local.Processes;

/// <summary>
/// Looks at all processes of this machine (Linux only; elsewhere it sees none). A look costs some milliseconds, so
/// those that ask at the same time share one.
/// </summary>
/// <param name="since">Processes that started before are left out, in clock ticks since the machine did.</param>
internal sealed class ProcessTable(long since)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    private static readonly byte[] Variable = Encoding.UTF8.GetBytes(TrialProgramVariable.Name + "=");

    private readonly Lock _gate = new();
    private Task<List<ProcessEntry>>? _next;
    private Task _last = Task.CompletedTask;
    private long _lastEnd;

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
        TimeSpan wait = Interval - Stopwatch.GetElapsedTime(_lastEnd);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait).ConfigureAwait(false);
        }

        lock (_gate)
        {
            _last = _next!;
            _next = null;
        }

        List<ProcessEntry> entries = Living();
        _lastEnd = Stopwatch.GetTimestamp();
        return entries;
    }

    private List<ProcessEntry> Living()
    {
        var entries = new List<ProcessEntry>();
        if (!OperatingSystem.IsLinux())
        {
            return entries;
        }

        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (
                int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                && id != Environment.ProcessId
                && Read(id) is { } entry
                && entry.Start >= since
            )
            {
                entries.Add(entry with { Mark = MarkOf(id) });
            }
        }

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

    private static string? MarkOf(int id)
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
            int length = 0;
            while (RandomAccess.Read(file, buffer[length..], length) is > 0 and int read)
            {
                length += read;
            }

            return length;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static string Of(int id, string file) => string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/{file}");

    private static long Number(string field) => long.Parse(field, CultureInfo.InvariantCulture);
}
