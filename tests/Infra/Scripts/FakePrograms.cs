using System.Text;

namespace FunctionTune.Infra.Tests.Scripts;

/// <summary>Programs that write down what they were asked, and answer what a test says.</summary>
internal sealed class FakePrograms : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fakes").FullName;
    private readonly Dictionary<string, StringBuilder> _scripts = new(StringComparer.Ordinal);

    private string Log => Path.Join(_folder, "calls");

    /// <summary>Every call, in order, with its arguments, and with the body of a request.</summary>
    public string[] Calls => File.Exists(Log) ? File.ReadAllLines(Log) : [];

    /// <summary>Lets a program answer calls that match a pattern of bash; the first pattern that matches counts.</summary>
    public FakePrograms Answer(string program, string pattern, string output = "", int exitCode = 0) =>
        Do(program, pattern, $"printf '%s' '{output}'; exit {exitCode}");

    /// <summary>Lets a program carry out a line of bash for calls that match.</summary>
    public FakePrograms Do(string program, string pattern, string line)
    {
        if (!_scripts.TryGetValue(program, out StringBuilder? script))
        {
            script = new StringBuilder(
                $"""
                #!/usr/bin/env bash
                body=
                for word in "$@"; do [[ $word != @*/body ]] || body=" $(cat "${"{"}word#@{"}"}")"; done
                printf '%s\n' "{program} $*$body" >>'{Log}'

                """
            );
            _scripts.Add(program, script);
        }

        script.AppendLine($"if [[ \"$*\" == {pattern} ]]; then {line}; fi");
        return this;
    }

    /// <summary>Runs a script of <c>infra/</c> with these programs in place of the real ones.</summary>
    public async Task<Ended> RunAsync(string script, string arguments, CancellationToken cancellationToken)
    {
        foreach ((string program, StringBuilder text) in _scripts)
        {
            string path = Path.Join(_folder, program);
            await File.WriteAllTextAsync(path, text.ToString(), cancellationToken);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = $"{_folder}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}",
            ["FUNCTIONTUNE_PRINCIPAL_ID"] = "",
            ["FUNCTIONTUNE_DEPLOY_TRIES"] = "3",
            ["FUNCTIONTUNE_DEPLOY_PAUSE"] = "0",
        };
        return await Programs.RunAsync(
            "bash",
            [Repository.PathOf("infra", script), .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)],
            cancellationToken,
            variables
        );
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
