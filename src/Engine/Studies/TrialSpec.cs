using System.Collections.Immutable;
using System.Text.Json;

namespace FunctionTune.Studies;

/// <summary>How a trial is carried out.</summary>
public abstract record TrialSpec
{
    private TrialSpec() { }

    /// <summary>How long one attempt may take; null for no limit. Range: above zero.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>A program, started once for each trial.</summary>
    public sealed record Process : TrialSpec
    {
        /// <summary>
        /// The program and its arguments, never passed through a shell; <c>{trial}</c> in them stands for the folder of the
        /// program. Empty when <see cref="Project"/> alone says what to run.
        /// </summary>
        public ImmutableArray<string> Command { get; init; } = [];

        /// <summary>A .NET project that is built once, relative to the study file; null for none.</summary>
        public string? Project { get; init; }

        /// <summary>Environment variables for the program, besides those of the host.</summary>
        public ImmutableSortedDictionary<string, string> Environment { get; init; } =
            ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
    }

    /// <summary>A run on another platform, such as a Databricks workspace.</summary>
    /// <param name="Platform">The platform's name.</param>
    /// <param name="Options">What the platform is told, a JSON object; the platform says which fields it knows.</param>
    public sealed record Remote(string Platform, JsonElement Options) : TrialSpec;

    /// <summary>A function of the program that runs the study.</summary>
    public sealed record InProcess : TrialSpec;
}
