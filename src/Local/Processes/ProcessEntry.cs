namespace FunctionTune.Local.Processes;

/// <summary>A process of this machine at one look.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Parent">The id of its parent; 1 when that is gone.</param>
/// <param name="Session">The id of its session.</param>
/// <param name="Start">When it started, in clock ticks since the machine did; with the id it names the process.</param>
/// <param name="Mark">The trial file that its environment names; null when none.</param>
internal sealed record ProcessEntry(int Id, int Parent, int Session, long Start, string? Mark);
