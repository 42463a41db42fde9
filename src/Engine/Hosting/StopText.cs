using FunctionTune.Studies;

namespace FunctionTune.Hosting;

/// <summary>Why a trial was stopped, in the words of its outcome.</summary>
public static class StopText
{
    /// <summary>The words.</summary>
    /// <param name="reason">Why the study stops.</param>
    public static string Of(StopReason? reason) =>
        reason switch
        {
            StopReason.Timeout => "the study's time was over",
            StopReason.EarlyStop => "the study stopped early",
            StopReason.IdenticalFailures => "the study stopped after identical failures",
            StopReason.Misconfigured => "the study's set-up was refused",
            StopReason.Cancelled => "the study was cancelled",
            _ => "the study stopped",
        };
}
