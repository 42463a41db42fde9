using System.Text.Json.Nodes;
using FunctionTune.History;
using FunctionTune.Spaces;
using FunctionTune.Studies;

namespace FunctionTune.Local;

/// <summary>One trial to look at; hyperopt's trial document.</summary>
public sealed class Trial
{
    private readonly SearchSpace _space;

    internal Trial(SearchSpace space, TrialRecord record) => (_space, Record) = (space, record);

    /// <summary>The number of the trial, from 0.</summary>
    public int Tid => Record.Number;

    /// <summary>Where it stands.</summary>
    public TrialState State => Record.State;

    /// <summary>Its finite loss; null when it has none.</summary>
    public double? Loss => Record.Loss;

    /// <summary>What it reported; null unless it succeeded.</summary>
    public TrialResult? Result => (Record.Outcome as TrialOutcome.Succeeded)?.Result;

    /// <summary>Why it failed; null unless it did.</summary>
    public TrialOutcome.Failed? Failure => Record.Outcome as TrialOutcome.Failed;

    /// <summary>What the objective received.</summary>
    public Params Params => new(_space.Evaluate(Record.Point));

    /// <summary>The value of every active parameter by label; hyperopt's <c>misc.vals</c>, with values for indices.</summary>
    public JsonObject Vals => _space.Values(Record.Point);

    /// <summary>When its latest attempt was started; hyperopt's <c>book_time</c>.</summary>
    public DateTimeOffset? BookTime => Record.StartedAt;

    /// <summary>When it ended; hyperopt's <c>refresh_time</c>.</summary>
    public DateTimeOffset? RefreshTime => Record.EndedAt;

    /// <summary>What it reported on its way.</summary>
    public IReadOnlyList<IntermediateValue> IntermediateValues => Record.Values;

    /// <summary>All that the log says about it.</summary>
    public TrialRecord Record { get; }
}
