using FunctionTune.Cli.Output;
using FunctionTune.Testing.Studies;

namespace FunctionTune.Cli.Tests.Output;

public sealed class TrialsCsvTests
{
    [Fact]
    public void Each_parameter_has_a_column_and_what_needs_quotes_has_them()
    {
        var study = new SampleStudy(
            Hp.Dict(("kernel", Hp.Choice("kernel", Hp.Dict(("kind", "rbf"), ("g", Hp.Uniform("g", 0, 1))), "linear")))
        );
        study.Succeed(1.25, ("kernel", 0), ("g", 0.5));
        study.Fail("said \"no\", twice", ("kernel", 1));
        using var output = new StringWriter();

        TrialsCsv.Write(output, study.Record);

        string[] lines = output.ToString().Split("\r\n");
        Assert.EndsWith(",kernel,g", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("0,succeeded,1.25,", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",rbf,0.5", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",exception,\"said \"\"no\"\", twice\",linear,", lines[2], StringComparison.Ordinal);
    }
}
