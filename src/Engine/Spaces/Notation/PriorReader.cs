using System.Collections.Immutable;
using System.Text.Json;
using FunctionTune.Json;

namespace FunctionTune.Spaces.Notation;

/// <summary>Makes a numeric distribution of its arguments.</summary>
/// <param name="problems">Receives what is wrong.</param>
internal sealed class PriorReader(ICollection<Problem> problems)
{
    /// <summary>The distribution, or null when its arguments are refused.</summary>
    /// <param name="signature">A numeric expression.</param>
    /// <param name="arguments">Its arguments, complete.</param>
    /// <param name="path">Where they stand.</param>
    public Distribution? Read(DistributionSignature signature, ImmutableArray<Argument> arguments, string path)
    {
        int before = problems.Count;
        bool isNatural = arguments.Any(argument => argument.Name is "log" && IsTrue(argument));
        double[] numbers =
        [
            .. arguments
                .Where(argument => argument.Name is not "log")
                .OrderBy(argument => signature.Arguments.IndexOf(argument.Name))
                .Select(argument => Number(signature, argument)),
        ];
        if (problems.Count > before || !Array.TrueForAll(numbers, double.IsFinite))
        {
            return null;
        }

        Distribution prior = signature.Create(numbers is [var upper] ? [0, upper] : numbers);
        return Check(prior, arguments, path)
            ? isNatural
                ? OfNaturalBounds(prior, arguments, path)
                : prior
            : null;
    }

    private Distribution? OfNaturalBounds(Distribution prior, ImmutableArray<Argument> arguments, string path)
    {
        Distribution logarithmic = prior switch
        {
            Distribution.Uniform d => new Distribution.LogUniform(Math.Log(d.Low), Math.Log(d.High)),
            Distribution.QUniform d => new Distribution.QLogUniform(Math.Log(d.Low), Math.Log(d.High), d.Q),
            _ => throw new InvalidOperationException($"{prior} has no logarithmic form."),
        };
        if (prior is Distribution.Uniform { Low: <= 0 } or Distribution.QUniform { Low: <= 0 })
        {
            Argument argument = arguments.Single(argument => argument.Name is "low");
            string hint = "A range that holds 0 has no logarithm: raise the bound, or leave log out.";
            problems.Add(new(argument.Path, "with log, low > 0 must hold", JsonText.Short(argument.Value), hint));
            return null;
        }

        return Check(logarithmic, arguments, path) ? logarithmic : null;
    }

    private bool Check(Distribution prior, ImmutableArray<Argument> arguments, string path)
    {
        int before = problems.Count;
        foreach (BrokenRule broken in DistributionRules.Broken(prior))
        {
            Argument about = arguments.FirstOrDefault(argument =>
                string.Equals(argument.Name, broken.Argument, StringComparison.Ordinal)
            );
            problems.Add(new(about.Path ?? path, broken.Rule, broken.Value, broken.Hint));
        }

        return problems.Count == before;
    }

    private double Number(DistributionSignature signature, Argument argument)
    {
        bool isInteger = signature.Name is "randint";
        if (argument.Value.ValueKind == JsonValueKind.Number && argument.Value.TryGetDouble(out double number))
        {
            if (!isInteger || double.IsInteger(number) || !double.IsFinite(number))
            {
                return number; // one that is not finite is told by JsonRules
            }
        }

        problems.Add(
            new(
                argument.Path,
                $"{argument.Name} must be {(isInteger ? "an integer" : "a number")}",
                JsonText.Short(argument.Value),
                argument.Value.ValueKind == JsonValueKind.String ? "Write it without quotes." : ""
            )
        );
        return double.NaN;
    }

    private bool IsTrue(Argument argument)
    {
        if (argument.Value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return argument.Value.GetBoolean();
        }

        problems.Add(new(argument.Path, "log must be true or false", JsonText.Short(argument.Value)));
        return false;
    }
}
