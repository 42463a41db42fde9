// The other process in tests of what holds between processes. It says "ready", and "done" when it has done its work.
using System.Globalization;
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
