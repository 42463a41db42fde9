using System.Text.Json;
using FunctionTune.Suggest;

namespace FunctionTune.Hosting;

/// <summary>Makes an algorithm from its options.</summary>
/// <param name="known">The algorithms that its options may name.</param>
/// <param name="options">The options; an empty object when there are none.</param>
/// <param name="path">Where they stand.</param>
/// <param name="problems">What is wrong with them is added here.</param>
/// <returns>The algorithm; null, or one that is not used, when something is wrong.</returns>
internal delegate ISuggester? SuggesterMaker(
    Suggesters known,
    JsonElement options,
    string path,
    List<Problem> problems
);
