using System.Reflection;
using System.Text.Json;

namespace FunctionTune.DatabricksEmulator.Tasks;

/// <summary>How Python files, wheels and notebooks are run.</summary>
internal sealed class PythonLaunch(PathMap paths, string python)
{
    public Launch File(SubmittedTask task)
    {
        string file = task.Work.GetProperty("python_file").GetString()!;
        string local = paths.FindFile(file) ?? throw RefusedTaskException.NoFile(file);
        return new([python, local, .. task.Parameters]);
    }

    public Launch Wheel(SubmittedTask task, string folder)
    {
        string package = task.Work.GetProperty("package_name").GetString()!;
        string entryPoint = task.Work.GetProperty("entry_point").GetString()!;
        IEnumerable<string> named = task.NamedParameters.Select(pair => $"--{pair.Key}={pair.Value}");
        string program = Program("wheel.py", folder);
        return new([python, program, package, entryPoint, .. task.Parameters, .. named]);
    }

    public Launch Notebook(SubmittedTask task, string folder)
    {
        string path = task.Work.GetProperty("notebook_path").GetString()!;
        string local =
            paths.FindFile(path)
            ?? paths.FindFile(path + ".py")
            ?? throw new RefusedTaskException(
                "RESOURCE_NOT_FOUND",
                $"Unable to access the notebook \"{path}\". Either it does not exist, or the identity used to run this "
                    + "job lacks the required permissions."
            );
        string widgets = Path.Join(folder, "widgets.json");
        System.IO.File.WriteAllText(widgets, JsonSerializer.Serialize(task.NamedParameters));
        string exit = Path.Join(folder, "exit.txt");
        return new([python, Program("notebook.py", folder), local, widgets, exit]) { ExitFile = exit };
    }

    /// <summary>Writes one of the programs that lie in this assembly into the folder of a task.</summary>
    private static string Program(string name, string folder)
    {
        string path = Path.Join(folder, name);
        using Stream program = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using FileStream file = System.IO.File.Create(path);
        program.CopyTo(file);
        return path;
    }
}
