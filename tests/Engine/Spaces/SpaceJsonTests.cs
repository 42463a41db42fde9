using System.Text.Json;
using FunctionTune.Spaces;

namespace FunctionTune.Engine.Tests.Spaces;

public sealed class SpaceJsonTests
{
    private static SearchSpace Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return SpaceJson.Read(document.RootElement);
    }

    private static string Labels(string json) =>
        string.Join(" ", Read(json).Parameters.Select(parameter => parameter.Label));

    public static TheoryData<string, Distribution> Expressions() =>
        new()
        {
            { """{"uniform":[-10,10]}""", new Distribution.Uniform(-10, 10) },
            { """{"uniform":{"low":0,"high":1}}""", new Distribution.Uniform(0, 1) },
            { """{"uniform":{"low":1,"high":10,"log":true}}""", new Distribution.LogUniform(0, Math.Log(10)) },
            { """{"uniform":{"low":1,"high":10,"log":false}}""", new Distribution.Uniform(1, 10) },
            { """{"quniform":[0,10,2]}""", new Distribution.QUniform(0, 10, 2) },
            { """{"quniform":{"q":2,"high":10,"low":0}}""", new Distribution.QUniform(0, 10, 2) },
            {
                """{"quniform":{"low":1,"high":10,"q":2,"log":true}}""",
                new Distribution.QLogUniform(0, Math.Log(10), 2)
            },
            { """{"uniformint":[1,5]}""", new Distribution.UniformInt(1, 5) },
            { """{"loguniform":[-9,3]}""", new Distribution.LogUniform(-9, 3) },
            { """{"qloguniform":[0,3,1]}""", new Distribution.QLogUniform(0, 3, 1) },
            { """{"normal":[0,1]}""", new Distribution.Normal(0, 1) },
            { """{"normal":{"mu":0,"sigma":1}}""", new Distribution.Normal(0, 1) },
            { """{"qnormal":[0,1,0.5]}""", new Distribution.QNormal(0, 1, 0.5) },
            { """{"lognormal":[0,1]}""", new Distribution.LogNormal(0, 1) },
            { """{"qlognormal":[0,1,1]}""", new Distribution.QLogNormal(0, 1, 1) },
            { """{"randint":[5]}""", new Distribution.RandInt(0, 5) },
            { """{"randint":{"upper":5}}""", new Distribution.RandInt(0, 5) },
            { """{"randint":[-5,5.0]}""", new Distribution.RandInt(-5, 5) },
            { """{"randint":{"low":2,"high":5}}""", new Distribution.RandInt(2, 5) },
            { """{"choice":["a",1,null]}""", new Distribution.Choice(3) },
            { """{"choice":{"options":["a"]}}""", new Distribution.Choice(1) },
            { """{"pchoice":[[0.25,"a"],[0.75,["b"]]]}""", new Distribution.PChoice([0.25, 0.75]) },
            { """{"pchoice":{"options":[[1,{}]]}}""", new Distribution.PChoice([1]) },
        };

    [Theory]
    [MemberData(nameof(Expressions))]
    public void A_space_that_is_one_expression_has_the_parameter_x(string json, Distribution expected)
    {
        SpaceParameter parameter = Assert.Single(Read(json).Parameters);

        Assert.Equal("x", parameter.Label);
        Assert.Equal(expected, parameter.Prior);
    }

    [Theory]
    [InlineData("""{"kernel":{"choice":[{"kind":"rbf","gamma":{"loguniform":[-9,1]}}]}}""", "kernel kernel.gamma")]
    [InlineData("""{"layers":[{"size":{"randint":[9]}},3,{"randint":[9]}]}""", "layers[0].size layers[2]")]
    [InlineData("""[{"uniform":[0,1]}]""", "[0]")]
    [InlineData("""{"choice":[{"gamma":{"uniform":[0,1]}}]}""", "x gamma")]
    [InlineData(
        """{"c":{"choice":[{"k":"a","g":{"uniform":[0,1]}},{"k":"b","g":{"uniform":[0,1]}}]}}""",
        "c c.a.g c.b.g"
    )]
    [InlineData("""{"c":{"choice":[{"g":{"uniform":[0,1]}},{"g":{"uniform":[0,1]}}]}}""", "c c[0].g c[1].g")]
    [InlineData("""{"c":{"choice":[["a",{"uniform":[0,1]}],["a",{"uniform":[0,1]}]]}}""", "c c[0][1] c[1][1]")]
    [InlineData("""{"c":{"choice":[{"uniform":[0,1]},{"uniform":[0,1]}]}}""", "c c[0] c[1]")]
    [InlineData("""{"choice":[{"uniform":[0,1]},{"uniform":[0,1]}]}""", "x x[0] x[1]")]
    [InlineData("""{"choice":[{"k":"a","g":{"uniform":[0,1]}},{"k":"b","g":{"uniform":[0,1]}}]}""", "x x.a.g x.b.g")]
    [InlineData("""{"c":{"choice":[{"choice":[{"uniform":[0,1]}]}]}}""", "c c[0] c[0][0]")]
    [InlineData("""{"a.b":{"uniform":[0,1]},"a":{"b":{"uniform":[0,1]}}}""", "a.b a.b#2")]
    [InlineData("""{"":{"uniform":[0,1]},"ü λ":{"uniform":[0,1]}}""", "'' ü λ")]
    [InlineData("""{"a":{"uniform":{"low":0,"high":1,"label":"my alpha"}}}""", "my alpha")]
    [InlineData(
        """{"a":{"choice":{"options":[1,2],"label":"b"}},"c":{"pchoice":{"options":[[1,2]],"label":"d"}}}""",
        "b d"
    )]
    [InlineData("""{"dict":[["uniform",{"uniform":[0,1]}],["dict",1]]}""", "uniform")]
    [InlineData("""{"ref":{"uniform":[0,1]}}""", "ref")]
    [InlineData("""{"normal":{"uniform":[0,1]},"other":1}""", "normal")]
    public void Labels_default_to_the_path_and_name_the_option_only_where_they_must(string json, string expected) =>
        Assert.Equal(expected, Labels(json));

    [Theory]
    [InlineData("""{"a":{"uniform":[0,1]},"b":{"ref":"a"}}""", "a")]
    [InlineData("""{"b":{"ref":"a"},"a":{"uniform":[0,1]}}""", "a")]
    [InlineData("""{"c":{"choice":[{"ref":"g"},1]},"g":{"uniform":[0,1]},"d":{"ref":"c"}}""", "c g")]
    [InlineData("""[{"c":{"choice":[{"ref":"d"},1]}},{"uniform":{"low":0,"high":1,"label":"d"}}]""", "[0].c d")]
    public void A_reference_is_the_same_parameter_in_a_second_place(string json, string expected) =>
        Assert.Equal(expected, Labels(json));

    [Theory]
    [InlineData("""{"x":{"uniform":[0,1]},"k":{"literal":{"uniform":[0,1]}}}""", """{"x":0.5,"k":{"uniform":[0,1]}}""")]
    [InlineData("""{"x":{"uniform":[0,1]},"k":{"literal":null}}""", """{"x":0.5,"k":null}""")]
    [InlineData(
        """{"x":{"uniform":[0,1]},"k":[null,true,{},[],"",1e2,{"a":[]}]}""",
        """{"x":0.5,"k":[null,true,{},[],"",1e2,{"a":[]}]}"""
    )]
    [InlineData("""{"dict":[["uniform",{"uniform":[0,1]}]]}""", """{"uniform":0.5}""")]
    public void All_other_json_stands_for_itself(string json, string expected) =>
        Assert.Equal(expected, Read(json).Evaluate(new Point([0.5]))!.ToJsonString());

    [Theory]
    [InlineData("5", "$.space: a space must have at least one parameter; got 5.")]
    [InlineData("{}", "$.space: a space must have at least one parameter; got {}.")]
    [InlineData(
        """{"x":{"unifrom":[0,1]}}""",
        "$.space.x.unifrom: an expression must be called by the name of an hp function; got 'unifrom'. Did you mean 'uniform'?"
    )]
    [InlineData("""{"x":{"Uniform":[0,1]}}""", "Did you mean 'uniform'?")]
    [InlineData("""{"x":{"hp.loguniform":[0,1]}}""", "Did you mean 'loguniform'?")]
    [InlineData("""{"x":{"log_uniform":{"low":0,"high":1}}}""", "Did you mean 'loguniform'?")]
    [InlineData("""{"x":{"choices":["a","b"]}}""", "Did you mean 'choice'?")]
    [InlineData(
        """{"x":{"uniform":[0,1],"label":"y"}}""",
        "$.space.x: an expression must be an object with one key, the name of the hp function; got 'uniform', 'label'. Arguments and the label go inside"
    )]
    [InlineData("""{"x":{"uniform":[0,1],"y":1}}""", "an object with one key")]
    [InlineData("""{"x":{"unifrom":{"low":0,"high":1},"label":"y"}}""", "go inside: {\"uniform\":")]
    [InlineData(
        """{"x":{"uniform":[0]}}""",
        "$.space.x.uniform: uniform takes [low, high], or the same by name; got [0]."
    )]
    [InlineData("""{"x":{"uniform":["x",0,1]}}""", "A label is given by name")]
    [InlineData(
        """{"x":{"uniform":5}}""",
        "or the same by name; got 5. For a plain dictionary with the key 'uniform' write {\"dict\": [[\"uniform\", 5]]}."
    )]
    [InlineData(
        """{"x":{"uniform":["0",1]}}""",
        "$.space.x.uniform[0]: low must be a number; got \"0\". Write it without quotes."
    )]
    [InlineData("""{"x":{"uniform":[0,{"uniform":[1,2]}]}}""", "$.space.x.uniform[1]: high must be a number")]
    [InlineData(
        """{"x":{"uniform":[5,0]}}""",
        "$.space.x.uniform: low < high must hold, both finite; got low=5, high=0. Swap the two."
    )]
    [InlineData(
        """{"x":{"uniform":[0,1e999]}}""",
        "$.space.x.uniform[1]: a number must be finite as a double; got 1e999."
    )]
    [InlineData(
        """{"x":{"uniform":{"low":0}}}""",
        "$.space.x.uniform.high: uniform takes [low, high], or the same by name; got no 'high'."
    )]
    [InlineData("""{"x":{"uniform":{"low":0,"hihg":1}}}""", "'hihg'. Did you mean 'high'?")]
    [InlineData(
        """{"x":{"quniform":{"low":0,"high":1,"q":0}}}""",
        "$.space.x.quniform.q: q > 0 must hold, finite; got q=0."
    )]
    [InlineData(
        """{"x":{"uniform":{"low":0,"high":1,"log":true}}}""",
        "$.space.x.uniform.low: with log, low > 0 must hold; got 0."
    )]
    [InlineData(
        """{"x":{"uniform":{"low":1,"high":2,"log":1}}}""",
        "$.space.x.uniform.log: log must be true or false; got 1."
    )]
    [InlineData("""{"x":{"loguniform":{"low":1,"high":2,"log":true}}}""", "Its bounds are logarithms already.")]
    [InlineData("""{"x":{"normal":{"mu":1,"sigma":2,"log":true}}}""", "Use lognormal")]
    [InlineData("""{"x":{"loguniform":[1,1000]}}""", "$.space.x.loguniform[1]: the bounds must be natural logarithms")]
    [InlineData("""{"x":{"normal":[0,0]}}""", "$.space.x.normal[1]: sigma > 0 must hold")]
    [InlineData("""{"x":{"randint":[0]}}""", "$.space.x.randint: low < high must hold")]
    [InlineData("""{"x":{"randint":[2.5]}}""", "$.space.x.randint[0]: upper must be an integer; got 2.5.")]
    [InlineData("""{"x":{"randint":5}}""", "randint takes [upper] or [low, high], or the same by name; got 5.")]
    [InlineData("""{"x":{"randint":{"low":1,"upper":5}}}""", "Give either upper, or low and high.")]
    [InlineData("""{"x":{"randint":[1,2,3]}}""", "randint takes [upper] or [low, high]")]
    [InlineData("""{"x":{"choice":[]}}""", "$.space.x.choice: a choice must have at least one option; got 0.")]
    [InlineData("""{"x":{"choice":{"options":5}}}""", "$.space.x.choice.options: options must be a list; got 5.")]
    [InlineData("""{"x":{"choice":"a"}}""", "choice takes a list of options")]
    [InlineData("""{"x":{"choice":{"option":["a"]}}}""", "Did you mean 'options'?")]
    [InlineData(
        """{"x":{"pchoice":["a"]}}""",
        "$.space.x.pchoice[0]: an option of pchoice must be [probability, option]; got \"a\"."
    )]
    [InlineData(
        """{"x":{"pchoice":[["a",0.5]]}}""",
        "$.space.x.pchoice[0][0]: a probability must be a number; got \"a\"."
    )]
    [InlineData(
        """{"x":{"pchoice":[[0.5,"a"],[0.4,"b"]]}}""",
        "$.space.x.pchoice: probabilities must sum to 1 within 1e-6; got [0.5, 0.4], which sum to 0.9."
    )]
    [InlineData(
        """{"x":{"uniform":{"low":0,"high":1,"label":5}}}""",
        "$.space.x.uniform.label: a label must be a text; got 5."
    )]
    [InlineData(
        """{"x":{"uniform":{"low":0,"high":1,"label":""}}}""",
        "$.space.x.uniform.label: a label must be a text"
    )]
    [InlineData(
        """{"x":{"uniform":{"low":0,"high":1,"label":"l"}},"y":{"normal":{"mu":0,"sigma":1,"label":"l"}}}""",
        "$.space.y.normal: a label must name one parameter; got 'l', which $.space.x.uniform has too."
    )]
    [InlineData(
        """{"x":{"uniform":{"low":0,"high":1,"label":"y"}},"y":{"normal":[0,1]}}""",
        "$.space.y.normal: a label must name one parameter; got 'y', which $.space.x.uniform has too."
    )]
    [InlineData(
        """{"alpha":{"uniform":[0,1]},"y":{"ref":"alhpa"}}""",
        "$.space.y.ref: ref must name a parameter of the space; got 'alhpa'. Did you mean 'alpha'?"
    )]
    [InlineData(
        """{"c":{"choice":[{"ref":"c"},1]}}""",
        "$.space.c.choice[0].ref: a choice must not contain itself; got 'c' within its own options."
    )]
    [InlineData(
        """{"c":{"choice":[{"ref":"d"},1]},"d":{"choice":[{"ref":"c"},1]}}""",
        "a choice must not contain itself"
    )]
    [InlineData("""{"x":{"uniform":[0,1]},"x":1}""", "$.space: a key must stand once in an object; got 'x' again.")]
    [InlineData(
        """{"x":{"uniform":[0,1]},"k":{"literal":{"a":1,"a":2}}}""",
        "$.space.k.literal: a key must stand once in an object; got 'a' again."
    )]
    [InlineData("""{"x":{"uniform":[0,1]},"k":"\ud800"}""", "$.space.k: a text must be Unicode")]
    [InlineData("""{"x":{"uniform":[0,1]},"\ud800":1}""", "$.space: a key must be Unicode")]
    [InlineData(
        """{"dict":[["a",{"uniform":[0,1]}],["a",1]]}""",
        "$.space.dict[1]: a key must stand once in a dictionary; got 'a' again."
    )]
    [InlineData("""{"a b":{"uniform":[1,0]}}""", "$.space['a b'].uniform: low < high must hold")]
    public void What_is_wrong_is_told_with_its_path(string json, string expected) =>
        Assert.Contains(expected, Assert.Single(Problems(json)), StringComparison.Ordinal);

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once() =>
        Assert.Equal(
            [
                "$.space.a.uniform: low < high must hold, both finite; got low=1, high=0. Swap the two.",
                "$.space.b.choice[0].quniform[2]: q > 0 must hold, finite; got q=-1. Give the step between two values, "
                    + "such as 1, or use the kind without q.",
                "$.space.b.choice[1].normal.sigma: normal takes [mu, sigma], or the same by name; got no 'sigma'.",
                "$.space.c.ref: ref must name a parameter of the space; got 'nobody'. For the text itself write "
                    + "{\"literal\": {\"ref\": …}}.",
            ],
            Problems(
                """
                {"a":{"uniform":[1,0]},"b":{"choice":[{"quniform":[0,1,-1]},{"normal":{"mu":0}}]},"c":{"ref":"nobody"},"d":{"ref":"a"}}
                """
            )
        );

    [Fact]
    public void A_long_chain_of_references_is_refused_before_it_takes_the_stack()
    {
        const string Rule = "a space must not nest deeper than 250";
        string end = Entry(0, """{"uniform":[0,1]}""");
        string[] links =
        [
            .. Enumerable.Range(1, 5_000).Select(i => Entry(i, "{\"choice\":[{\"ref\":\"c" + (i - 1) + "\"},1]}")),
        ];

        Assert.Contains(Rule, Problems("{" + end + "," + string.Join(",", links) + "}")[0], StringComparison.Ordinal);
        Assert.Contains(
            Rule,
            Problems("{" + string.Join(",", links.Reverse()) + "," + end + "}")[0],
            StringComparison.Ordinal
        );

        static string Entry(int i, string value) => "\"c" + i + "\":" + value;
    }

    [Theory]
    [InlineData("""{"uniform":[0,1]}""")]
    [InlineData(
        """{"alpha":{"loguniform":[-9,3]},"kernel":{"choice":[{"kind":"rbf","gamma":{"loguniform":[-9,1]}},"none"]}}"""
    )]
    [InlineData("""{"a":{"uniform":{"low":0,"high":1,"label":"b"}},"c":[{"ref":"b"},null,{"literal":[1]}]}""")]
    [InlineData("""{"a":{"pchoice":{"options":[[0.5,1],[0.5,{"randint":[1,5]}]],"label":"p"}}}""")]
    [InlineData("""{"dict":[["uniform",{"uniform":[0,1]}]]}""")]
    public void Writing_gives_the_shortest_form(string json) =>
        Assert.Equal(json, SpaceJson.Write(Read(json)).ToJsonString());

    private static IReadOnlyList<string> Problems(string json)
    {
        using var document = JsonDocument.Parse(json);
        var problems = new List<Problem>();
        Assert.Null(SpaceJson.Read(document.RootElement, "$.space", problems));
        return [.. problems.Select(problem => problem.ToString())];
    }
}
