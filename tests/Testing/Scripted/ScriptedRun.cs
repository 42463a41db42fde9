using FunctionTune.History;
using FunctionTune.Hosting;

namespace FunctionTune.Testing.Scripted;

/// <summary>A run of the scripted cluster.</summary>
/// <param name="start">The attempt.</param>
/// <param name="course">What becomes of it.</param>
/// <param name="began">When it began.</param>
public sealed class ScriptedRun(TrialStart start, ScriptedCourse course, DateTimeOffset began)
{
    /// <summary>The attempt.</summary>
    public TrialStart Start => start;

    /// <summary>When it began.</summary>
    public DateTimeOffset Began => began;

    /// <summary>When it ends, or ended.</summary>
    public DateTimeOffset Ends { get; private set; } = began + course.Duration;

    /// <summary>How it ends, or ended.</summary>
    public TrialOutcome Outcome { get; private set; } = course.Outcome;

    /// <summary>Whether somebody asked it to stop while it was under way.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>How many values it has reported.</summary>
    public int Reported(DateTimeOffset now) => course.Reports.Count(at => began + at <= now && began + at <= Ends);

    internal bool Stop(DateTimeOffset now, string reason)
    {
        if (IsStopped || Ends <= now)
        {
            return false;
        }

        IsStopped = true;
        if (now + course.StopTakes < Ends)
        {
            (Ends, Outcome) = (now + course.StopTakes, new TrialOutcome.Cancelled(reason));
        }

        return true;
    }
}
