// The other process in tests of what holds between processes. It says "ready", and "done" when it has done its work.
using System.Collections.Immutable;
using System.Globalization;
using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Local.Processes;
using FunctionTune.Local.Stores;
using FunctionTune.Studies;
using FunctionTune.Testing;

string folder = args[1];
var id = new StudyId(args[2]);
switch (args[0])
{
    case "hold":
        using (StudyLease.Acquire(folder, id))
        {
            Console.WriteLine("ready");
            Console.In.ReadToEnd();
        }

        return 0;
    case "append":
        Console.WriteLine("ready");
        Console.In.ReadLine();
        using (var store = new FolderStudyStore(folder))
        {
            await AppendAsync(store, int.Parse(args[3], CultureInfo.InvariantCulture));
        }

        return 0;
    case "run":
        await RunAsync(new TrialSpec.Process { Command = [.. args[3..]] });
        return 0;
    default:
        return 1;
}

async Task AppendAsync(FolderStudyStore store, int count)
{
    long version = 0;
    for (int n = 0; n < count; )
    {
        try
        {
            version = await store.AppendAsync(id, version, [SampleEvents.Of(n)], CancellationToken.None);
            n++;
        }
        catch (StudyVersionException other)
        {
            version = other.Actual;
        }
    }
}

// Starts trial 0, says when it first reports, and then never ends.
async Task RunAsync(TrialSpec.Process spec)
{
    await using var runner = new ProcessTrialRunner(folder, spec, Path.Join(folder, "programs"), TimeProvider.System);
    var start = new TrialStart(
        id,
        DateTimeOffset.UnixEpoch,
        0,
        1,
        null,
        ImmutableSortedDictionary<string, DataReference>.Empty,
        null
    );
    StartResult started = await runner.StartAsync(start, CancellationToken.None);
    var run = new TrialRun(id, 0, 1, started.Handle!.Value);
    ImmutableArray<IntermediateValue> values = [];
    while (values.IsEmpty)
    {
        await runner.WaitForNewsAsync(CancellationToken.None);
        values = (await runner.PollAsync([run], CancellationToken.None))[0].Values;
    }

    Console.WriteLine($"ready {values[0].Values["process"]}");
    await Task.Delay(Timeout.Infinite, CancellationToken.None);
}
