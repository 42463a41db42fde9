using System.Collections.Immutable;

namespace FunctionTune.Remote.Livy;

/// <summary>A part of the list of batches.</summary>
/// <param name="Total">How many there are in all.</param>
/// <param name="Batches">Those of this part, oldest first.</param>
internal sealed record LivyPage(int Total, ImmutableArray<LivyBatch> Batches);
