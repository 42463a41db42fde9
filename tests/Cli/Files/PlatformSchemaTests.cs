using System.Text.Json;
using FunctionTune.Local;
using FunctionTune.Studies;
using FunctionTune.Testing;

namespace FunctionTune.Cli.Tests.Files;

/// <summary>The published schema and the platforms agree on what a study file may tell them.</summary>
public sealed class PlatformSchemaTests
{
    private const string Databricks =
        "\"databricks\":{\"host\":\"https://w.azuredatabricks.net\",\"cluster\":{\"existing\":\"c\"},\"task\":";

    private static readonly JsonSchema s_schema = JsonSchema.Load(
        Path.Combine(AppContext.BaseDirectory, "study.schema.json")
    );

    public static TheoryData<string> Good =>
        [
            Task("""{"python":{"file":"train.py"}}"""),
            Task("""{"python":{"file":"/Workspace/a.py","objective":"loss","parameters":["--fast"]}}"""),
            Task("""{"wheel":{"package":"p","entryPoint":"e","file":"/Volumes/m/s/v/p.whl"}}"""),
            Task("""{"notebook":{"path":"/Workspace/n","parameters":{"a":"b"}}}"""),
            Task("""{"jar":{"mainClass":"c.D","file":"dbfs:/c.jar"}}"""),
            Task("""{"dotnet":{"app":"/Volumes/t.zip","executable":"T","jar":"/Volumes/m.jar"}}"""),
            """
                "databricks":{"host":"https://w.azuredatabricks.net","mode":"distributed","task":{"sparkSubmit":{"parameters":["a"]}},
                  "cluster":{"new":{"spark_version":"16.4.x-scala2.12","num_workers":1,"spark_conf":{"spark.a":"b"}}}}
                """,
            """
                "databricks":{"host":"https://w.azuredatabricks.net","task":{"python":{"file":"a.py"}},"tags":{"team":"a"},"libraries":[],
                  "cluster":{"serverless":{"environmentVersion":"4","dependencies":["x==1"]}},"accessControl":[{"group_name":"g"}],
                  "coresPerTrial":2,"gpusPerTrial":0.5,"trialsPerRun":4,"maxParallelism":200}
                """,
            """ "livy":{"url":"http://127.0.0.1:8998","file":"train.py"} """,
            """
                "livy":{"url":"https://h/gateway/livy","mode":"distributed","file":"hdfs:///a.jar","className":"c.D","args":["--x","1"],
                  "jars":["/b.jar"],"files":["hdfs:///f"],"archives":["/a.zip"],"conf":{"spark.a":"b"},"driverMemory":"2g",
                  "executorMemory":"512m","driverCores":1,"executorCores":2,"numExecutors":3,"queue":"q","proxyUser":"u",
                  "slots":4,"trialsPerRun":2,"maxParallelism":8},"timeout":60
                """,
            """ "livy":{"url":"http://livy:8998","file":"train.py","objective":"f","pyFiles":["hdfs:///h.py"]} """,
            """ "simulated":{"seconds":0} """,
            """ "simulated":{"seconds":10.5,"jitter":0.2,"failEvery":3,"reports":5},"timeout":60 """,
            """ "sparkSubmit":{"file":"train.py"} """,
            """
                "sparkSubmit":{"master":"yarn","deployMode":"cluster","mode":"singleMachine","file":"a.jar","class":"c.D","args":["--x"],
                  "jars":["b.jar"],"pyFiles":["h.py"],"files":["f"],"archives":["a.zip#e"],"packages":["a:b:1"],"conf":{"spark.a":"b"},
                  "driverMemory":"2g","executorMemory":"4g","driverCores":1,"executorCores":2,"numExecutors":3,"totalExecutorCores":6,
                  "queue":"q","proxyUser":"u","slots":4,"maxParallelism":8}
                """,
        ];

