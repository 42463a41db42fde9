using System.Globalization;
using System.Text.Json.Nodes;
using FunctionTune.DatabricksEmulator.Wire;

namespace FunctionTune.DatabricksEmulator.Faults;

/// <summary>Lets faults strike requests.</summary>
internal sealed class FaultyRequests(FaultPlan plan)
{
    public const string LoginPage = "/login.html";

    public async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path == LoginPage)
        {
            await WriteAsync(context, 200, "text/html", "<html><body>Sign in to Databricks</body></html>");
            return;
        }

        switch (plan.Draw(RequestLog.NameOf(context.Request.Path)))
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

    private static Task RefuseAsync(HttpContext context, Fault fault)
    {
        switch (fault)
        {
            case Fault.Throttled throttled:
                context.Response.Headers.RetryAfter = throttled.RetryAfter;
                return Answer.WriteErrorAsync(
                    context,
                    429,
                    "REQUEST_LIMIT_EXCEEDED",
                    "Current request has to be retried due to too many requests."
                );
            case Fault.Error error:
                bool isNumber = int.TryParse(error.Code, CultureInfo.InvariantCulture, out int number);
                JsonNode code = isNumber ? JsonValue.Create(number) : JsonValue.Create(error.Code);
                return Answer.WriteErrorAsync(context, error.Status, code, error.Message);
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
