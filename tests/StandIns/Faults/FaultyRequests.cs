using FunctionTune.StandIns.Web;

namespace FunctionTune.StandIns.Faults;

/// <summary>Lets faults strike requests.</summary>
/// <param name="plan">The faults.</param>
/// <param name="nameOf">The name of the endpoint of a request, as faults name it.</param>
/// <param name="writeError">Answers with an error in the service's words: status, code, message.</param>
public sealed class FaultyRequests(
    FaultPlan plan,
    Func<HttpRequest, string> nameOf,
    Func<HttpContext, int, string, string, Task> writeError
)
{
    private const string LoginPage = "/login.html";

    /// <summary>Handles a request, unless a fault strikes it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">What handles it.</param>
    public async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path == LoginPage)
        {
            await WriteAsync(context, 200, "text/html", "<html><body>Sign in</body></html>");
            return;
        }

        switch (plan.Draw(nameOf(context.Request)))
        {
            case null:
                await next(context);
                break;
            case Fault.Slow slow:
                await Task.Delay(slow.Delay, context.RequestAborted);
                await next(context);
                break;
            case Fault.Cut:
                RequestLog.Cut(context);
                break;
            case Fault.LostResponse:
                await CarryOutAsync(context, next);
                RequestLog.Cut(context);
                break;
            case Fault.Garbage:
                Stream answer = context.Response.Body;
                await CarryOutAsync(context, next);
                context.Response.Body = answer;
                context.Response.Headers.Clear();
                await WriteAsync(context, 200, "application/json", "{\"run_id\": 45");
                break;
            case { } fault:
                await RefuseAsync(context, fault);
                break;
        }
    }

    /// <summary>Carries a request out and throws its answer away.</summary>
    private static async Task CarryOutAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.Body = Stream.Null;
        await next(context);
    }

    private Task RefuseAsync(HttpContext context, Fault fault)
    {
        switch (fault)
        {
            case Fault.Throttled throttled:
                context.Response.Headers.RetryAfter = throttled.RetryAfter;
                return writeError(
                    context,
                    429,
                    "REQUEST_LIMIT_EXCEEDED",
                    "Current request has to be retried due to too many requests."
                );
            case Fault.Error error:
                return writeError(context, error.Status, error.Code, error.Message);
            case Fault.PlainText text:
                return WriteAsync(context, text.Status, "text/plain", text.Text);
            case Fault.HtmlPage page:
                const string Html =
                    "<html><body><h2>HTTP ERROR</h2><pre>  Upstream is not available.</pre></body></html>";
                return WriteAsync(context, page.Status, "text/html", Html);
            case Fault.LoginRedirect:
                context.Response.Redirect(LoginPage + "?error=private-link-validation-error:1");
                return Task.CompletedTask;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, "This fault refuses no request.");
        }
    }

    private static Task WriteAsync(HttpContext context, int status, string type, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
