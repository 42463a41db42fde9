using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FunctionTune.Benchmarks;

/// <summary>Where the figures were taken.</summary>
internal static class Machine
{
    private const string ProcessorFile = "/proc/cpuinfo";

    /// <summary>Runtime, system, processor and its vectors in one line.</summary>
    public static string Description =>
        $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} "
        + $"processors ({Processor}), vectors of {Vectors} bits";

    private static int Vectors =>
        Vector512.IsHardwareAccelerated ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : 128;

    private static string Processor =>
        File.Exists(ProcessorFile)
            ? File.ReadLines(ProcessorFile)
                .Where(line => line.StartsWith("model name", StringComparison.Ordinal))
                .Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..])
                .FirstOrDefault("unknown")
            : RuntimeInformation.ProcessArchitecture.ToString();
}
