using System.Runtime.CompilerServices;

namespace FunctionTune.Functions.Tests;

/// <summary>The test host tells of each of its calls unless it is told not to.</summary>
internal static class QuietHost
{
    [ModuleInitializer]
    internal static void Silence() => Environment.SetEnvironmentVariable("Logging__LogLevel__Default", "Warning");
}
