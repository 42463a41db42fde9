using System.Diagnostics;
using FunctionTune.DatabricksEmulator;
using FunctionTune.DatabricksEmulator.Tasks;
using FunctionTune.Remote.Databricks;
using FunctionTune.Remote.Databricks.Login;
using FunctionTune.Remote.Http;
using FunctionTune.StandIns.Faults;

namespace FunctionTune.Remote.Tests.Databricks;

public sealed class ConnectionTests : IAsyncLifetime
{
    private readonly HastyTime _time = new();
    private DatabricksWorkspace _workspace = null!;
    private DatabricksConnection _connection = null!;
    private DatabricksClient _client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var options = new DatabricksWorkspaceOptions
        {
            RunTask = async (_, ct) =>
            {
                await Task.Delay(Timeout.Infinite, ct);
                return TaskResult.Success();
            },
        };
        _workspace = await DatabricksWorkspace.StartAsync(options, Cancel);
        _connection = new DatabricksConnection(
            _workspace.Url,
            new PersonalToken(_workspace.Token),
            new WorkspaceRates(),
            _time
        );
        _client = new DatabricksClient(_connection);
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _workspace.DisposeAsync();
    }

    [Fact]
    public async Task A_workspace_that_is_busy_is_asked_again_when_it_says_so()
    {
        _workspace.Faults.Set(new Fault.Throttled("7") { Times = 3 });

        await ListAsync();

        Assert.Equal(4, _workspace.Requests.Count("runs/list"));
        Assert.InRange(_time.Passed.TotalSeconds, 21, 24);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData(null)]
    public async Task Without_a_number_of_seconds_it_waits_a_second_or_so(string? retryAfter)
    {
        _workspace.Faults.Set(new Fault.Throttled(retryAfter) { Times = 1 });

        await ListAsync();

        Assert.InRange(_time.Passed.TotalSeconds, 1, 2);
    }

    [Fact]
    public async Task Lost_answers_cut_connections_errors_of_the_server_and_rubbish_are_tried_again()
    {
        _workspace.Faults.Set(
            new Fault.LostResponse { Times = 1 },
            new Fault.Cut { Times = 1 },
            new Fault.Error(500, "INTERNAL_ERROR", "oh") { Times = 1 },
            new Fault.HtmlPage(503) { Times = 1 },
            new Fault.Garbage { Times = 1 },
            new Fault.Error(400, "BAD", "Unexpected error") { Times = 1 }
        );

        await ListAsync();

        Assert.Equal(6, _workspace.Faults.Struck.Values.Sum());
    }

    [Fact]
    public async Task A_refusal_is_not_tried_again()
    {
        ServiceException fault = await Assert.ThrowsAsync<ServiceException>(() => _client.GetRunAsync(1, Cancel));

        Assert.Equal(Refusal.NotFound, fault.Kind);
        Assert.Equal(1, _workspace.Requests.Count("runs/get"));
    }

    [Fact]
    public async Task After_five_minutes_it_gives_up_and_says_who_does_not_answer()
    {
        _workspace.Faults.Set(new Fault.Error(503, "TEMPORARILY_UNAVAILABLE", "later"));

        ServiceException fault = await Assert.ThrowsAsync<ServiceException>(ListAsync);

        Assert.Equal(Refusal.Unavailable, fault.Kind);
        Assert.Contains(_workspace.Url.Authority, fault.Message, StringComparison.Ordinal);
        Assert.InRange(_time.Passed.TotalMinutes, 4.7, 5.4);
    }

    [Fact]
    public async Task A_redirect_to_a_login_page_is_named_as_what_it_is_and_not_followed()
    {
        _workspace.Faults.Set(new Fault.LoginRedirect());

        ServiceException fault = await Assert.ThrowsAsync<ServiceException>(ListAsync);

        Assert.Contains("login page", fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, _workspace.Requests.Total);
    }

    [Fact]
    public async Task An_expired_token_is_a_refusal_that_says_what_to_do_and_never_shows_the_token()
    {
        string old = _workspace.Token;
        _workspace.Token = "dapi-another";

        ServiceException fault = await Assert.ThrowsAsync<ServiceException>(ListAsync);

        Assert.Equal(Refusal.Denied, fault.Kind);
        Assert.Contains("token", fault.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain(old, fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_go_no_faster_than_their_rate()
    {
        using var slow = new DatabricksConnection(
            _workspace.Url,
            new PersonalToken(_workspace.Token),
            new WorkspaceRates { List = 10 },
            _time
        );
        var client = new DatabricksClient(slow);

        await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(_ => client.ListActiveAsync(since: null, page: null, withTasks: false, Cancel))
        );

        // A second's worth at once, and then ten a second.
        Assert.True(_time.Passed >= TimeSpan.FromSeconds(2.5), $"{_time.Passed}");
    }

    [Fact]
    public async Task Calls_say_who_sends_them_and_which_activity_they_belong_to()
    {
        using var listener = new System.Net.HttpListener();
        int port = FreePort();
        string address = FormattableString.Invariant($"http://127.0.0.1:{port}/");
        listener.Prefixes.Add(address);
        listener.Start();
        using var connection = new DatabricksConnection(
            new Uri(address),
            new PersonalToken("dapi"),
            new WorkspaceRates(),
            TimeProvider.System
        );
        using var activity = new Activity("study");
        activity.SetIdFormat(ActivityIdFormat.W3C).Start();

        Task call = new DatabricksClient(connection).GetRunAsync(1, Cancel);
        System.Net.HttpListenerContext context = await listener.GetContextAsync().WaitAsync(Cancel);
        context.Response.Close("{}"u8.ToArray(), willBlock: true);
        await call;

        Assert.StartsWith("functiontune/", context.Request.UserAgent, StringComparison.Ordinal);
        Assert.Contains(
            activity.TraceId.ToString(),
            context.Request.Headers["traceparent"] ?? "",
            StringComparison.Ordinal
        );
    }

    private Task ListAsync() => _client.ListActiveAsync(since: null, page: null, withTasks: false, Cancel);

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
