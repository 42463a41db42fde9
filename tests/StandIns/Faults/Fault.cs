namespace FunctionTune.StandIns.Faults;

/// <summary>Something that goes wrong with requests.</summary>
public abstract record Fault
{
    private Fault() { }

    /// <summary>Which part of the requests it strikes, from 0 to 1.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>The endpoint that it strikes, as <c>runs/submit</c>, or the beginning of its name, as <c>runs/</c>; null for all.</summary>
    public string? Endpoint { get; init; }

    /// <summary>How often it strikes; null for ever.</summary>
    public int? Times { get; init; }

    /// <summary>429, and not carried out.</summary>
    /// <param name="RetryAfter">The header Retry-After: seconds, or what is no number; null for none.</param>
    public sealed record Throttled(string? RetryAfter = "1") : Fault;

    /// <summary>Not carried out, and answered by an error with a JSON body.</summary>
    /// <param name="Status">The status, as 500, 503, 403.</param>
    /// <param name="Code">The <c>error_code</c>; an integer is written as a number.</param>
    /// <param name="Message">The message.</param>
    public sealed record Error(int Status, string Code, string Message) : Fault;

    /// <summary>Not carried out, and answered by a text: <c>CODE: message</c>.</summary>
    /// <param name="Status">The status.</param>
    /// <param name="Text">The text.</param>
    public sealed record PlainText(int Status, string Text) : Fault;

    /// <summary>Not carried out, and answered by a page with the reason in a <c>pre</c> element.</summary>
    /// <param name="Status">The status.</param>
    public sealed record HtmlPage(int Status = 503) : Fault;

    /// <summary>Not carried out, and sent to a page to log in, as a private link does.</summary>
    public sealed record LoginRedirect : Fault;

    /// <summary>Not carried out: the connection is cut.</summary>
    public sealed record Cut : Fault;

    /// <summary>Carried out, and then the connection is cut before the answer.</summary>
    public sealed record LostResponse : Fault;

    /// <summary>Carried out, and answered by 200 and something that is no JSON.</summary>
    public sealed record Garbage : Fault;

    /// <summary>Carried out after a while.</summary>
    /// <param name="Delay">The while.</param>
    public sealed record Slow(TimeSpan Delay) : Fault;
}
