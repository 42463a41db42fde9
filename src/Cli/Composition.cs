using FunctionTune.Hosting;
using FunctionTune.Local.Stores;
using FunctionTune.Remote.Blobs;
using FunctionTune.Remote.Databricks;
using FunctionTune.Remote.Livy;
using FunctionTune.Service.Simulation;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Cli;

/// <summary>What this program is put together from.</summary>
internal static class Composition
{
    /// <summary>What carries out trials elsewhere than on this machine.</summary>
    public static IEnumerable<ITrialPlatform> Platforms() =>
        [new DatabricksPlatform(OpenArea), new LivyPlatform(OpenAreaOrFolder), new SimulatedPlatform()];

    /// <summary>The staging area that a study file describes; null when trials on a cluster do not reach it.</summary>
    private static IStagingArea? OpenArea(StagingSpec staging) =>
        BlobPlace.IsOne(staging.Uri) ? BlobStagingArea.Open(staging)
        : staging.Mount is { } mount && !staging.Uri.Contains("://", StringComparison.Ordinal)
            ? new FolderStagingArea(staging.Uri, mount)
        : null;

    /// <summary>The same, or a folder that this machine and the cluster see at the same place.</summary>
    private static IStagingArea? OpenAreaOrFolder(StagingSpec staging) =>
        OpenArea(staging)
        ?? (
            staging.Uri.Contains("://", StringComparison.Ordinal)
            || staging.Uri.StartsWith("/Volumes/", StringComparison.Ordinal)
                ? null
                : new FolderStagingArea(staging.Uri)
        );
}
