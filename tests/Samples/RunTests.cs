using System.Text.Json;
using FunctionTune.Testing;
using FunctionTune.Testing.Processes;

namespace FunctionTune.Samples.Tests;

/// <summary>Samples from end to end: the command line, a study file of the repository, programs, results.</summary>
public sealed class RunTests
{
    private static string SearchPath => Environment.GetEnvironmentVariable("PATH") ?? "";

    [Fact]
    public async Task The_diabetes_study_builds_its_project_and_finds_a_good_setting()
    {
        JsonElement study = await RunAsync("samples/diabetes/study.json", SearchPath, maxEvals: 8);

        Assert.Equal(8, study.GetProperty("counts").GetProperty("succeeded").GetInt32());
        Assert.InRange(study.GetProperty("best").Number("loss"), 56, 60);
    }

    [Fact]
    public async Task The_scikit_learn_study_runs_with_the_python_of_the_path()
    {
        string? python = await ChildProgram.FindPythonAsync(["sklearn"], TestContext.Current.CancellationToken);
        Assert.SkipWhen(python is null, "No python3 on the PATH has scikit-learn: pip install scikit-learn.");
        string path = Path.GetDirectoryName(python) + Path.PathSeparator + SearchPath;
        JsonElement study = await RunAsync("samples/python-sklearn/study.json", path, maxEvals: 2);

        Assert.Equal(2, study.GetProperty("counts").GetProperty("succeeded").GetInt32());
    }

    private static async Task<JsonElement> RunAsync(string study, string path, int maxEvals)
    {
        using var store = new TemporaryFolder();
        string[] command =
        [
            "dotnet",
            Sample.Path("functiontune.dll"),
            "run",
            study,
            "--json",
            "--store",
            store.Path,
            "--max-evals",
            $"{maxEvals}",
        ];
        ProgramEnd end = await ChildProgram.RunAsync(
            command,
            Repository(),
            new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = path },
            TestContext.Current.CancellationToken
        );
        Assert.True(end.ExitCode == 0, end.Error);
        return JsonElement.Parse(end.Output);
    }

    /// <summary>The folder with the solution: a study's project is built where it lies.</summary>
    private static string Repository()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "FunctionTune.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
