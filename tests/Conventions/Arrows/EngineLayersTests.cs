using FunctionTune.Conventions.Tests.Metadata;

namespace FunctionTune.Conventions.Tests.Arrows;

/// <summary>Inside the engine, too, arrows point down only.</summary>
public sealed class EngineLayersTests
{
    private static readonly string[] s_spaces = [Layers.Ground, "Json", "Numerics"];
    private static readonly string[] s_history = [.. s_spaces, "Spaces"];
    private static readonly string[] s_above = [.. s_history, "History"];
    private static readonly string[] s_all = [.. s_above, "Suggest", "Studies"];

    private static readonly Layers s_layers = new(
        "FunctionTune",
        new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            [Layers.Ground] = [],
            ["Json"] = [Layers.Ground],
            ["Numerics"] = [],
            ["Spaces"] = s_spaces,
            ["History"] = s_history,
            ["Suggest"] = s_above,
            ["Studies"] = s_above,
            ["Staging"] = s_all,
            ["Hosting"] = [.. s_all, "Staging"],
            [Layers.Door] = [.. s_all, "Staging", "Hosting"],
        }
    )
    {
        GroundTypes = ["Problem", "FunctionTuneException", "InvalidInputException"],
    };

    [Fact]
    public void Namespaces_of_the_engine_use_only_what_lies_below_them() =>
        Assert.Empty(s_layers.Violations(AssemblyUses.Of(typeof(Problem).Assembly)));

    [Theory]
    [InlineData("Suggest", "Studies")]
    [InlineData("Studies", "Suggest")]
    [InlineData("Studies", "Hosting")]
    [InlineData("Spaces", "History")]
    [InlineData("Numerics", "Json")]
    [InlineData("Unheard", "Spaces")]
    [InlineData("Spaces", "Unheard")]
    public void A_use_of_what_lies_above_or_aside_is_found(string user, string used)
    {
        var use = new Use(new TypeName($"FunctionTune.{user}.Deeper", "A"), new TypeName($"FunctionTune.{used}", "B"));

        Assert.Single(s_layers.Violations([use]));
    }

    [Fact]
    public void Nobody_inside_goes_through_the_users_door()
    {
        var door = new TypeName("FunctionTune", "Hp");
        var inside = new TypeName("FunctionTune.Studies", "StudySpec");

        Assert.Single(s_layers.Violations([new Use(inside, door)]));
        Assert.Empty(
            s_layers.Violations([new Use(door, inside), new Use(inside, new TypeName("FunctionTune", "Problem"))])
        );
    }
}
