using System.Collections.Immutable;
using System.Text.Json;

namespace FunctionTune.History;

/// <summary>What a trial that succeeded has to say. Every number in it is finite.</summary>
/// <param name="Loss">The minimised number.</param>
public sealed record TrialResult(double Loss)
{
    /// <summary>Variance of the loss, if the trial knows it. Range: at least 0.</summary>
    public double? LossVariance { get; init; }

    /// <summary>The loss on data that the search does not see, if the trial knows it.</summary>
    public double? TrueLoss { get; init; }

    /// <summary>Variance of the true loss. Range: at least 0.</summary>
    public double? TrueLossVariance { get; init; }

    /// <summary>Further numbers by name; finite.</summary>
    public ImmutableSortedDictionary<string, double> Metrics { get; init; } =
        ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal);

    /// <summary>Every other key of the trial's result, as it came.</summary>
    public ImmutableSortedDictionary<string, JsonElement> Extra { get; init; } =
        ImmutableSortedDictionary.Create<string, JsonElement>(StringComparer.Ordinal);

    /// <summary>What is worth knowing about how the result came, such as a crash after it was written.</summary>
    public string? Note { get; init; }

    /// <summary>A result that is a bare number.</summary>
    /// <param name="loss">The minimised number.</param>
    public static implicit operator TrialResult(double loss) => new(loss);
}
