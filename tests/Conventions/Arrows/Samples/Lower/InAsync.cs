using FunctionTune.Conventions.Tests.Arrows.Samples.Upper;

namespace FunctionTune.Conventions.Tests.Arrows.Samples.Lower;

internal static class InAsync
{
    public static async Task<int> AskAsync()
    {
        await Task.Yield();
        return Above.Count(1);
    }
}
