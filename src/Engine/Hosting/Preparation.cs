using System.Collections.Immutable;
using FunctionTune.Studies;

namespace FunctionTune.Hosting;

/// <summary>A study that is ready to be created.</summary>
/// <param name="Spec">The study with what the preparation found out.</param>
/// <param name="Warnings">What people should know, a line each.</param>
public sealed record Preparation(StudySpec Spec, ImmutableArray<string> Warnings);
