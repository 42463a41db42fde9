using FunctionTune.Spaces;
using FunctionTune.Testing;

namespace FunctionTune.Local.Tests;

public sealed class DeepSpaceTests
{
    [Fact]
    public async Task A_space_as_deep_as_spaces_may_be_is_searched_kept_and_gone_on_with()
    {
        SpaceNode choices = Enumerable
            .Range(0, 240)
            .Aggregate(Hp.Literal("end"), (inner, i) => Hp.PChoice($"c{i}", (0.9, inner), (0.1, i)));
        SpaceNode dictionaries = Enumerable
            .Range(0, 240)
            .Aggregate(Hp.Uniform("x", 0, 1), (inner, _) => Hp.Dict(("choice", inner)));

        await SearchTwice(choices);
        await SearchTwice(dictionaries);
    }

    private static async Task SearchTwice(SpaceNode space)
    {
        using var folder = new TemporaryFolder();
        async Task<FminResult> Run(int maxEvals) =>
            await Fmin.MinimizeAsync(
                _ => 1,
                space,
                maxEvals: maxEvals,
                options: new()
                {
                    Seed = 1,
                    ShowProgressbar = false,
                    Store = folder.Path,
                    Id = "deep",
                },
                cancellationToken: TestContext.Current.CancellationToken
            );

        Assert.Equal(3, (await Run(3)).Trials.Count);
        Assert.Equal(3, (await Run(3)).Trials.Count);
    }
}
