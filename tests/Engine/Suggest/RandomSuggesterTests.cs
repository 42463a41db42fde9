using FunctionTune.Suggest;
using FunctionTune.Testing.Suggest;

namespace FunctionTune.Engine.Tests.Suggest;

public sealed class RandomSuggesterTests : RankSuggesterContract
{
    protected override ISuggester Suggester { get; } = new RandomSuggester();
}
