using FunctionTune.Conventions.Tests.Arrows.Samples.Upper;

namespace FunctionTune.Conventions.Tests.Arrows.Samples.Lower;

internal abstract class InSignature
{
    public abstract void Take(IReadOnlyList<Above> items);
}
