using System.Text.Json;

namespace FunctionTune.Service;

/// <summary>What somebody asked for: kept before anything is done, so that it is not lost, and read again by whoever does it.</summary>
/// <param name="Study">The study file, as it came.</param>
/// <param name="At">When it came, UTC.</param>
public sealed record StudyRequest(JsonElement Study, DateTimeOffset At);
