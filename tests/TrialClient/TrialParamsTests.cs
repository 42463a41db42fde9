using System.Globalization;
using FunctionTune.Testing.Processes;

namespace FunctionTune.TrialClient.Tests;

public sealed class TrialParamsTests
{
    private const string Deep = """
        {"alpha":0.25,"kernel":{"kind":"rbf","gamma":1e-3},"layers":[{"units":64},{"units":32,"dropout":true}],
         "größe":12345678901,"a.b":{"c":1},"wide":[3,"x"],"none":null}
        """;

    [Fact]
    public void Values_are_read_by_path()
    {
        TrialParams parameters = Read(Deep);

        Assert.Equal(0.25, parameters.Double("alpha"));
        Assert.Equal("rbf", parameters.String("kernel.kind"));
        Assert.Equal(1e-3, parameters.Double("kernel.gamma"));
        Assert.Equal(32, parameters.Int("layers.1.units"));
        Assert.True(parameters.Bool("layers.1.dropout"));
        Assert.Equal(12345678901, parameters.Long("größe"));
        Assert.Equal(1, parameters.Int("a.b.c"));
        Assert.Equal(3, parameters.Double("wide.0"));
    }

    [Fact]
    public void Objects_and_lists_are_read_from_within()
    {
        TrialParams parameters = Read(Deep);

        Assert.Equal(1e-3, parameters.Object("kernel").Double("gamma"));
        Assert.Equal([64, 32], parameters.List("layers").Select(layer => layer.Int("units")));
        Assert.Equal("x", parameters.List("wide")[1].String());
        Assert.Equal("""{"kind":"rbf","gamma":1e-3}""", parameters.Object("kernel").Json);
    }

    [Fact]
    public void A_space_of_one_expression_gives_a_value_without_a_name() => Assert.Equal(-7.5, Read("-7.5").Double());

    [Theory]
    [InlineData("kernel.gamma", true)]
    [InlineData("none", true)]
    [InlineData("kernel.degree", false)]
    [InlineData("layers.2", false)]
    [InlineData("layers.x", false)]
    [InlineData("alpha.beta", false)]
    public void Inactive_parameters_are_absent(string path, bool there) => Assert.Equal(there, Read(Deep).Has(path));

    [Fact]
    public void A_name_that_is_not_there_is_answered_by_the_names_that_are()
    {
        var thrown = Assert.Throws<TrialException>(() =>
            Read("""{"alpha":1,"kernel":{"gamma":2}}""").Double("kernel.gama")
        );

        Assert.Equal(
            "params has no 'kernel.gama'. It has: alpha, kernel, kernel.gamma. "
                + "Parameters of a choice that was not taken are absent; ask Has(path) first.",
            thrown.Message
        );
    }

    [Fact]
    public void A_value_of_another_kind_is_shown()
    {
        TrialParams parameters = Read(Deep);

        Assert.Equal(
            "params.kernel.kind is to be a number, but is \"rbf\".",
            Refusal(() => parameters.Double("kernel.kind"))
        );
        Assert.StartsWith(
            "params.alpha is to be an integer, but is 0.25. Search",
            Refusal(() => parameters.Int("alpha"))
        );
        Assert.Equal(
            "params.größe is to be an integer of 32 bits, but is 12345678901. Use Long.",
            Refusal(() => parameters.Int("größe"))
        );
        Assert.Equal(
            "params.layers.0.units is to be a string, but is 64.",
            Refusal(() => parameters.List("layers")[0].String("units"))
        );
        Assert.Equal("params.alpha is to be an object, but is 0.25.", Refusal(() => parameters.Object("alpha")));
        Assert.Equal("params.none is to be true or false, but is null.", Refusal(() => parameters.Bool("none")));
        Assert.Equal("params.alpha is to be a list, but is 0.25.", Refusal(() => parameters.List("alpha")));
    }

    [Fact]
    public void Numbers_do_not_depend_on_the_culture()
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        commas.NumberFormat.NumberDecimalSeparator = ",";
        commas.NumberFormat.NegativeSign = "minus";
        try
        {
            CultureInfo.CurrentCulture = commas;
            using var folder = new TrialFolder("""{"x":-1.5}""");
            var trial = Trial.Open(folder.TrialPath);
            trial.Succeed(trial.Params.Double("x"));

            Assert.Equal(-1.5, folder.Result.GetProperty("loss").GetDouble());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static string Refusal(Func<object> read) => Assert.Throws<TrialException>(read).Message;

    private static TrialParams Read(string parameters)
    {
        using var folder = new TrialFolder(parameters);
        return Trial.Open(folder.TrialPath).Params;
    }
}
