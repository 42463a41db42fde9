using FunctionTune.Json;

namespace FunctionTune.Remote.Databricks.Options;

/// <summary>What must hold between the options.</summary>
/// <param name="fields">The options as they were written.</param>
internal sealed class OptionRules(JsonFields fields)
{
    /// <summary>Adds what is wrong to the problems of the fields.</summary>
    public void Check(DatabricksOptions options)
    {
        if (options.Compute is DatabricksCompute.Serverless serverless)
        {
            CheckServerless(options, serverless);
        }

        if (options.Task is DatabricksTask.SparkSubmit && options.Compute is not DatabricksCompute.New)
        {
            Refuse(
                "cluster",
                "a spark-submit task runs on a new cluster",
                options.Compute is DatabricksCompute.Existing ? "an existing cluster" : "serverless compute",
                "Write \"new\": { ... }, or use a jar or python task."
            );
        }

        if (options.Task is DatabricksTask.SparkSubmit && !options.Libraries.IsEmpty)
        {
            string hint = "Pass them by --jars, --py-files or --packages.";
            Refuse("libraries", "a spark-submit task takes no libraries", "libraries", hint);
        }
    }

    private void CheckServerless(DatabricksOptions options, DatabricksCompute.Serverless serverless)
    {
        if (options.Task is DatabricksTask.Jar or DatabricksTask.DotNet)
        {
            string hint = "Write \"existing\" or \"new\", or use a python, wheel or notebook task.";
            Refuse("cluster", "a program of the JVM or .NET runs on a cluster", "serverless compute", hint);
        }

        if (!options.Libraries.IsEmpty)
        {
            string hint = "Name packages in cluster.serverless.dependencies.";
            Refuse("libraries", "serverless compute takes no libraries", "libraries", hint);
        }

        if (options.Task is DatabricksTask.Notebook && !serverless.Dependencies.IsEmpty)
        {
            string hint = "Install them in the notebook, by %pip install.";
            Refuse("cluster", "a notebook on serverless compute has no dependencies of its run", "dependencies", hint);
        }
    }

    private void Refuse(string name, string rule, string value, string hint) => fields.Refuse(name, rule, value, hint);
}
