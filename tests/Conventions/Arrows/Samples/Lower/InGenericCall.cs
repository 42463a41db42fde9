using FunctionTune.Conventions.Tests.Arrows.Samples.Upper;

namespace FunctionTune.Conventions.Tests.Arrows.Samples.Lower;

internal static class InGenericCall
{
    public static bool Ask(object item) => Enumerable.Repeat(item, 1).OfType<Above>().Any();
}
