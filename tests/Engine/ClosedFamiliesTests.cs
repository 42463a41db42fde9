using System.Text.Json;
using System.Text.Json.Serialization;
using FunctionTune.History;
using FunctionTune.Spaces;
using FunctionTune.Studies;
using FunctionTune.Testing.Studies;
using FunctionTune.Testing.Suggest;

namespace FunctionTune.Engine.Tests;

/// <summary>C# does not know which families of records are closed: here every case is fed to what handles the family.</summary>
public sealed class ClosedFamiliesTests
{
    public static TheoryData<Type> Families =>
        [
            typeof(StudyEvent),
            typeof(StudyCommand),
            typeof(TrialOutcome),
            typeof(Distribution),
            typeof(SpaceNode),
            typeof(TrialSpec),
        ];

    [Theory]
    [MemberData(nameof(Families))]
    public void Every_case_is_sealed_and_stands_in_its_family(Type family)
    {
        IEnumerable<Type> cases = family.Assembly.GetTypes().Where(type => type.IsSubclassOf(family));

        Assert.All(
            cases,
            type =>
            {
                Assert.True(type.IsSealed, $"{type} is sealed.");
                Assert.Equal(family, type.DeclaringType);
            }
        );
    }

    [Theory]
    [InlineData(typeof(StudyEvent))]
    [InlineData(typeof(TrialOutcome))]
    public void Every_case_is_written_under_its_own_name(Type family)
    {
        IEnumerable<(Type Case, string Name)> names = family
            .GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
            .Cast<JsonDerivedTypeAttribute>()
            .Select(attribute => (attribute.DerivedType, (string)attribute.TypeDiscriminator!));

        Assert.Equal(
            Cases(family).Select(type => (type, JsonNamingPolicy.CamelCase.ConvertName(type.Name))).ToHashSet(),
            names.ToHashSet()
        );
    }

    [Fact]
    public void Every_request_is_made_by_some_plan()
    {
        var made = new HashSet<Type>();
        StudyLaws.Hold(story =>
            made.UnionWith(
                story.States().SelectMany(state => StudyPlan.For(state)).Select(command => command.GetType())
            )
        );

        Assert.Equal(Cases(typeof(StudyCommand)), made);
    }

    [Fact]
    public void Every_distribution_is_checked_drawn_written_and_read()
    {
        SearchSpace space = Testing.Suggest.Spaces.Everything;

        SearchSpace read = SpaceJson.Read(JsonSerializer.SerializeToElement(SpaceJson.Write(space)));

        Assert.Equal(Cases(typeof(Distribution)), space.Parameters.Select(p => p.Prior.GetType()).ToHashSet());
        Assert.Equal(space.Parameters.Select(p => p.Prior), read.Parameters.Select(p => p.Prior));
        Assert.All(space.Parameters, p => Assert.Empty(DistributionRules.Broken(p.Prior)));
        Support.AssertContains(space, Histories.Random(space, 1, Histories.Finite).Observations[0].Point);
    }

    [Fact]
    public void Every_sort_of_node_is_evaluated_written_and_read()
    {
        SearchSpace space = Hp.Dict(("a", 1), ("b", Hp.List(Hp.Uniform("u", 0, 1), Hp.Choice("c", "x", "y"))));
        Point point = Histories.Random(space, 1, Histories.Finite).Observations[0].Point;

        SearchSpace read = SpaceJson.Read(JsonSerializer.SerializeToElement(SpaceJson.Write(space)));

        Assert.Equal(Cases(typeof(SpaceNode)), Nodes(space.Root).Select(node => node.GetType()).ToHashSet());
        Assert.Equal(space.Evaluate(point)!.ToJsonString(), read.Evaluate(point)!.ToJsonString());
    }

    private static HashSet<Type> Cases(Type family) =>
        [.. family.GetNestedTypes().Where(type => type.IsSubclassOf(family))];

    private static IEnumerable<SpaceNode> Nodes(SpaceNode node)
    {
        IEnumerable<SpaceNode> inner = node switch
        {
            SpaceNode.Dict dict => dict.Entries.Select(entry => entry.Value),
            SpaceNode.List list => list.Items,
            SpaceNode.Choice choice => choice.Options,
            _ => [],
        };
        return inner.SelectMany(Nodes).Prepend(node);
    }
}
