using FunctionTune.Local.Processes;
using FunctionTune.Studies;
using FunctionTune.Testing;
using FunctionTune.Testing.Processes;

namespace FunctionTune.Local.Tests.Processes;

/// <summary>Runners of shell scripts in a folder of their own.</summary>
internal sealed class ScriptRunner : IAsyncDisposable
{
    private readonly List<ProcessTrialRunner> _runners = [];

    public TemporaryFolder Folder { get; } = new();

    public ProcessTrialRunner Shell(string script, TimeSpan? grace = null)
    {
        Folder.Write("programs/trial.sh", script);
        return Command(grace ?? TimeSpan.FromSeconds(20), "/bin/sh", "{trial}/trial.sh");
    }

    public ProcessTrialRunner Python(string script, string argument)
    {
        Assert.SkipUnless(ChildProgram.HasPython, "There is no python3.");
        Folder.Write("programs/trial.py", script);
        return Command(TimeSpan.FromSeconds(20), "python3", "{trial}/trial.py", argument);
    }

    public ProcessTrialRunner Command(params string[] command) => Command(TimeSpan.FromSeconds(20), command);

    public string AttemptFile(string name, int trial = 0, int attempt = 1) =>
        Folder[$"studies/study/trials/{trial}/{attempt}/{name}"];

    public async ValueTask DisposeAsync()
    {
        foreach (ProcessTrialRunner runner in _runners)
        {
            await runner.DisposeAsync();
        }

        Folder.Dispose();
    }

    private ProcessTrialRunner Command(TimeSpan grace, params string[] command)
    {
        var spec = new TrialSpec.Process { Command = [.. command] };
        var runner = new ProcessTrialRunner(Folder.Path, spec, Folder["programs"], TimeProvider.System)
        {
            Grace = grace,
        };
        _runners.Add(runner);
        return runner;
    }
}
