namespace FunctionTune.Suggest.Tpe;

/// <summary>Memory that is handed out piece by piece, for the work on one parameter.</summary>
/// <param name="memory">All of it.</param>
internal ref struct Workspace(Span<double> memory)
{
    private Span<double> _free = memory;

    /// <summary>The next <paramref name="length"/> numbers; they hold what was last written there.</summary>
    public Span<double> Take(int length)
    {
        Span<double> taken = _free[..length];
        _free = _free[length..];
        return taken;
    }

    /// <summary>Memory for a mixture of <paramref name="components"/> components.</summary>
    public ParzenMixture TakeMixture(int components) => new(Take(components), Take(components), Take(components));
}
