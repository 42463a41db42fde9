using FunctionTune.Studies;

namespace FunctionTune.Local;

/// <summary>Why a trial was stopped, in the words of its outcome.</summary>
internal static class StopText
{
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
