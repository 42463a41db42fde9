using System.Collections.Immutable;
using System.IO.Compression;

namespace FunctionTune.DatabricksEmulator.Tasks;

/// <summary>How main classes of jars are run, and programs of .NET for Apache Spark.</summary>
internal sealed class JavaLaunch(PathMap paths)
{
    private const string DotnetRunner = "org.apache.spark.deploy.dotnet.DotnetRunner";

    public Launch Jar(SubmittedTask task, Libraries libraries, string folder)
    {
        string main = task.Work.TryGetProperty("main_class_name", out var name)
            ? name.GetString()!
            : throw new RefusedTaskException("INVALID_RUN_CONFIGURATION", "main_class_name is missing.");
        return Class(main, libraries.Jars, task.Parameters, folder);
    }

    /// <summary>A main class with its jars and its arguments.</summary>
    public Launch Class(string main, ImmutableArray<string> jars, ImmutableArray<string> arguments, string folder) =>
        main is DotnetRunner
            ? Dotnet(arguments, folder)
            : new(["java", "-cp", string.Join(Path.PathSeparator, jars), main, .. arguments]);

    /// <summary>Arguments of the runner: a zip, the program in it, and its arguments; or the program and its arguments.</summary>
    private Launch Dotnet(ImmutableArray<string> arguments, string folder)
    {
        if (arguments.IsEmpty)
        {
            throw new RefusedTaskException("INVALID_RUN_CONFIGURATION", "DotnetRunner needs the path of a program.");
        }

        string first = paths.FindFile(arguments[0]) ?? throw RefusedTaskException.NoFile(arguments[0]);
        if (!first.EndsWith(".zip", StringComparison.Ordinal) || arguments.Length < 2)
        {
            return new([first, .. arguments[1..]]);
        }

        string app = Path.Join(folder, "app");
        ZipFile.ExtractToDirectory(first, app);
        string program = Path.Join(app, arguments[1]);
        if (!File.Exists(program) && File.Exists(program + ".dll"))
        {
            return new(["dotnet", program + ".dll", .. arguments[2..]]);
        }

        if (!OperatingSystem.IsWindows() && File.Exists(program))
        {
            File.SetUnixFileMode(program, File.GetUnixFileMode(program) | UnixFileMode.UserExecute);
        }

        return File.Exists(program)
            ? new([program, .. arguments[2..]])
            : throw RefusedTaskException.NoFile(arguments[1]);
    }
}
