using FunctionTune.Hosting;

namespace FunctionTune.Local;

/// <summary>What this machine carries: a trial a processor, and as many more as somebody asks for.</summary>
internal static class MachineCapacity
{
    public static RunnerCapacity Now { get; } =
        new(
            Environment.ProcessorCount,
            $"this machine has {Environment.ProcessorCount} {(Environment.ProcessorCount == 1 ? "processor" : "processors")}"
        );
}
