using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Hosting;
using FunctionTune.Remote.Databricks;
using FunctionTune.Staging;
using FunctionTune.StandIns.Faults;
using FunctionTune.Studies;
using FunctionTune.Testing;

namespace FunctionTune.Remote.Tests.Databricks;

/// <summary>What is asked before a study exists.</summary>
public sealed class PreparationTests : IAsyncLifetime
{
    private TestWorkspace _workspace = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _workspace = await TestWorkspace.StartAsync();
        _workspace.WriteFile("/Workspace/Shared/trial.py", "print(1)");
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    [Fact]
    public async Task A_study_whose_names_are_all_there_is_ready()
    {
        Preparation ready = await PrepareAsync(_workspace.Spec());

        Assert.Contains(ready.Warnings, warning => warning.Contains("no timeout", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Everything_that_is_not_there_is_listed()
    {
        StudySpec spec = _workspace.Spec(options =>
        {
            options["cluster"] = new JsonObject { ["existing"] = "0101-nobody" };
            options["task"] = new JsonObject
            {
                ["python"] = new JsonObject { ["file"] = "/Workspace/Shared/other.py" },
            };
        });

        InvalidInputException fault = await Assert.ThrowsAsync<InvalidInputException>(() => PrepareAsync(spec));

        Assert.Equal(
            ["$.trial.databricks.cluster.existing", "$.trial.databricks.task.python.file"],
            fault.Problems.Select(problem => problem.Path)
        );
    }

    [Theory]
    [InlineData("""{"wheel":{"package":"p","entryPoint":"e","file":"/Volumes/main/x/y/p.whl"}}""", "wheel.file")]
    [InlineData("""{"notebook":{"path":"/Workspace/Shared/none"}}""", "notebook.path")]
    [InlineData("""{"jar":{"mainClass":"A","file":"/Volumes/main/x/y/p.jar"}}""", "jar.file")]
    [InlineData("""{"python":{"file":"here.py"}}""", "python.file")]
    public async Task A_program_that_is_not_there_is_named(string task, string path)
    {
        StudySpec spec = _workspace.Spec(options => options["task"] = JsonNode.Parse(task));

        InvalidInputException fault = await Assert.ThrowsAsync<InvalidInputException>(() => PrepareAsync(spec));

        Assert.Equal($"$.trial.databricks.task.{path}", fault.Problems.Single().Path);
    }

    [Fact]
    public async Task A_cluster_that_this_identity_may_not_use_is_named()
    {
        _workspace.Server.Faults.Set(
            new Fault.Error(403, "PERMISSION_DENIED", "You do not have Attach permission") { Endpoint = "clusters/get" }
        );

        InvalidInputException fault = await Assert.ThrowsAsync<InvalidInputException>(() =>
            PrepareAsync(_workspace.Spec())
        );

        Assert.Contains("permission", fault.Problems.Single().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_that_the_workspace_does_not_offer_is_answered_by_the_one_that_was_meant()
    {
        StudySpec spec = _workspace.Spec(options =>
            options["cluster"] = JsonNode.Parse(
                """{"new":{"spark_version":"16.4.x-scala2.12","node_type_id":"Standard_D4d_v5","num_workers":1}}"""
            )
        );

        InvalidInputException fault = await Assert.ThrowsAsync<InvalidInputException>(() => PrepareAsync(spec));

        Assert.Equal("Did you mean 'Standard_D4ds_v5'?", fault.Problems.Single().Hint);
    }

    [Fact]
    public async Task A_login_page_and_a_wrong_token_are_told_before_anything_is_there()
    {
        _workspace.Server.Faults.Set(new Fault.LoginRedirect { Times = 1 });
        FunctionTuneException page = await Assert.ThrowsAnyAsync<FunctionTuneException>(() =>
            PrepareAsync(_workspace.Spec())
        );
        _workspace.Server.Token = "another";
        FunctionTuneException denied = await Assert.ThrowsAnyAsync<FunctionTuneException>(() =>
            PrepareAsync(_workspace.Spec())
        );

        Assert.Contains("login page", page.Message, StringComparison.Ordinal);
        Assert.Contains("token", denied.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_under_which_trials_lie_in_the_area_already_is_refused_before_anything_is_uploaded()
    {
        StudySpec spec = _workspace.Spec();
        await _workspace.AreaOf(spec).CreateAsync("studies/s/trials/0/1/trial.json", "{}"u8.ToArray(), Cancel);

        InvalidInputException fault = await Assert.ThrowsAsync<InvalidInputException>(() => PrepareAsync(spec));

        Problem problem = fault.Problems.Single();
        Assert.Equal("$.staging", problem.Path);
        Assert.Contains("trials/0/1/trial.json", problem.Value, StringComparison.Ordinal);
        Assert.Contains("id of its own", problem.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void The_environments_staging_area_is_part_of_the_completed_study()
    {
        using var platform = new DatabricksPlatform(
            _ => null,
            new DatabricksPlatformOptions
            {
                Variable = name => name == "FUNCTIONTUNE_STAGING" ? " /Volumes/main/a/b " : null,
            }
        );
        StudySpec spec = _workspace.Spec();

        Assert.Equal("/Volumes/main/a/b", platform.Complete(spec with { Staging = null }).Staging?.Uri);
        Assert.Equal(spec.Staging, platform.Complete(spec).Staging);
    }

    [Fact]
    public async Task A_python_file_of_this_machine_is_staged_once_with_the_client_that_starts_it()
    {
        using var folder = new TemporaryFolder();
        folder.Write("train.py", "print(0.5)");
        StudySpec spec = _workspace.Spec(options =>
            options["task"] = JsonNode.Parse("""{"python":{"file":"train.py","objective":"loss"}}""")
        ) with
        {
            BaseFolder = folder.Path,
        };

        Preparation first = await PrepareAsync(spec);
        int uploads = _workspace.Server.Requests.Count("fs/files", 204);
        Preparation second = await PrepareAsync(spec);

        JsonElement staged = ((TrialSpec.Remote)first.Spec.Trial).Options.GetProperty("staged");
        Assert.EndsWith("/train.py", staged.GetProperty("program").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("/functiontune.py", staged.GetProperty("launcher").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, uploads);
        Assert.Equal(2, _workspace.Server.Requests.Count("fs/files", 204));
        Assert.Equal(
            ((TrialSpec.Remote)first.Spec.Trial).Options.GetRawText(),
            ((TrialSpec.Remote)second.Spec.Trial).Options.GetRawText()
        );
    }

    [Fact]
    public async Task Set_ups_that_work_but_not_well_are_warned_of()
    {
        StudySpec spec = _workspace.Spec(options =>
        {
            options["mode"] = "distributed";
        }) with
        {
            Limits = new StudyLimits { MaxEvals = 200, Parallelism = 200 },
        };

        Preparation ready = await PrepareAsync(spec);

        Assert.Equal(4, ready.Warnings.Length);
        Assert.Contains(ready.Warnings, warning => warning.Contains("random search", StringComparison.Ordinal));
        Assert.Contains(ready.Warnings, warning => warning.Contains("barrier", StringComparison.Ordinal));
        Assert.Contains(ready.Warnings, warning => warning.Contains("145", StringComparison.Ordinal));
    }

    [Fact]
    public void A_study_without_an_area_is_told_what_to_write()
    {
        StudySpec spec = _workspace.Spec() with { Staging = null };

        InvalidInputException fault = Assert.Throws<InvalidInputException>(() => _workspace.AreaOf(spec));

        Assert.Equal("$.staging", fault.Problems.Single().Path);
        Assert.Contains(
            "catalog",
            _workspace.Platform.Check(spec with { Staging = new StagingSpec("/Volumes/main") }).Single().Rule,
            StringComparison.Ordinal
        );
    }

    private Task<Preparation> PrepareAsync(StudySpec spec)
    {
        IStagingArea area = _workspace.AreaOf(spec);
        return _workspace.Platform.PrepareAsync(new StudyId("s"), spec, area, Cancel);
    }
}
