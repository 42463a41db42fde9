using FunctionTune.Conventions.Tests.Arrows.Samples.Upper;

namespace FunctionTune.Conventions.Tests.Arrows.Samples.Lower;

internal static class InCall
{
    public static Func<int, int> Make() => number => number + Above.Number;
}
