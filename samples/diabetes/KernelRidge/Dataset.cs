using System.Globalization;
using MathNet.Numerics.LinearAlgebra;

namespace KernelRidge;

/// <summary>Examples: features of shape (examples, features), target of shape (examples).</summary>
public sealed record Dataset(Matrix<double> Features, Vector<double> Target)
{
    /// <summary>Reads a comma-separated file with a line of names, whose last column is the target.</summary>
    public static Dataset Read(string path)
    {
        double[][] rows =
        [
            .. File.ReadLines(path)
                .Skip(1)
                .Select(line =>
                    Array.ConvertAll(line.Split(','), cell => double.Parse(cell, CultureInfo.InvariantCulture))
                ),
        ];
        return new(
            Matrix<double>.Build.DenseOfRows(rows.Select(row => row[..^1])),
            Vector<double>.Build.DenseOfEnumerable(rows.Select(row => row[^1]))
        );
    }

    /// <summary>Every fifth example validates (rows 5, 10, 15, ... of the file); the others train.</summary>
    public Partition Split()
    {
        ILookup<bool, int> rows = Enumerable.Range(0, Target.Count).ToLookup(row => row % 5 == 4);
        return new(Take(rows[false]), Take(rows[true]));
    }

    private Dataset Take(IEnumerable<int> rows) =>
        new(
            Matrix<double>.Build.DenseOfRowVectors(rows.Select(Features.Row)),
            Vector<double>.Build.DenseOfEnumerable(rows.Select(row => Target[row]))
        );
}
