using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using FunctionTune.Spaces;
using FunctionTune.Testing;

namespace FunctionTune.Engine.Tests.Spaces;

public sealed class SpaceLaws
{
    // Where FsCheck starts: the same spaces in every run.
    private const ulong Seed = 20_260_101;
    private const ulong Gamma = 7;

    [Fact]
    public void Writing_and_reading_gives_an_equal_space() =>
        Check(
            (space, point) =>
            {
                SearchSpace again = Again(space);

                Assert.Equal(space.Parameters.Select(Shown).ToArray(), again.Parameters.Select(Shown).ToArray());
                Assert.Equal(
                    space.Parameters.Select(p => p.Prior).ToArray(),
                    again.Parameters.Select(p => p.Prior).ToArray()
                );
                Assert.Equal(Json(space.Evaluate(point)), Json(again.Evaluate(point)));
                Assert.Equal(Json(SpaceJson.Write(space)), Json(SpaceJson.Write(again)));
            }
        );

    [Fact]
    public void A_structure_gives_back_a_point_that_evaluates_to_it() =>
        Check(
            (space, point) =>
            {
                JsonElement value = JsonSerializer.SerializeToElement(space.Evaluate(point));
                var problems = new List<Problem>();

                Point? found = space.Match(value, "$", problems);

                Assert.Empty(problems);
                Assert.True(space.Contains(found!));
                Assert.Equal(value.GetRawText(), Json(space.Evaluate(found!)));
            }
        );

    [Fact]
    public void Labels_give_back_the_point() =>
        Check((space, point) => Assert.Equal(point, space.FromLabels(space.ToLabels(point))));

    [Fact]
    public void Parents_come_before_what_depends_on_them() =>
        Check(
            (space, _) =>
                Assert.All(
                    space.Parameters,
                    p => Assert.All(p.Conditions, c => Assert.InRange(c.Parameter, 0, p.Index - 1))
                )
        );

    [Fact]
    public void Only_active_parameters_have_values() =>
        Check(
            (space, point) =>
            {
                Assert.True(space.Contains(point));
                Assert.Equal(
                    space.Parameters.Where(p => point.IsActive(p.Index)).Select(p => p.Label).ToArray(),
                    space.Values(point).Select(entry => entry.Key).ToArray()
                );
            }
        );

    private static void Check(Action<SearchSpace, Point> law) =>
        FsCheck.Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(50).WithReplay(Seed, Gamma),
            Prop.ForAll(Arb.From(SpaceGen.SpaceAndPoint()), drawn => law(drawn.Space, drawn.Point))
        );

    private static SearchSpace Again(SearchSpace space)
    {
        using var document = JsonDocument.Parse(SpaceJson.Write(space).ToJsonString());
        return SpaceJson.Read(document.RootElement);
    }

    private static string Shown(SpaceParameter p) => $"{p.Index} {p.Label} {p.Prior} {string.Join(",", p.Conditions)}";

    private static string Json(JsonNode? node) => node?.ToJsonString() ?? "null";
}
