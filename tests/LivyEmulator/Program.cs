using FunctionTune.LivyEmulator;

return await EmulatorCommand.Create().Parse(args).InvokeAsync();
