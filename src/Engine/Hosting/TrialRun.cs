using System.Text.Json;
using FunctionTune.Studies;

namespace FunctionTune.Hosting;

/// <summary>An attempt under way.</summary>
/// <param name="Study">The study.</param>
/// <param name="Trial">The trial's number.</param>
/// <param name="Attempt">The attempt, from 1.</param>
/// <param name="Handle">What its runner knows it by.</param>
public sealed record TrialRun(StudyId Study, int Trial, int Attempt, JsonElement Handle);
