using FunctionTune.Local.Stores;
using FunctionTune.Staging;
using FunctionTune.Testing.Staging;

namespace FunctionTune.Local.Tests.Stores;

public sealed class FolderDatasetsTests : DatasetStoreContract
{
    protected override IStagingArea Open() => new FolderStagingArea(Folder["area"]);
}
