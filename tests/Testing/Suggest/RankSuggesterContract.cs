using FunctionTune.Spaces;

namespace FunctionTune.Testing.Suggest;

/// <summary>What a suggester owes besides that knows nothing of the losses but their order.</summary>
public abstract class RankSuggesterContract : SuggesterContract
{
    [Fact]
    public void A_rising_function_of_the_losses_changes_no_point()
    {
        IReadOnlyList<Point> points = Search(Spaces.Everything, (n, p) => Histories.Finite(n, p, Smooth(p)));

        Assert.Equal(points, Search(Spaces.Everything, (n, p) => Histories.Finite(n, p, Math.Exp(Smooth(p)))));
        Assert.Equal(points, Search(Spaces.Everything, (n, p) => Histories.Finite(n, p, Math.Cbrt(Smooth(p)) - 1e3)));
    }
}
