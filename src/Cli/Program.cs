using FunctionTune.Cli;

return (int)await CommandLine.RunAsync(args).ConfigureAwait(false);
