using Microsoft.AspNetCore.Http;

namespace FunctionTune.Service.Http.Access;

/// <summary>Everybody who reaches the service may do everything: what stands before it has looked at them already.</summary>
public sealed class OpenAccess : IApiAccess
{
    /// <inheritdoc/>
    public Task<ApiProblem?> RefusalAsync(HttpContext context, ApiRole role) => Task.FromResult<ApiProblem?>(null);
}
