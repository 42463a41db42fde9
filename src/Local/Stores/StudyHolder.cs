namespace FunctionTune.Local.Stores;

/// <summary>Who runs a study.</summary>
/// <param name="Process">The process id; 0 when it is not known.</param>
/// <param name="Machine">The machine's name.</param>
/// <param name="User">The user's name.</param>
/// <param name="Since">Since when, UTC.</param>
public sealed record StudyHolder(int Process, string Machine, string User, DateTimeOffset Since)
{
    /// <summary>The holder in words: <c>process 1234 of ann on host h since 2026-01-31 12:00:00Z</c>.</summary>
    public override string ToString() =>
        Process == 0
            ? "another process"
            : string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"process {Process} of {User} on host {Machine} since {Since.UtcDateTime:u}"
            );
}
