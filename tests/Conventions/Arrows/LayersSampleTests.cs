using FunctionTune.Conventions.Tests.Arrows.Samples.Lower;
using FunctionTune.Conventions.Tests.Metadata;

namespace FunctionTune.Conventions.Tests.Arrows;

/// <summary>A use is found wherever it stands, so a rule that is broken really fails.</summary>
public sealed class LayersSampleTests
{
    private static readonly Layers s_layers = new(
        "FunctionTune.Conventions.Tests.Arrows.Samples",
        new Dictionary<string, string[]>(StringComparer.Ordinal) { ["Lower"] = [], ["Upper"] = ["Lower"] }
    );

    [Theory]
    [InlineData(nameof(InAttribute))]
    [InlineData(nameof(InField))]
    [InlineData(nameof(InSignature))]
    [InlineData("InConstraint")]
    [InlineData(nameof(InCall))]
    [InlineData(nameof(InGenericCall))]
    [InlineData(nameof(InAsync))]
    public void A_broken_rule_is_found_wherever_it_stands(string type)
    {
        IEnumerable<string> violations = s_layers.Violations(AssemblyUses.Of(typeof(LayersSampleTests).Assembly));

        Assert.Contains(violations, v => v.Contains($".{type} (Lower) may not use", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_else_is_found() =>
        Assert.Equal(7, s_layers.Violations(AssemblyUses.Of(typeof(LayersSampleTests).Assembly)).Count());
}
