using System.Text.Json;
using FunctionTune.Studies;

namespace FunctionTune.Service.Views;

/// <summary>Where a study stands, in words.</summary>
public static class StatusText
{
    /// <summary>The status of a study, in lower camel case; <c>interrupted</c> when it is not over and nobody works on it.</summary>
    /// <param name="state">The state.</param>
    /// <param name="isHeld">Whether a process works on it.</param>
    public static string Status(StudyState state, bool isHeld)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.IsOver || isHeld ? Camel(state.Status) : "interrupted";
    }

    /// <summary>A name of an enumeration in lower camel case.</summary>
    /// <param name="name">The member of the enumeration.</param>
    public static string Camel(Enum name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return JsonNamingPolicy.CamelCase.ConvertName(name.ToString());
    }

    /// <summary>Why a study stopped, in a sentence without its point.</summary>
    /// <param name="reason">Why.</param>
    public static string Sentence(StopReason reason) =>
        reason switch
        {
            StopReason.MaxEvals => "all trials that maxEvals allows have ended",
            StopReason.Timeout => "the time limit was reached",
            StopReason.LossThreshold => "the best loss fell below lossThreshold",
            StopReason.EarlyStop => "nothing got better for as long as earlyStop allows",
            StopReason.IdenticalFailures => "one trial after the other failed for the same cause",
            StopReason.Cancelled => "it was cancelled",
            StopReason.Misconfigured => "its platform refused the trials for how they are set up",
            StopReason.SpaceExhausted => "every point of the space was tried",
            _ => Camel(reason),
        };
}
