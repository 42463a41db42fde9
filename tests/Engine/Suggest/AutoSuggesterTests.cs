using FunctionTune.Suggest;
using FunctionTune.Testing.Suggest;

namespace FunctionTune.Engine.Tests.Suggest;

public sealed class AutoSuggesterTests : SuggesterContract
{
    protected override ISuggester Suggester { get; } = new AutoSuggester();

    protected override bool KnowsOnlyTheOrderOfLosses => false;
}
