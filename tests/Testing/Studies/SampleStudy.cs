using System.Collections.Immutable;
using System.Text.Json;
using FunctionTune.History;
using FunctionTune.Spaces;
using FunctionTune.Studies;

namespace FunctionTune.Testing.Studies;

/// <summary>Writes the history of a study event by event, a second between two of them.</summary>
public sealed class SampleStudy
{
    private static readonly JsonElement Handle = JsonSerializer.SerializeToElement(new { pid = 1 });

    private DateTimeOffset _now = SampleEvents.Begin;

    /// <summary>A study that was just created.</summary>
    /// <param name="space">What it searches.</param>
    /// <param name="limits">What bounds it.</param>
    /// <param name="algo">The name of its algorithm.</param>
    public SampleStudy(SpaceNode space, StudyLimits? limits = null, string algo = "tpe")
    {
        var spec = new StudySpec(
            "sample",
            SearchSpace.Create(space),
            new AlgoSpec(algo),
            0,
            limits ?? new StudyLimits { MaxIdenticalFailures = null },
            new TrialSpec.InProcess()
        );
        Record.Apply(new StudyEvent.Created(Tick(), StudyJson.Format, new StudyId("sample"), spec));
    }

    /// <summary>The study so far.</summary>
    public StudyRecord Record { get; } = new();

    /// <summary>Starts the next trial.</summary>
    /// <param name="values">Its raw values by label.</param>
    /// <returns>Its number.</returns>
    public int Start(params (string Label, double Value)[] values)
    {
        int number = Record.Trials.Count;
        var point = values.ToImmutableSortedDictionary(v => v.Label, v => v.Value, StringComparer.Ordinal);
        Record.Apply(new StudyEvent.Suggested(Tick(), Record.Version, [new SuggestedTrial(number, point, "tpe")]));
        Record.Apply(new StudyEvent.Started(Tick(), number, 1, Handle));
        return number;
    }

    /// <summary>Ends a trial.</summary>
    public void End(int number, TrialOutcome outcome) =>
        Record.Apply(new StudyEvent.Finished(Tick(), number, 1, outcome));

    /// <summary>Starts a trial that succeeds.</summary>
    public void Succeed(double loss, params (string Label, double Value)[] values) =>
        End(Start(values), new TrialOutcome.Succeeded(new TrialResult(loss)));

    /// <summary>Starts a trial that fails.</summary>
    public void Fail(string message, params (string Label, double Value)[] values) =>
        End(Start(values), new TrialOutcome.Failed(FailureKind.Exception, message));

    private DateTimeOffset Tick() => _now += TimeSpan.FromSeconds(1);
}
