using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using FunctionTune.StandIns.Processes;

namespace FunctionTune.LivyEmulator.Batches;

/// <summary>Takes a batch from its beginning to its end.</summary>
internal sealed class BatchCourse(LivyServerOptions options)
{
    private readonly SlotGate _slots = new() { Capacity = options.Slots };
    private readonly BatchProgram _program = new(options.Python);

    public async Task GoAsync(Batch batch)
    {
        bool hasSlot = false;
        try
        {
            await _slots.EnterAsync(batch.Stop);
            hasSlot = true;
            await Task.Delay(options.StartDelay, batch.Stop);
            batch.Runs();
            (int exitCode, string output) = await RunAsync(batch);
            batch.End(exitCode == 0 ? BatchState.Success : BatchState.Dead, LogOf(output));
        }
        catch (OperationCanceledException)
        {
            batch.End(BatchState.Killed, LogOf(""));
        }
        finally
        {
            if (hasSlot)
            {
                _slots.Leave();
            }
        }
    }

    private async Task<(int ExitCode, string Output)> RunAsync(Batch batch)
    {
        if (LocalFiles.Missing(batch.Request) is { } missing)
        {
            return (1, $"Exception in thread \"main\" java.io.FileNotFoundException: File {missing} does not exist\n");
        }

        string folder = Directory.CreateTempSubdirectory("livy-batch-").FullName;
        try
        {
            ProcessStartInfo start = _program.Describe(batch.Request, folder);
            (int exitCode, string output, _) = await ChildProcess.RunAsync(start, batch.Stop);
            return (exitCode, output);
        }
        catch (Win32Exception fault)
        {
            return (1, $"Exception in thread \"main\" java.io.IOException: Cannot run program: {fault.Message}\n");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private ImmutableArray<string> LogOf(string output) =>
        ["stdout: ", .. output.TrimEnd('\n').Split('\n').TakeLast(options.LogLines), "\nstderr: "];
}
