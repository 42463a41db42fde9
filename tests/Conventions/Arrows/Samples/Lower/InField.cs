using FunctionTune.Conventions.Tests.Arrows.Samples.Upper;

namespace FunctionTune.Conventions.Tests.Arrows.Samples.Lower;

internal sealed class InField
{
    public List<Above[]>? Field { get; set; }
}
