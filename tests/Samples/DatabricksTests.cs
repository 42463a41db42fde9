using System.Text.Json;
using FunctionTune.Studies;
using FunctionTune.Testing.Processes;

namespace FunctionTune.Samples.Tests;

/// <summary>The samples for clusters, as far as they go without one.</summary>
public sealed class DatabricksTests
{
    private static readonly string s_launcher = Sample.Path("src/TrialClient/python/functiontune.py");

    public static TheoryData<string> Studies =>
        [
            .. Directory
                .GetDirectories(Sample.Path("samples"), "databricks-*")
                .Select(folder => Path.Join("samples", Path.GetFileName(folder))),
        ];

    [Theory]
    [MemberData(nameof(Studies))]
    public async Task A_study_for_Databricks_names_a_program_that_Python_accepts(string folder)
    {
        string study = Sample.Path($"{folder}/study.json");
        JsonElement file = JsonElement.Parse(await File.ReadAllTextAsync(study, TestContext.Current.CancellationToken));
        StudySpec spec = StudySpecJson.Read(file).Spec!;
        var trial = Assert.IsType<TrialSpec.Remote>(spec.Trial);
        JsonElement program = trial.Options.GetProperty("task").GetProperty("python");
        string path = Sample.Path($"{folder}/{program.GetProperty("file").GetString()}");
        string? python = await ChildProgram.FindPythonAsync([], TestContext.Current.CancellationToken);
        Assert.SkipWhen(python is null, "There is no python3 on the PATH.");
        string[] command =
        [
            python,
            "-c",
            "import ast, sys; ast.parse(open(sys.argv[1]).read(), feature_version=(3, 8))",
        ];

        Assert.Equal("databricks", trial.Platform);
        Assert.NotNull(spec.Staging);
        Assert.Equal(
            new ProgramEnd(0, "", ""),
            await ChildProgram.RunAsync([.. command, path], "/", null, TestContext.Current.CancellationToken)
        );
    }

    [Theory]
    [InlineData("""{"family":"logistic","C":1,"penalty":"l2"}""")]
    [InlineData("""{"family":"logistic","C":1,"penalty":{"l1_ratio":0.5}}""")]
    [InlineData("""{"family":"svm","C":1,"kernel":{"kind":"poly","gamma":0.1,"degree":3}}""")]
    [InlineData("""{"family":"forest","n_estimators":50,"max_features":0.5,"min_samples_leaf":2}""")]
    public async Task Each_family_of_an_unchanged_Hyperopt_objective_gives_a_loss_with_its_variance(string model)
    {
        using var folder = new TrialFolder(model);
        await RunAsync(folder, "databricks-families/families.py", "--objective", "objective");

        Assert.InRange(folder.Result.Number("loss"), 0, 0.2);
        Assert.InRange(folder.Result.Number("loss_variance"), 0, 0.1);
    }

    [Fact]
    public async Task The_scikit_learn_program_runs_by_the_launcher_with_its_own_arguments()
    {
        using TrialFolder folder = Sample.Trial(
            "breast_cancer.csv",
            """{"learning_rate":0.1,"max_iter":50,"max_leaf_nodes":8,"l2_regularization":0}"""
        );
        await RunAsync(folder, "databricks-sklearn/train.py", "--folds", "3");

        Assert.Equal(3, folder.Result.GetProperty("losses").GetArrayLength());
        Assert.Equal(3, folder.Progress.Count);
    }

    private static async Task RunAsync(TrialFolder folder, string program, params string[] arguments)
    {
        string? python = await ChildProgram.FindPythonAsync(["sklearn"], TestContext.Current.CancellationToken);
        Assert.SkipWhen(python is null, "No python3 on the PATH has scikit-learn: pip install scikit-learn.");
        string[] command = [python, s_launcher, "--program", Sample.Path($"samples/{program}"), .. arguments];
        ProgramEnd end = await ChildProgram.RunAsync(
            [.. command, "--functiontune-trial", folder.TrialPath],
            folder.Folder,
            null,
            TestContext.Current.CancellationToken
        );
        Assert.True(end.ExitCode == 0, end.Error);
    }
}
