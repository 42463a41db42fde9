namespace FunctionTune.LivyEmulator.Wire;

/// <summary>Lets in who may come in. What it says to others are pages for people, as those of the server around Livy.</summary>
internal static class Guard
{
    public static Task CheckAsync(HttpContext context, RequestDelegate next, string? authorization, bool csrf)
    {
        HttpRequest request = context.Request;
        if (authorization is not null && request.Headers.Authorization != authorization)
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"Livy\"";
            return Answer.WritePageAsync(context, 401, "Authentication required");
        }

        bool changes = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
        return csrf && changes && !request.Headers.ContainsKey("X-Requested-By")
            ? Answer.WritePageAsync(context, 400, "Missing Required Header for CSRF protection.")
            : next(context);
    }
}
