using System.Collections.Immutable;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Testing.Durable;

/// <summary>The folders that a store would have in an area: one a study.</summary>
/// <param name="store">The store.</param>
internal sealed class StoreNames(IStudyStore store) : IStagingNames
{
    public async Task<ImmutableArray<string>> ListAsync(
        string folder,
        string start,
        CancellationToken cancellationToken
    ) => [.. (await store.ListAsync(cancellationToken)).Select(id => id.ToString())];
}
