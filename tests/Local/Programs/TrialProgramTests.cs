using FunctionTune.Local.Programs;
using FunctionTune.Studies;
using FunctionTune.Testing;

namespace FunctionTune.Local.Tests.Programs;

public sealed class TrialProgramTests : IDisposable
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <AssemblyName>Trial.Of.Mine</AssemblyName>
          </PropertyGroup>
        </Project>
        """;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_a_project_the_command_is_taken_as_it_is()
    {
        var spec = new TrialSpec.Process { Command = ["python3", "{trial}/train.py"] };

        TrialProgram program = await TrialProgram.PrepareAsync(_folder["store"], spec, _folder.Path, Cancel);

        Assert.Equal((_folder.Path, spec), (program.Folder, program.Spec));
    }

    [Fact]
    public async Task A_project_is_built_when_its_files_changed_and_only_then()
    {
        _folder.Write("trial/trial.csproj", Project);
        _folder.Write("trial/Program.cs", "System.Console.WriteLine(0.5);");

        TrialProgram first = await PrepareAsync();
        Assert.Equal("dotnet {trial}/Trial.Of.Mine.dll", string.Join(' ', first.Spec.Command));
        Assert.True(File.Exists(Path.Join(first.Folder, "Trial.Of.Mine.dll")));
        DateTime built = File.GetLastWriteTimeUtc(Path.Join(first.Folder, "Trial.Of.Mine.dll"));

        Assert.Equal(first.Folder, (await PrepareAsync()).Folder);
        Assert.Equal(built, File.GetLastWriteTimeUtc(Path.Join(first.Folder, "Trial.Of.Mine.dll")));

        _folder.Write("trial/Program.cs", "System.Console.WriteLine(0.25);");
        TrialProgram second = await PrepareAsync();
        Assert.NotEqual(first.Folder, second.Folder);
        Assert.True(File.Exists(Path.Join(second.Folder, "Trial.Of.Mine.dll")));
    }

    [Fact]
    public async Task A_project_that_does_not_build_is_refused_with_the_errors_of_the_compiler()
    {
        _folder.Write("trial/trial.csproj", Project);
        string source = _folder.Write("trial/Program.cs", "int x = \"one\";\nint y = z;\n");

        InvalidInputException refusal = await Assert.ThrowsAsync<InvalidInputException>(PrepareAsync);

        Assert.Equal(2, refusal.Problems.Length);
        Assert.StartsWith(
            $"{source}(1,9): the trial's project must build: error CS0029",
            refusal.Problems[0].ToString(),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            $"{source}(2,9): the trial's project must build: error CS0103",
            refusal.Problems[1].ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_project_that_is_not_there_is_refused()
    {
        InvalidInputException refusal = await Assert.ThrowsAsync<InvalidInputException>(PrepareAsync);

        Assert.Equal("$.trial.project", refusal.Problems.Single().Path);
    }

    private Task<TrialProgram> PrepareAsync() =>
        TrialProgram.PrepareAsync(
            _folder["store"],
            new TrialSpec.Process { Project = "trial/trial.csproj" },
            _folder.Path,
            Cancel
        );
}
