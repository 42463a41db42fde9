using FunctionTune.Cli;
using FunctionTune.Hosting;

return await CommandLine.RunAsync(args, Suggesters.BuiltIn).ConfigureAwait(false);
