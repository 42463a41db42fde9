using FunctionTune.Testing.Azurite;

[assembly: AssemblyFixture(typeof(AzuriteServer))]
