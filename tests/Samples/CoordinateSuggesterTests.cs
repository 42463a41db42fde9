using CoordinateSearch;
using FunctionTune.Suggest;
using FunctionTune.Testing.Suggest;

namespace FunctionTune.Samples.Tests;

public sealed class CoordinateSuggesterTests : SuggesterContract
{
    protected override ISuggester Suggester { get; } = new CoordinateSuggester(startup: 10);
}
