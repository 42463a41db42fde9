namespace FunctionTune.Testing.Staging;

/// <summary>Notes what a progress was told, and does something at some point.</summary>
/// <param name="told">Called with each report, in the order in which they come.</param>
public sealed class Watch(Action<long> told) : IProgress<long>
{
    private readonly Lock _lock = new();
    private readonly List<long> _reports = [];

    /// <summary>Notes only.</summary>
    public Watch()
        : this(_ => { }) { }

    /// <summary>What was reported.</summary>
    public IReadOnlyList<long> Reports
    {
        get
        {
            lock (_lock)
            {
                return [.. _reports];
            }
        }
    }

    public void Report(long value)
    {
        lock (_lock)
        {
            _reports.Add(value);
        }

        told(value);
    }
}
