using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Json;

namespace FunctionTune.Remote.Databricks.Options;

/// <summary>Reads what a trial's run does: an object with one key, the kind of the task.</summary>
/// <param name="problems">What is wrong is added here.</param>
internal sealed class TaskReader(ICollection<Problem> problems)
{
    private const string Example = "Write for example \"task\": { \"python\": { \"file\": \"train.py\" } }.";

    private static readonly string[] s_kinds = ["python", "wheel", "notebook", "jar", "dotnet", "sparkSubmit"];

    // Where Databricks takes Python files from, besides paths.
    private static readonly string[] s_storage = ["abfss", "abfs", "wasbs", "wasb", "s3", "s3a", "gs", "dbfs", "file"];

    /// <summary>The task; null when it breaks a rule.</summary>
    public DatabricksTask? Read(JsonFields options)
    {
        if (options.Required("task", "a trial on Databricks has a task", Example) is not { } element)
        {
            return null;
        }

        var task = new JsonFields(element, options.PathOf("task"), problems);
        string[] given = [.. s_kinds.Where(kind => task.Any(kind) is not null)];
        task.RefuseOthers();
        if (given.Length != 1)
        {
            task.Refuse("", $"a task is one of {string.Join(", ", s_kinds)}", element, Example);
            return null;
        }

        var fields = new JsonFields(task.Any(given[0])!.Value, task.PathOf(given[0]), problems);
        DatabricksTask read = Read(given[0], fields);
        fields.RefuseOthers();
        return read;
    }

    private static DatabricksTask Read(string kind, JsonFields fields) =>
        kind switch
        {
            "python" => new DatabricksTask.Python(PythonFile(fields), Objective(fields))
            {
                Parameters = fields.Texts("parameters", "the program's arguments"),
            },
            "wheel" => new DatabricksTask.Wheel(
                fields.RequiredText("package", "the name of the wheel's package", "my_package"),
                fields.RequiredText("entryPoint", "the name of an entry point of the package", "train"),
                Library(fields, "file", ".whl")
            )
            {
                Parameters = fields.Texts("parameters", "the program's arguments"),
            },
            "notebook" => new DatabricksTask.Notebook(NotebookPath(fields), Widgets(fields)),
            "jar" => new DatabricksTask.Jar(
                fields.RequiredText("mainClass", "the class with the main method", "com.example.Train"),
                Library(fields, "file", ".jar")
            )
            {
                Parameters = fields.Texts("parameters", "the program's arguments"),
            },
            "dotnet" => DotNet(fields),
            _ => SparkSubmit(fields),
        };

    private static string PythonFile(JsonFields fields)
    {
        string file = fields.RequiredText("file", "the path of a Python file", "train.py");
        int scheme = file.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0 && !s_storage.Contains(file[..scheme], StringComparer.Ordinal))
        {
            fields.Refuse(
                "file",
                "a Python file lies on this machine, in the workspace, in a volume, or in a storage account",
                $"'{file}'",
                "Write a relative path such as \"train.py\", or one that begins with /Workspace/, /Volumes/ or abfss://."
            );
        }
        else if (file.StartsWith("file:", StringComparison.Ordinal) || Path.IsPathRooted(file) && File.Exists(file))
        {
            fields.Refuse(
                "file",
                "a Python file of this machine has a relative path",
                $"'{file}'",
                "Paths start from the study file's folder; an absolute path is one of the workspace or of a volume."
            );
        }

        return file;
    }

    private static string? Objective(JsonFields fields) =>
        fields.Text(
            "objective",
            name => name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c == '_') && !char.IsDigit(name[0]),
            "the name of a function of the file that takes the parameters and returns the loss"
        );

    private static string NotebookPath(JsonFields fields)
    {
        string path = fields.RequiredText("path", "the path of a notebook in the workspace", "/Workspace/Shared/train");
        if (path.Length > 0 && !path.StartsWith('/'))
        {
            fields.Refuse("path", "the path of a notebook begins with '/'", $"'{path}'", "Copy it from the workspace.");
        }

        return path;
    }

    private static JsonObject Widgets(JsonFields fields)
    {
        var widgets = new JsonObject();
        foreach ((string name, string value) in fields.TextMap("parameters", "a text: the value of a widget"))
        {
            widgets[name] = value;
        }

        if (widgets.ContainsKey(DatabricksSubmission.Widget))
        {
            fields.Refuse(
                "parameters",
                $"the widget {DatabricksSubmission.Widget} is kept for the place of the trial",
                DatabricksSubmission.Widget,
                "Remove it."
            );
        }

        return widgets;
    }

    private static DatabricksTask.DotNet DotNet(JsonFields fields) =>
        new(
            fields.RequiredText(
                "app",
                "the place of the published program, a zip or an executable",
                "/Volumes/main/ft/code/Trial.zip"
            ),
            fields.FilledText("executable", "the name of the executable in the zip"),
            fields.RequiredText(
                "jar",
                "the place of the jar of Microsoft.Spark",
                "/Volumes/main/ft/code/microsoft-spark-3-5_2.12-2.3.1.jar"
            )
        )
        {
            Parameters = fields.Texts("parameters", "the program's arguments"),
        };

    private static DatabricksTask.SparkSubmit SparkSubmit(JsonFields fields)
    {
        const string what = "the arguments of spark-submit";
        JsonElement? given = fields.Required(
            "parameters",
            $"parameters are {what}",
            "Write for example [\"--class\", ...]."
        );
        DatabricksTask.SparkSubmit task = new() { Parameters = fields.Texts("parameters", what) };
        if (given is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 0)
        {
            fields.Refuse("parameters", $"parameters are {what}, at least one", list);
        }

        return task;
    }

    private static string? Library(JsonFields fields, string name, string ending) =>
        fields.Text(
            name,
            text =>
                text.EndsWith(ending, StringComparison.OrdinalIgnoreCase)
                && (text.StartsWith('/') || text.Contains(":/", StringComparison.Ordinal)),
            $"the place of a {ending} file that the cluster reaches, such as /Volumes/main/ft/code/trial{ending}"
        );
}
