using FunctionTune.Hosting;

namespace FunctionTune.Cli;

/// <summary>What this program is put together from.</summary>
internal static class Composition
{
    /// <summary>What carries out trials elsewhere than on this machine.</summary>
    public static IEnumerable<ITrialPlatform> Platforms() => [];
}
