namespace FunctionTune.Testing.Search;

/// <summary>Objectives shaped like the tuning of models: steps, logarithms, options and conditions.</summary>
internal static class TuningObjectives
{
    private static readonly int[] s_options = [3, 4, 5, 6, 8, 10];
    private static readonly int[] s_factors = [2, 3, 2, 5, 3, 7];
    private static readonly int[] s_offsets = [1, 2, 3, 1, 5, 4];
    private static readonly double[] s_weights = [0.30, 0.25, 0.40, 0.20, 0.35, 0.50];

    /// <summary>Boosted trees, imitated.</summary>
    public static Objective Boosting { get; } =
        new(
            "xgb8",
            Hp.Dict(
                ("learning_rate", Hp.LogUniform("learning_rate", Math.Log(0.001), Math.Log(0.5))),
                ("n_estimators", Hp.QUniform("n_estimators", 50, 1000, 25)),
                ("max_depth", Hp.QUniform("max_depth", 2, 14, 1)),
                ("subsample", Hp.Uniform("subsample", 0.4, 1.0)),
                ("colsample", Hp.Uniform("colsample", 0.3, 1.0)),
                ("min_child_weight", Hp.LogUniform("min_child_weight", Math.Log(0.1), Math.Log(64))),
                ("reg_lambda", Hp.LogUniform("reg_lambda", Math.Log(0.001), Math.Log(100))),
                ("gamma", Hp.Uniform("gamma", 0, 5))
            ),
            BoostingLoss,
            Optimum: 0.2
        );

    /// <summary>Three families of models, each with parameters of its own.</summary>
    public static Objective Families { get; } =
        new(
            "condfam",
            Hp.Choice(
                "family",
                Hp.Dict(
                    ("svm_C", Hp.LogUniform("svm_C", Math.Log(0.001), Math.Log(1000))),
                    ("svm_gamma", Hp.LogUniform("svm_gamma", Math.Log(1e-5), Math.Log(10)))
                ),
                Hp.Dict(
                    ("rf_trees", Hp.QUniform("rf_trees", 10, 300, 10)),
                    ("rf_depth", Hp.QUniform("rf_depth", 2, 24, 1)),
                    ("rf_features", Hp.Uniform("rf_features", 0.1, 1.0))
                ),
                Hp.Dict(
                    ("mlp_lr", Hp.LogUniform("mlp_lr", Math.Log(1e-6), Math.Log(0.1))),
                    ("mlp_dropout", Hp.Uniform("mlp_dropout", 0, 0.7)),
                    ("mlp_w1", Hp.QUniform("mlp_w1", 16, 512, 16)),
                    (
                        "layers",
                        Hp.Choice(
                            "mlp_layers",
                            Hp.Dict(),
                            Hp.Dict(("mlp_w2a", Hp.QUniform("mlp_w2a", 16, 512, 16))),
                            Hp.Dict(
                                ("mlp_w2b", Hp.QUniform("mlp_w2b", 16, 512, 16)),
                                ("mlp_w3", Hp.QUniform("mlp_w3", 16, 512, 16))
                            )
                        )
                    )
                )
            ),
            FamiliesLoss,
            Optimum: 0.1
        );

    /// <summary>Six choices and two numbers.</summary>
    public static Objective Categories { get; } =
        new(
            "cat8",
            Hp.Dict([
                .. s_options.Select(
                    (count, i) =>
                        (
                            $"c{i + 1}",
                            Hp.Choice($"c{i + 1}", [.. Enumerable.Range(0, count).Select(o => Hp.Literal(o))])
                        )
                ),
                ("u1", Hp.Uniform("u1", 0, 1)),
                ("u2", Hp.Uniform("u2", 0, 1)),
            ]),
            CategoriesLoss,
            Optimum: 0.01428571428571429
        );

    private static double BoostingLoss(Setting p)
    {
        double rate = p["learning_rate"];
        double depth = p["max_depth"];
        double subsample = p["subsample"];
        double gamma = p["gamma"];
        double effort = Math.Log(rate * p["n_estimators"]) - Math.Log(30);
        return 0.20
            + ((effort < 0 ? 0.05 : 0.02) * Square(effort))
            + (0.02 * Square(Math.Max(0, Math.Log(rate / 0.1))))
            + (0.006 * Square(depth - (6 + (0.9 * Math.Log(p["min_child_weight"])))))
            + (0.30 * Square(subsample - 0.8))
            + (0.20 * Square(p["colsample"] - (0.6 + (0.5 * (subsample - 0.8)))))
            + (0.004 * Square(Math.Log(p["reg_lambda"]) - (0.5 + (0.3 * (depth - 6)))))
            + (0.004 * Square(gamma - 1) * depth / 6)
            + (0.004 * (1 - Math.Cos(2 * Math.PI * effort)))
            + (0.003 * (1 - Math.Cos(2 * Math.PI * (gamma - 1))));
    }

    private static double FamiliesLoss(Setting p) =>
        p["family"] switch
        {
            0 => SupportVectors(Math.Log10(p["svm_C"]) - 1.2, Math.Log10(p["svm_gamma"]) + 2),
            1 => 0.14
                + (0.05 * Math.Exp(-p["rf_trees"] / 60))
                + (0.0015 * Square(p["rf_depth"] - 12))
                + (0.15 * Square(p["rf_features"] - 0.4)),
            _ => 0.10
                + (0.060 * Square(Math.Log10(p["mlp_lr"]) + 3))
                + (0.25 * Square(p["mlp_dropout"] - 0.25))
                + Layers(p),
        };

    private static double SupportVectors(double cost, double gamma) =>
        0.12 + (0.010 * Square(cost)) + (0.020 * Square(gamma + (0.5 * cost)));

    private static double Layers(Setting p) =>
        p["mlp_layers"] switch
        {
            0 => 0.03 + (2e-6 * Square(p["mlp_w1"] - 384)),
            1 => 2e-6 * (Square(p["mlp_w1"] - 256) + Square(p["mlp_w2a"] - 128)),
            _ => 0.01 + (2e-6 * (Square(p["mlp_w1"] - 320) + Square(p["mlp_w2b"] - 192) + Square(p["mlp_w3"] - 64))),
        };

    private static double CategoriesLoss(Setting p)
    {
        double sum = 0;
        for (int k = 0; k < s_options.Length; k++)
        {
            int option = (int)p[$"c{k + 1}"];
            int place = ((s_factors[k] * option) + s_offsets[k]) % s_options[k];
            sum += s_weights[k] * place / (s_options[k] - 1);
        }

        sum += (p["c1"] + p["c3"]) % 3 == 1 ? 0.30 : 0;
        sum += 0.25 * Math.Abs((p["c4"] / 5) - (p["c5"] / 7));
        double u1 = p["u1"];
        return sum + (0.6 * Square(u1 - 0.2 - (0.1 * p["c2"]))) + (0.6 * Square(p["u2"] - 0.7 + (0.05 * p["c6"] * u1)));
    }

    private static double Square(double x) => x * x;
}
