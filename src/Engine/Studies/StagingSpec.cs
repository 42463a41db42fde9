namespace FunctionTune.Studies;

/// <summary>Where the trials' files and staged data lie.</summary>
/// <param name="Uri">
/// <c>abfss://container@account.dfs.core.windows.net/prefix</c>, <c>https://account.blob.core.windows.net/container/prefix</c>,
/// <c>/Volumes/catalog/schema/volume/prefix</c>, or a folder.
/// </param>
/// <param name="Mount">Where trials find the area mounted; null when they reach it by <paramref name="Uri"/>.</param>
/// <param name="Access">How trials are let in.</param>
public sealed record StagingSpec(string Uri, string? Mount = null, StagingAccess Access = StagingAccess.Identity);
