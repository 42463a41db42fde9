using System.CommandLine;
using FunctionTune.Cli.AskTell;
using FunctionTune.Hosting;

namespace FunctionTune.Cli.Commands;

/// <summary>Suggestions and results as JSON lines, for programs in any language.</summary>
internal sealed class AskTellVerb : Verb
{
    private readonly Suggesters _suggesters;

    public AskTellVerb(Suggesters suggesters)
        : base(
            "ask-tell",
            "Answer JSON lines from standard input on standard output: the space first, then asks for points and tells of losses.",
            """printf '%s\n' '{"space":{"x":{"uniform":[-10,10]}},"algo":"tpe","seed":0}' '{"ask":2}' | functiontune ask-tell""",
            "# {\"ask\":2}                            -> {\"trials\":[{\"trial\":0,\"params\":{\"x\":-3.1}},...]}",
            "# {\"tell\":{\"trial\":0,\"loss\":1.5}}        -> {\"ok\":true}",
            "# {\"tell\":{\"trial\":1,\"status\":\"fail\"}}   -> {\"ok\":true}",
            "# a bad line                           -> {\"error\":\"...\"}, and nothing changes"
        ) => _suggesters = suggesters;

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        Stream output = Console.OpenStandardOutput();
        await using (output.ConfigureAwait(false))
        {
            using var session = new AskTellSession(_suggesters);
            var lines = new LineReader(Console.OpenStandardInput());
            await Conversation.RunAsync(lines, output, session, cancellationToken).ConfigureAwait(false);
        }

        return ExitCode.Done;
    }
}
