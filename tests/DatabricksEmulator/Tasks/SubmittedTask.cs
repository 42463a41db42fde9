using System.Collections.Immutable;
using System.Text.Json;

namespace FunctionTune.DatabricksEmulator.Tasks;

/// <summary>A task of a submitted run, as the one who carries it out sees it.</summary>
public sealed record SubmittedTask
{
    /// <summary>The id of the run that the task belongs to.</summary>
    public required long RunId { get; init; }

    /// <summary>The id of the task's own run.</summary>
    public required long TaskRunId { get; init; }

    /// <summary>The name of the run.</summary>
    public required string RunName { get; init; }

    /// <summary>The idempotency token of the run; null when it has none.</summary>
    public required string? Token { get; init; }

    /// <summary>The tags of the run.</summary>
    public required ImmutableSortedDictionary<string, string> Tags { get; init; }

    /// <summary>The task's key.</summary>
    public required string Key { get; init; }

    /// <summary>What kind of task it is.</summary>
    public required TaskKind Kind { get; init; }

    /// <summary>The task as it was submitted.</summary>
    public required JsonElement Definition { get; init; }

    /// <summary>The dependencies of the task's serverless environment; empty without one.</summary>
    public ImmutableArray<string> Dependencies { get; init; } = [];

    /// <summary>The part of <see cref="Definition"/> that belongs to <see cref="Kind"/>.</summary>
    public JsonElement Work => Definition.GetProperty(FieldOf(Kind));

    /// <summary>The arguments of the program, in order; empty for notebooks.</summary>
    public ImmutableArray<string> Parameters =>
        Work.TryGetProperty("parameters", out JsonElement list)
            ? [.. list.EnumerateArray().Select(item => item.GetString()!)]
            : [];

    /// <summary>The base parameters of a notebook or the named parameters of a wheel; empty for others.</summary>
    public ImmutableSortedDictionary<string, string> NamedParameters =>
        Work.TryGetProperty(Kind is TaskKind.Notebook ? "base_parameters" : "named_parameters", out JsonElement map)
            ? map.EnumerateObject()
                .ToImmutableSortedDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal)
            : ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The field of a task that holds the work of a kind.</summary>
    internal static string FieldOf(TaskKind kind) =>
        kind switch
        {
            TaskKind.PythonFile => "spark_python_task",
            TaskKind.PythonWheel => "python_wheel_task",
            TaskKind.Jar => "spark_jar_task",
            TaskKind.Notebook => "notebook_task",
            TaskKind.SparkSubmit => "spark_submit_task",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This kind of task has no field."),
        };
}
