using FunctionTune.Remote.Http;

namespace FunctionTune.Remote.Databricks;

/// <summary>Calls a workspace.</summary>
/// <param name="host">The workspace, an address without a path.</param>
/// <param name="login">Who calls.</param>
/// <param name="rates">How many calls a second are made at most.</param>
/// <param name="time">The clock.</param>
internal sealed class DatabricksConnection(Uri host, ServiceLogin login, WorkspaceRates rates, TimeProvider time)
    : ServiceConnection(host, login, s_words, LimitsOf(rates, time), time)
{
    private static readonly ServiceWords s_words = new(
        "The workspace",
        (status, body) => ErrorAnswer.Read(status, body.Span).ToError(status),
        Unauthorized: "The token is missing or has expired: set DATABRICKS_TOKEN to a new one, or log in to Azure; then resume "
            + "the study.",
        Forbidden: "The token is wrong, or its owner may not do this: ask for the permission or use another token; then resume "
            + "the study.",
        NotItself: "Look whether the host in the study file is the workspace's own address, and whether this machine reaches it "
            + "directly (a workspace with a private link does not let others in)."
    );

    private static Func<CallKind, RateLimit> LimitsOf(WorkspaceRates rates, TimeProvider time)
    {
        var limits = new Dictionary<CallKind, RateLimit>
        {
            [CallKind.Submit] = new(rates.Submit, time),
            [CallKind.Get] = new(rates.Get, time),
            [CallKind.List] = new(rates.List, time),
            [CallKind.Files] = new(rates.Files, time),
            [CallKind.Other] = new(rates.Other, time),
        };
        return kind => limits[kind];
    }
}
