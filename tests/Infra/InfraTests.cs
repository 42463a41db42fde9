using FunctionTune.Infra.Tests.Rules;
using FunctionTune.Infra.Tests.Syntax;

namespace FunctionTune.Infra.Tests;

public sealed class InfraTests
{
    [Fact]
    public async Task The_templates_keep_all_rules()
    {
        Programs.NeedNode();

        BicepFolder folder = await BicepFolder.ReadAsync(
            Repository.PathOf("infra"),
            TestContext.Current.CancellationToken
        );

        Assert.Contains(folder.Files, file => file.Path == "main.bicep");
        Assert.Empty(Gate.Check(folder));
    }
}
