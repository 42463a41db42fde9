using FunctionTune.Studies;
using FunctionTune.Testing.Stores;

namespace FunctionTune.Local.Tests;

public sealed class MemoryStudyStoreTests : StudyStoreContract
{
    private readonly MemoryStudyStore _store = new();

    protected override IStudyStore Open() => _store;
}
