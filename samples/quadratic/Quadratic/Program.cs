using System.Globalization;
using FunctionTune;
using FunctionTune.Local;
using FunctionTune.Spaces;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// One number: the space is a single expression.
FminResult valley = await Fmin.MinimizeAsync(
    x => Math.Pow(x.Double() - 3, 2) + 1,
    Hp.Uniform("x", -10, 10),
    algo: Algo.Tpe(),
    maxEvals: 100,
    options: new() { Seed = 1 }
);
Console.WriteLine($"(x - 3)^2 + 1: {valley.Loss:F4} at x = {valley.Best}");

// A choice of shapes, each with parameters of its own: those of the shape that was not taken are absent.
SpaceNode space = Hp.Dict(
    ("x", Hp.Uniform("x", -10, 10)),
    (
        "shape",
        Hp.Choice(
            "shape",
            Hp.Dict(("kind", "parabola"), ("floor", Hp.Uniform("floor", 1, 2))),
            Hp.Dict(("kind", "wave"), ("waves", Hp.UniformInt("waves", 1, 5)))
        )
    )
);
FminResult best = await Fmin.MinimizeAsync(
    Height,
    space,
    algo: Algo.Tpe(),
    maxEvals: 200,
    parallelism: 4,
    options: new() { Seed = 1 }
);
Console.WriteLine($"a choice of shapes: {best.Loss:F4} at {best.Best}, {best.Trials.Count} trials");

static double Height(Params p)
{
    double x = p.Double("x");
    return p.String("shape.kind") switch
    {
        "parabola" => (x * x) + p.Double("shape.floor"),
        _ => (x * x / 100) + Math.Cos(p.Int("shape.waves") * x),
    };
}
