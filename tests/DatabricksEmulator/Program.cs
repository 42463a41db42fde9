using System.CommandLine;
using FunctionTune.DatabricksEmulator;

// Longer than the usual two seconds: programs of tasks are killed first.
var configuration = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) };
return await EmulatorCommand.Create().Parse(args).InvokeAsync(configuration);
