namespace FunctionTune.Conventions.Tests.Arrows;

public sealed class ProjectArrowsTests
{
    public static TheoryData<string> Projects => [.. Repository.Files("src", ".csproj")];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Projects_reference_only_what_lies_below_them(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);

        Assert.Equal($"src/{name}/{name}.csproj", path);
        Assert.Empty(ProjectArrows.Violations(name, File.ReadAllText(Path.Combine(Repository.Root, path))));
    }

    [Theory]
    [InlineData("Engine", "../Local/Local.csproj")]
    [InlineData("Local", "../Remote/Remote.csproj")]
    [InlineData("Remote", "..\\Local\\Local.csproj")]
    [InlineData("Service", "../Local/Local.csproj")]
    [InlineData("TrialClient", "../Engine/Engine.csproj")]
    [InlineData("SparkTrial", "../Engine/Engine.csproj")]
    [InlineData("Functions", "../Local/Local.csproj")]
    [InlineData("Cli", "../Functions/Functions.csproj")]
    [InlineData("Unheard", "../Engine/Engine.csproj")]
    public void An_arrow_that_points_up_or_aside_is_found(string name, string reference)
    {
        string project = $"""<Project><ItemGroup><ProjectReference Include="{reference}" /></ItemGroup></Project>""";

        Assert.Single(ProjectArrows.Violations(name, project));
    }

    [Fact]
    public void A_package_that_the_engine_may_not_use_is_found()
    {
        const string Project =
            """<Project><ItemGroup><PackageReference Include="Polly.Core" /></ItemGroup></Project>""";

        string violation = Assert.Single(ProjectArrows.Violations("Engine", Project));
        Assert.Contains("Polly.Core", violation, StringComparison.Ordinal);
        Assert.Empty(ProjectArrows.Violations("Remote", Project));
    }
}
