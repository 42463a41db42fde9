using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace FunctionTune.Remote.Databricks.Options;

/// <summary>What a trial's run does.</summary>
internal abstract record DatabricksTask
{
    private DatabricksTask() { }

    /// <summary>The user's arguments, before that of the trial.</summary>
    public ImmutableArray<string> Parameters { get; init; } = [];

    /// <summary>A Python file.</summary>
    /// <param name="File">Its place; a relative path is one of this machine.</param>
    /// <param name="Objective">A function of it that takes the parameters and returns the loss; null when the file does it all.</param>
    public sealed record Python(string File, string? Objective) : DatabricksTask
    {
        /// <summary>Whether the file lies on this machine, and has to be staged.</summary>
        public bool IsLocal =>
            !File.StartsWith('/')
            && !File.Contains("://", StringComparison.Ordinal)
            && !File.StartsWith("dbfs:/", StringComparison.Ordinal);

        /// <summary>Whether it is started by the Python client.</summary>
        public bool IsLaunched => IsLocal || Objective is not null;
    }

    /// <summary>An entry point of a wheel.</summary>
    /// <param name="Package">The package's name.</param>
    /// <param name="EntryPoint">The entry point, or a function <c>package.module:function</c>.</param>
    /// <param name="File">The wheel; null when it comes otherwise.</param>
    public sealed record Wheel(string Package, string EntryPoint, string? File) : DatabricksTask;

    /// <summary>A notebook.</summary>
    /// <param name="Path">Its path in the workspace.</param>
    /// <param name="Widgets">Values of its widgets.</param>
    public sealed record Notebook(string Path, JsonObject Widgets) : DatabricksTask;

    /// <summary>A main class of a jar.</summary>
    /// <param name="MainClass">The class.</param>
    /// <param name="File">The jar; null when it comes otherwise.</param>
    public sealed record Jar(string MainClass, string? File) : DatabricksTask;

    /// <summary>A program for .NET for Apache Spark.</summary>
    /// <param name="App">The published program, a zip or an executable.</param>
    /// <param name="Executable">The executable in the zip; null when <paramref name="App"/> is one.</param>
    /// <param name="Connector">The jar of Microsoft.Spark.</param>
    public sealed record DotNet(string App, string? Executable, string Connector) : DatabricksTask;

    /// <summary>The arguments of spark-submit.</summary>
    public sealed record SparkSubmit : DatabricksTask;
}
