using FunctionTune.Suggest;
using FunctionTune.Testing.Suggest;

namespace FunctionTune.Engine.Tests.Suggest;

public sealed class GpSuggesterTests : SuggesterContract
{
    protected override ISuggester Suggester { get; } = new GpSuggester(new GpOptions());
}