    public static TheoryData<string, string> BadForm =>
        new()
        {
            { Task("{}"), "$.trial.databricks.task" },
            { Task("""{"python":{"file":"a.py"},"jar":{"mainClass":"c"}}"""), "$.trial.databricks.task" },
            { Task("""{"python":{}}"""), "$.trial.databricks.task.python.file" },
            { Task("""{"python":{"file":"a.py","objective":"f()"}}"""), "$.trial.databricks.task.python.objective" },
            { Task("""{"wheel":{"package":"p"}}"""), "$.trial.databricks.task.wheel.entryPoint" },
            { Task("""{"notebook":{"path":"n"}}"""), "$.trial.databricks.task.notebook.path" },
            { Task("""{"sparkSubmit":{"parameters":[]}}"""), "$.trial.databricks.task.sparkSubmit.parameters" },
            { Task("""{"python":{"file":"a.py"}},"token":"x" """), "$.trial.databricks.token" },
            { Task("""{"python":{"file":"a.py"}},"mode":"both" """), "$.trial.databricks.mode" },
            { Task("""{"python":{"file":"a.py"}},"trialsPerRun":0 """), "$.trial.databricks.trialsPerRun" },
            { Task("""{"python":{"file":"a.py"}},"maxParallelism":5000 """), "$.trial.databricks.maxParallelism" },
            {
                """ "databricks":{"host":"https://w","task":{"python":{"file":"a.py"}}} """,
                "$.trial.databricks.cluster"
            },
            { """ "livy":{"url":"http://livy:8998"} """, "$.trial.livy.file" },
            { """ "livy":{"url":"http://livy","file":"a.py","password":"x"} """, "$.trial.livy.password" },
            { """ "livy":{"url":"http://livy","file":"a.py","pyFiles":["h.py"]} """, "$.trial.livy.pyFiles" },
            { """ "livy":{"url":"http://livy","file":"a.py","driverMemory":"much"} """, "$.trial.livy.driverMemory" },
            { """ "livy":{"url":"http://livy","file":"a.py","conf":{"a":"b"}} """, "$.trial.livy.conf" },
            { """ "livy":{"url":"http://livy","file":"a.py","slots":0} """, "$.trial.livy.slots" },
            { """ "simulated":{} """, "$.trial.simulated.seconds" },
            { """ "simulated":{"seconds":"1"} """, "$.trial.simulated.seconds" },
            { """ "simulated":{"seconds":1,"jitter":1.5} """, "$.trial.simulated.jitter" },
            { """ "simulated":{"seconds":1,"fail":2} """, "$.trial.simulated.fail" },
            { """ "sparkSubmit":{} """, "$.trial.sparkSubmit.file" },
            { """ "sparkSubmit":{"file":"--a.py"} """, "$.trial.sparkSubmit.file" },
            { """ "sparkSubmit":{"file":"a.py","master":"-x"} """, "$.trial.sparkSubmit.master" },
            { """ "sparkSubmit":{"file":"a.py","jars":["a,b"]} """, "$.trial.sparkSubmit.jars" },
            { """ "sparkSubmit":{"file":"a.py","deployMode":"local"} """, "$.trial.sparkSubmit.deployMode" },
            { """ "sparkSubmit":{"file":"a.py","numExecutors":"3"} """, "$.trial.sparkSubmit.numExecutors" },
            { """ "sparkSubmit":{"file":"a.py"},"livy":{"url":"http://livy","file":"a.py"} """, "$.trial" },
            { """ "sparkSubmit":{"file":"a.py"},"process":{"command":["a"]} """, "$.trial" },
        };

    [Theory]
    [MemberData(nameof(Good))]
    public void A_right_file_is_right_for_both(string trial)
    {
        JsonElement file = FileOf(trial);

        Assert.Empty(ProblemsOf(file));
        Assert.True(s_schema.IsValid(file));
    }

    [Theory]
    [MemberData(nameof(BadForm))]
    public void A_wrong_form_is_refused_by_both_and_the_reader_says_where(string trial, string path)
    {
        JsonElement file = FileOf(trial);

        Assert.False(s_schema.IsValid(file));
        Assert.Contains(ProblemsOf(file), problem => problem.Path.StartsWith(path, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"uri":""}""")]
    [InlineData("""{"mount":"/m"}""")]
    [InlineData("""{"uri":"/m","access":"open"}""")]
    [InlineData("""{"uri":"/m","key":"x"}""")]
    [InlineData("7")]
    public void A_staging_area_of_a_wrong_form_is_refused_by_both(string staging)
    {
        JsonElement file = FileOf("\"sparkSubmit\":{\"file\":\"a.py\"}", staging);

        Assert.False(s_schema.IsValid(file));
        Assert.Contains(ProblemsOf(file), problem => problem.Path.StartsWith("$.staging", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"uri":"abfss://c@a.dfs.core.windows.net/p","mount":"/Volumes/m/s/v","access":"sas"}""")]
    [InlineData("\"/mnt/shared\"")]
    public void A_staging_area_of_a_right_form_is_read(string staging)
    {
        JsonElement file = FileOf("\"process\":{\"command\":[\"true\"]}", staging);

        Assert.True(s_schema.IsValid(file));
        Assert.Empty(ProblemsOf(file));
    }

    private static string Task(string task) => Databricks + task + "}";

    private static JsonElement FileOf(string trial, string staging = "\"/mnt/shared\"") =>
        JsonElement.Parse(
            $$"""{"space":{"x":{"uniform":[0,1]} },"maxEvals":1,"staging":{{staging}},"trial":{ {{trial}} } }"""
        );

    private static IReadOnlyList<Problem> ProblemsOf(JsonElement file)
    {
        StudySpecReading reading = StudySpecJson.Read(file);
        using var studies = new LocalStudies(".", platforms: Composition.Platforms());
        return reading.Problems.Length > 0 ? reading.Problems : studies.Check(reading.Required());
    }
}
