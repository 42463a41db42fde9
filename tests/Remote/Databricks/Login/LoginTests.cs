using FunctionTune.Remote.Databricks.Login;
using FunctionTune.Remote.Http;

namespace FunctionTune.Remote.Tests.Databricks.Login;

public sealed class LoginTests : IAsyncLifetime
{
    private const string Databricks = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d/.default";
    private const string Management = "https://management.core.windows.net//.default";
    private const string Vault = "https://vault.azure.net/.default";

    private FakeEntra _entra = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _entra = await FakeEntra.StartAsync(Cancel);

    public ValueTask DisposeAsync() => _entra.DisposeAsync();

    [Fact]
    public async Task An_identity_shows_a_token_for_Databricks_and_asks_for_it_once()
    {
        var login = new EntraLogin(_entra.Principal(), null, TimeProvider.System);

        HttpRequestMessage[] requests = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SignedAsync(login)));

        Assert.All(requests, request => Assert.Equal($"Bearer 1 for {Databricks}", $"{request.Headers.Authorization}"));
        Assert.All(requests, request => Assert.Single(request.Headers));
        Assert.Equal([Databricks], _entra.Given);
    }

    [Fact]
    public async Task An_identity_that_the_workspace_does_not_know_shows_that_it_manages_the_resource()
    {
        var login = new EntraLogin(_entra.Principal(), "/subscriptions/s/w", TimeProvider.System);

        HttpRequestMessage request = await SignedAsync(login);

        Assert.Equal(["/subscriptions/s/w"], request.Headers.GetValues("X-Databricks-Azure-Workspace-Resource-Id"));
        Assert.Equal([$"2 for {Management}"], request.Headers.GetValues("X-Databricks-Azure-SP-Management-Token"));
    }

    [Fact]
    public async Task A_token_that_expires_soon_is_replaced()
    {
        _entra.Life = TimeSpan.FromMinutes(4);
        var login = new EntraLogin(_entra.Principal(), null, TimeProvider.System);
        await SignedAsync(login);
        _entra.Life = TimeSpan.FromHours(1);

        string fresh = $"{(await SignedAsync(login)).Headers.Authorization}";
        string kept = $"{(await SignedAsync(login)).Headers.Authorization}";

        Assert.Equal($"Bearer {_entra.Given.Count} for {Databricks}", fresh);
        Assert.Equal(fresh, kept);
    }

    [Fact]
    public async Task A_refused_login_is_told_with_its_cause_and_may_be_mended()
    {
        _entra.ClientSecret = "another";
        var login = new EntraLogin(_entra.Principal(), null, TimeProvider.System);

        var refusal = await Assert.ThrowsAsync<ServiceException>(() => SignedAsync(login));

        Assert.Equal(Refusal.Denied, refusal.Kind);
        Assert.Contains("Azure gives no token for Databricks", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("AADSTS7000215", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("az login", refusal.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain("right", refusal.Message, StringComparison.Ordinal);

        _entra.ClientSecret = "right";
        Assert.Equal($"Bearer 1 for {Databricks}", $"{(await SignedAsync(login)).Headers.Authorization}");
    }

    [Fact]
    public async Task A_token_in_a_vault_is_read_once_and_again_when_it_was_refused()
    {
        var login = new VaultLogin(_entra.Principal(), _entra.SecretPlace, TimeProvider.System);
        Assert.Equal("Bearer dapi-1", $"{(await SignedAsync(login)).Headers.Authorization}");

        _entra.Secret = "dapi-2";
        Assert.Equal("Bearer dapi-1", $"{(await SignedAsync(login)).Headers.Authorization}");
        Assert.True(login.Forget());
        Assert.Equal("Bearer dapi-2", $"{(await SignedAsync(login)).Headers.Authorization}");
        Assert.Equal([Vault], _entra.Given);
    }

    [Fact]
    public async Task A_vault_that_refuses_is_named_with_the_role_that_is_missing()
    {
        _entra.Secret = null;
        var login = new VaultLogin(_entra.Principal(), _entra.SecretPlace, TimeProvider.System);

        var refusal = await Assert.ThrowsAsync<ServiceException>(() => SignedAsync(login));

        Assert.Equal(Refusal.Denied, refusal.Kind);
        Assert.Contains("HTTP 403", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("/secrets/databricks.", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ignored", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Key Vault Secrets User", refusal.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DATABRICKS_TOKEN", " dapi1 ", typeof(PersonalToken))]
    [InlineData("DATABRICKS_TOKEN_SECRET", "https://v.vault.azure.net/secrets/databricks", typeof(VaultLogin))]
    [InlineData("DATABRICKS_CLIENT_ID", "00000000-0000-0000-0000-000000000001", typeof(EntraLogin))]
    [InlineData("OTHER", "", typeof(EntraLogin))]
    public void The_environment_says_who_calls(string name, string value, Type login) =>
        Assert.IsType(login, LoginSource.Find(asked => asked == name ? value : null, TimeProvider.System));

    [Theory]
    [InlineData("DATABRICKS_TOKEN", "two words")]
    [InlineData("DATABRICKS_TOKEN", "dapí")]
    [InlineData("DATABRICKS_TOKEN_SECRET", "http://v.vault.azure.net/secrets/databricks")]
    [InlineData("DATABRICKS_TOKEN_SECRET", "https://vault.azure.net.example.org/secrets/databricks")]
    [InlineData("DATABRICKS_TOKEN_SECRET", "https://v.vault.azure.net/keys/databricks")]
    [InlineData("DATABRICKS_TOKEN_SECRET", "databricks")]
    public void A_variable_that_is_no_good_is_refused_and_no_token_is_repeated(string name, string value)
    {
        var refusal = Assert.Throws<InvalidInputException>(() =>
            LoginSource.Find(asked => asked == name ? value : null, TimeProvider.System)
        );

        Assert.Equal(name, refusal.Problems.Single().Path);
        Assert.True(name != "DATABRICKS_TOKEN" || !refusal.Message.Contains(value, StringComparison.Ordinal));
    }

    private static async Task<HttpRequestMessage> SignedAsync(ServiceLogin login)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "https://adb-1.2.azuredatabricks.net/api");
        await login.SignAsync(request, Cancel);
        return request;
    }
}
