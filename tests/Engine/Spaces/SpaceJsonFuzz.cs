using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FunctionTune.Spaces;
using FunctionTune.Testing;

namespace FunctionTune.Engine.Tests.Spaces;

public sealed class SpaceJsonFuzz
{
    private const ulong Seed = 20_260_102;
    private const ulong Gamma = 5;

    [Fact]
    public void Any_json_is_either_a_space_or_refused_with_problems_that_have_paths()
    {
        int spaces = 0;
        int refused = 0;
        void Read(string text)
        {
            bool? isSpace = IsSpace(text);
            spaces += isSpace is true ? 1 : 0;
            refused += isSpace is false ? 1 : 0;
        }

        FsCheck.Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(3000).WithReplay(Seed, Gamma),
            Prop.ForAll<string>(Arb.From(SpaceTextGen.Mutated()), Read)
        );

        Assert.InRange(spaces, 100, int.MaxValue);
        Assert.InRange(refused, 500, int.MaxValue);
    }

    /// <summary>Null when the text is no JSON at all.</summary>
    private static bool? IsSpace(string text)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }

        using (document)
        {
            var problems = new List<Problem>();
            SearchSpace? space = SpaceJson.Read(document.RootElement, "$.space", problems);
            Assert.Equal(space is null, problems.Count > 0);
            Assert.All(problems, problem => Assert.StartsWith("$.space", problem.Path, StringComparison.Ordinal));
            Assert.All(problems, problem => Assert.NotEmpty(problem.Rule));
            if (space is not null)
            {
                string written = SpaceJson.Write(space).ToJsonString();
                using var again = JsonDocument.Parse(written);
                Assert.Equal(written, SpaceJson.Write(SpaceJson.Read(again.RootElement)).ToJsonString());
                MatchAnything(space, document.RootElement);
            }

            return space is not null;
        }
    }

    /// <summary>Matching a structure that has nothing to do with the space gives a point or problems, too.</summary>
    private static void MatchAnything(SearchSpace space, JsonElement value)
    {
        var problems = new List<Problem>();
        Assert.Equal(space.Match(value, "$.point", problems) is null, problems.Count > 0);
        Assert.All(problems, problem => Assert.StartsWith("$.point", problem.Path, StringComparison.Ordinal));
    }
}
