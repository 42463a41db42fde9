using CoordinateSearch;
using FunctionTune.Cli;
using FunctionTune.Hosting;
using FunctionTune.Suggest;

// The whole command, with one algorithm more: run, resume, replay, serve and ask-tell know it by its name.
Suggesters suggesters = Suggesters.BuiltIn.With(
    "coordinate",
    options => new DistinctSuggester(new CoordinateSuggester(options.Int("startup", least: 1) ?? 10), redraws: 3)
);
return await CommandLine.RunAsync(args, suggesters).ConfigureAwait(false);
