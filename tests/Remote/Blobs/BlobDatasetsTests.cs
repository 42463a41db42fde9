using FunctionTune.Remote.Blobs;
using FunctionTune.Staging;
using FunctionTune.Testing.Azurite;
using FunctionTune.Testing.Staging;

namespace FunctionTune.Remote.Tests.Blobs;

public sealed class BlobDatasetsTests(AzuriteServer azurite) : DatasetStoreContract, IAsyncLifetime
{
    private BlobPlace _place = null!;

    public async ValueTask InitializeAsync() =>
        _place = BlobPlace.Parse(
            $"{await azurite.NewContainerAsync(TestContext.Current.CancellationToken)}/data",
            "$.staging"
        );

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    protected override IStagingArea Open() => new BlobStagingArea(BlobFolder.Open(_place));
}
