using FunctionTune.Testing;
using FunctionTune.Testing.Service;

namespace FunctionTune.Cli.Tests.Serving;

/// <summary>The service of <c>serve</c> keeps the contract of the service.</summary>
public sealed class LocalServiceContractTests : StudyApiContract, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private ServedStore _served = null!;

    protected override HttpClient Client => _served.Client;

    public async ValueTask InitializeAsync() => _served = await ServedStore.StartAsync(_folder.Path);

    public async ValueTask DisposeAsync()
    {
        await _served.DisposeAsync();
        _folder.Dispose();
    }
}
