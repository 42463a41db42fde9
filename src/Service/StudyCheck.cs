using System.Text.Json;
using FunctionTune.Studies;

namespace FunctionTune.Service;

/// <summary>
/// Reads a study as it was asked for, and tells everything that is wrong with it on this host as far as it can be seen without
/// asking anybody: the rules of study files, its algorithm, its platform, what this host allows nobody to name or to exceed. One
/// for all ways in: whatever reaches a host is read by it.
/// </summary>
/// <param name="study">The study file, as it came.</param>
public delegate StudySpecReading StudyCheck(JsonElement study);
