namespace FunctionTune.Studies;

/// <summary>How many trials ended, and how.</summary>
/// <param name="Succeeded">With a finite loss.</param>
/// <param name="Failed">By their own fault.</param>
/// <param name="Cancelled">Stopped, or never started because the study ended.</param>
/// <param name="Lost">By fault of the infrastructure.</param>
public sealed record TrialCounts(int Succeeded = 0, int Failed = 0, int Cancelled = 0, int Lost = 0)
{
    /// <summary>All that ended by themselves: succeeded, failed and lost.</summary>
    public int Completed => Succeeded + Failed + Lost;
}
