using FunctionTune.Studies;

namespace FunctionTune.Hosting;

/// <summary>What a host has to say when it takes up a study.</summary>
public static class Arrival
{
    // Below this a pause between two events is no absence of the host.
    private static readonly TimeSpan s_absence = TimeSpan.FromSeconds(1);

    /// <summary>That nobody worked on the study for a while; null when its time does not matter, or somebody did.</summary>
    /// <param name="record">The study.</param>
    /// <param name="now">The time.</param>
    public static StudyEvent.HostReturned? Of(StudyRecord record, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(record);
        StudyState state = record.State;
        return state.Deadline is not null && !state.IsOver && now - record.LastEventAt > s_absence
            ? new StudyEvent.HostReturned(now, record.LastEventAt)
            : null;
    }
}
