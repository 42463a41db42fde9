using System.Text.Json.Serialization;

namespace FunctionTune.History;

/// <summary>How an attempt at a trial ended.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Succeeded), "succeeded")]
[JsonDerivedType(typeof(Failed), "failed")]
[JsonDerivedType(typeof(Cancelled), "cancelled")]
[JsonDerivedType(typeof(Lost), "lost")]
[JsonDerivedType(typeof(Interrupted), "interrupted")]
[JsonDerivedType(typeof(Deferred), "deferred")]
public abstract record TrialOutcome
{
    private TrialOutcome() { }

    /// <summary>It ended with a finite loss.</summary>
    /// <param name="Result">What it reported.</param>
    public sealed record Succeeded(TrialResult Result) : TrialOutcome;

    /// <summary>It failed by its own fault; it is not tried again.</summary>
    /// <param name="Kind">Why.</param>
    /// <param name="Message">The cause in one line, at most 1,000 characters.</param>
    public sealed record Failed(FailureKind Kind, string Message) : TrialOutcome
    {
        /// <summary>A trace or the end of the output, at most 8,000 characters; null when there is none.</summary>
        public string? Detail { get; init; }

        /// <summary>The finite loss that a trial reported together with the status <c>fail</c>; suggesters use it, the best does not.</summary>
        public double? Loss { get; init; }
    }

    /// <summary>It was stopped on request.</summary>
    /// <param name="Reason">Who asked, in one line.</param>
    public sealed record Cancelled(string Reason) : TrialOutcome;

    /// <summary>Its infrastructure failed; the study tries again as often as it is set to.</summary>
    /// <param name="Message">What is known, in one line, at most 1,000 characters.</param>
    public sealed record Lost(string Message) : TrialOutcome
    {
        /// <summary>How long to wait before it is tried again; null for not at all. Range: above zero.</summary>
        public TimeSpan? RetryAfter { get; init; }
    }

    /// <summary>It ended because its host ended; the study always tries again, and it counts as no attempt's fault.</summary>
    public sealed record Interrupted : TrialOutcome;

    /// <summary>There was no room for it; the study tries again later, and it counts as no attempt's fault.</summary>
    /// <param name="Message">Who had no room, in one line, at most 1,000 characters.</param>
    /// <param name="RetryAfter">How long to wait before it is tried again. Range: above zero.</param>
    public sealed record Deferred(string Message, TimeSpan RetryAfter) : TrialOutcome;
}
