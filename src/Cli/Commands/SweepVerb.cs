using System.CommandLine;
using FunctionTune.Studies;

namespace FunctionTune.Cli.Commands;

/// <summary>Ends what studies that are over may have left running on clusters.</summary>
internal sealed class SweepVerb : Verb
{
    public SweepVerb()
        : base(
            "sweep",
            "End whatever studies that are over may have left running on their clusters.",
            "functiontune sweep  # every study of the store",
            "functiontune sweep --store nightly"
        ) => Add(SharedOptions.Store);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var shelf = new Shelf(parsed);
        TextWriter output = parsed.InvocationConfiguration.Output;
        int swept = 0;
        ExitCode code = ExitCode.Done;
        foreach (StudyId id in await shelf.Studies.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                swept += await shelf.Studies.SweepAsync(id, cancellationToken).ConfigureAwait(false) ? 1 : 0;
            }
            catch (FunctionTuneException fault)
            {
                await parsed
                    .InvocationConfiguration.Error.WriteLineAsync($"{id}: {fault.Message}")
                    .ConfigureAwait(false);
                code = ExitCode.Infrastructure;
            }
        }

        await output
            .WriteLineAsync(
                swept == 0
                    ? "No study of this store is over and ran on a cluster."
                    : $"{swept} that are over were looked after: nothing of them is left running."
            )
            .ConfigureAwait(false);
        return code;
    }
}
