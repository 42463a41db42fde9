using System.Text.Json;
using FunctionTune.Spaces;

namespace FunctionTune.Golden.Tests.Tpe;

/// <summary>A parameter of a recorded history.</summary>
internal sealed record RecordedParameter(string Label, int Index, Distribution Prior, JsonElement Json)
{
    /// <summary>Its prior if it is numeric.</summary>
    public NumericPrior? Numeric => NumericPrior.Of(Prior);

    /// <summary>Its prior if it is not.</summary>
    public CategoricalPrior? Categorical => CategoricalPrior.Of(Prior);

    /// <summary>Reads a parameter.</summary>
    public static RecordedParameter Of(string label, int index, JsonElement json)
    {
        JsonElement args = json.GetProperty("args");
        double Arg(int i) => args[i].GetDouble();
        string kind = json.GetProperty("kind").GetString()!;
        Distribution prior = kind switch
        {
            "uniform" => new Distribution.Uniform(Arg(0), Arg(1)),
            "quniform" => new Distribution.QUniform(Arg(0), Arg(1), Arg(2)),
            "loguniform" => new Distribution.LogUniform(Arg(0), Arg(1)),
            "qloguniform" => new Distribution.QLogUniform(Arg(0), Arg(1), Arg(2)),
            "normal" => new Distribution.Normal(Arg(0), Arg(1)),
            "lognormal" => new Distribution.LogNormal(Arg(0), Arg(1)),
            "randint" => new Distribution.RandInt(0, args[0].GetInt32()),
            "categorical" => new Distribution.PChoice([.. args[0].EnumerateArray().Select(p => p.GetDouble())]),
            _ => throw new ArgumentOutOfRangeException(nameof(json), kind, "Unknown kind."),
        };
        return new RecordedParameter(label, index, prior, json);
    }
}
