using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using Polly;
using Polly.Retry;

namespace FunctionTune.Remote.Http;

/// <summary>
/// Calls a service, no faster than it bears, and again when a call was lost on the way. Thread-safe; one for each server, so that
/// all studies of this process share its limits.
/// </summary>
internal class ServiceConnection : IDisposable
{
    private static readonly ResiliencePropertyKey<long> s_begun = new("begun");

    private static readonly ProductInfoHeaderValue s_agent = new(
        "functiontune",
        typeof(ServiceConnection)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0]
            ?? "0"
    );

    private readonly HttpClient _http;
    private readonly ServiceLogin _login;
    private readonly TimeProvider _time;
    private readonly Func<CallKind, RateLimit> _limits;
    private readonly ServiceWords _words;
    private readonly ReplyJudge _judge;
    private readonly ResiliencePipeline<Reply> _retries;

    /// <summary>A connection; nothing is sent yet.</summary>
    /// <param name="host">The server; paths of calls start from it.</param>
    /// <param name="login">Who calls.</param>
    /// <param name="words">How the service speaks.</param>
    /// <param name="limits">The limit of a kind of calls.</param>
    /// <param name="time">The clock.</param>
    public ServiceConnection(
        Uri host,
        ServiceLogin login,
        ServiceWords words,
        Func<CallKind, RateLimit> limits,
        TimeProvider time
    )
    {
        Host = host;
        _login = login;
        _words = words;
        _judge = new ReplyJudge(words);
        _limits = limits;
        _time = time;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AutomaticDecompression = DecompressionMethods.All,
        };
        _http = new HttpClient(handler) { BaseAddress = host, Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        _retries = Retries();
    }

    /// <summary>The server.</summary>
    public Uri Host { get; }

    /// <summary>How long a call is tried again and again.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Makes a call.</summary>
    /// <param name="call">What to ask.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ServiceException">It was refused, or there was no answer within the budget.</exception>
    public async Task<Reply> SendAsync(Call call, CancellationToken cancellationToken)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(s_begun, _time.GetTimestamp());
        try
        {
            return await _retries
                .ExecuteAsync(
                    static async (c, state) =>
                        await state.Self.TryAsync(state.call, c.CancellationToken).ConfigureAwait(false),
                    context,
                    (Self: this, call)
                )
                .ConfigureAwait(false);
        }
        catch (ServiceException fault) when (fault.Kind == Refusal.Denied && _login.Forget())
        {
            // A token may have been withdrawn before its time: a fresh one decides.
            return await TryAsync(call, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<Reply> TryAsync(Call call, CancellationToken cancellationToken)
    {
        await _limits(call.Kind).EnterAsync(cancellationToken).ConfigureAwait(false);
        using var patience = new CancellationTokenSource(call.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        HttpStatusCode? status = null;
        try
        {
            using HttpRequestMessage request = await RequestAsync(call, either.Token).ConfigureAwait(false);
            using HttpResponseMessage response = await _http
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token)
                .ConfigureAwait(false);
            status = response.StatusCode;
            byte[] body = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
            return _judge.Accept(call, response, body);
        }
        catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unanswered($"did not answer within {call.Timeout.TotalSeconds:0} seconds", fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw Unanswered($"cannot be reached: {fault.Message}", fault);
        }
        finally
        {
            BackendMeter.Count(call, status);
        }
    }

    private async Task<HttpRequestMessage> RequestAsync(Call call, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(call.Method, call.Path) { Content = call.Content?.Invoke() };
        request.Headers.UserAgent.Add(s_agent);
        if (call.Range is var (first, last))
        {
            request.Headers.Range = new RangeHeaderValue(first, last);
        }

        await _login.SignAsync(request, cancellationToken).ConfigureAwait(false);
        return request;
    }

    private ServiceException Unanswered(string what, Exception cause) =>
        new(
            Refusal.Unavailable,
            $"{_words.Service} {Host.Authority} {what}.",
            "Try again when it can be reached.",
            cause
        )
        {
            IsTransient = true,
        };

    private ResiliencePipeline<Reply> Retries() =>
        new ResiliencePipelineBuilder<Reply> { TimeProvider = _time }
            .AddRetry(
                new RetryStrategyOptions<Reply>
                {
                    MaxRetryAttempts = int.MaxValue,
                    ShouldHandle = args =>
                        ValueTask.FromResult(
                            args.Outcome.Exception is ServiceException { IsTransient: true } fault
                                && Elapsed(args.Context) + (fault.RetryAfter ?? TimeSpan.Zero) < Budget
                        ),
                    DelayGenerator = args =>
                        ValueTask.FromResult<TimeSpan?>(Delay(args.AttemptNumber, args.Outcome.Exception)),
                }
            )
            .Build();

    private TimeSpan Elapsed(ResilienceContext context) =>
        context.Properties.TryGetValue(s_begun, out long begun) ? _time.GetElapsedTime(begun) : TimeSpan.Zero;

    /// <summary>What the service asks for, or one second more each time up to ten; and a moment by chance, so that many callers do not come back together.</summary>
    private static TimeSpan Delay(int attempt, Exception? fault)
    {
        TimeSpan wait = (fault as ServiceException)?.RetryAfter ?? TimeSpan.FromSeconds(Math.Min(10, attempt + 1));
        return wait + TimeSpan.FromMilliseconds(Random.Shared.Next(50, 750));
    }
}
