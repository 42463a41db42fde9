using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using FunctionTune.DatabricksEmulator.Clusters;

namespace FunctionTune.DatabricksEmulator;

/// <summary>The command line: a workspace for one who has none.</summary>
internal static class EmulatorCommand
{
    private static readonly Option<int> s_port = new("--port")
    {
        Description = "Port of 127.0.0.1 to listen on; 0 for a free one.",
        DefaultValueFactory = _ => 8471,
    };

    private static readonly Option<int> s_slots = new("--slots")
    {
        Description = "How many tasks run at once on the cluster.",
        DefaultValueFactory = _ => 8,
        Validators = { result => AtLeast(result, 1) },
    };

    private static readonly Option<string> s_token = new("--token")
    {
        Description = "The token that requests must carry.",
        DefaultValueFactory = _ => new DatabricksWorkspaceOptions().Token,
    };

    private static readonly Option<string?> s_volumes = new("--volumes")
    {
        Description = "The folder that stands for /Volumes; without it a temporary one.",
    };

    private static readonly Option<string?> s_workspace = new("--workspace")
    {
        Description = "The folder that stands for /Workspace; without it a temporary one.",
    };

    private static readonly Option<string> s_python = new("--python")
    {
        Description = "The Python that runs Python files, wheels and notebooks.",
        DefaultValueFactory = _ => new DatabricksWorkspaceOptions().Python,
    };

    private static readonly Option<double> s_startDelay = new("--start-delay")
    {
        Description = "Seconds that a cluster of a run's own takes to start.",
        Validators = { result => AtLeast(result, 0) },
    };

    public static RootCommand Create()
    {
        var command = new RootCommand("A stand-in for a Databricks workspace. Tasks run as processes of this machine.")
        {
            s_port,
            s_slots,
            s_token,
            s_volumes,
            s_workspace,
            s_python,
            s_startDelay,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static void AtLeast(OptionResult result, double least)
    {
        double value =
            result.Tokens.Count == 1
            && double.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out double number)
                ? number
                : least;
        if (value < least)
        {
            result.AddError(
                FormattableString.Invariant($"{result.Option.Name} must be at least {least}, got {value}.")
            );
        }
    }

    private static async Task<int> RunAsync(ParseResult given, CancellationToken cancellationToken)
    {
        await using DatabricksWorkspace workspace = await DatabricksWorkspace.StartAsync(
            new()
            {
                Port = given.GetValue(s_port),
                Token = given.GetRequiredValue(s_token),
                VolumesFolder = given.GetValue(s_volumes),
                WorkspaceFolder = given.GetValue(s_workspace),
                Python = given.GetRequiredValue(s_python),
                Clusters = [ClusterOptions.WithSlots(given.GetValue(s_slots))],
                NewClusterDelay = TimeSpan.FromSeconds(given.GetValue(s_startDelay)),
            },
            cancellationToken
        );
        await Console.Out.WriteLineAsync(
            $"""
            export DATABRICKS_HOST={workspace.Url.GetLeftPart(UriPartial.Authority)}
            export DATABRICKS_TOKEN={workspace.Token}
            export FUNCTIONTUNE_VOLUMES={workspace.VolumesFolder}
            # /Workspace is {workspace.WorkspaceFolder}; the existing cluster is {ClusterOptions.DefaultId}. Ctrl-C ends it.
            """
        );
        var ended = new TaskCompletionSource();
        await using CancellationTokenRegistration end = cancellationToken.Register(ended.SetResult);
        await ended.Task;
        return 0;
    }
}
