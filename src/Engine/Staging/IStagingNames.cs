using System.Collections.Immutable;

namespace FunctionTune.Staging;

/// <summary>Tells what lies in a staging area whose files can be listed.</summary>
public interface IStagingNames
{
    /// <summary>The names of the files and folders that lie directly in a folder, in ordinal order; none when it is not there.</summary>
    /// <param name="folder">The folder, a path in the area.</param>
    /// <param name="start">How the names begin; empty for all.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    Task<ImmutableArray<string>> ListAsync(string folder, string start, CancellationToken cancellationToken);
}
