using System.Collections.Immutable;

namespace FunctionTune.Service.Durable.Orchestration;

/// <summary>An activity that ought to be called.</summary>
/// <param name="Activity">Its name.</param>
/// <param name="Order">What it is told.</param>
/// <param name="From">The earliest time for it.</param>
/// <param name="Keys">The keys of the commands that it carries out.</param>
internal sealed record Errand(string Activity, object Order, DateTimeOffset From, ImmutableArray<string> Keys)
{
    /// <summary>Whether it is a call of an activity.</summary>
    public bool Calls(string activity) => string.Equals(Activity, activity, StringComparison.Ordinal);
}
