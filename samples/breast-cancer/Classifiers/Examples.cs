using System.Globalization;

namespace Classifiers;

/// <summary>Examples: features of shape (examples, features), and whether each is benign, shape (examples).</summary>
public sealed record Examples(double[][] Features, bool[] Benign)
{
    /// <summary>Reads a comma-separated file with a line of names, whose last column is 1 for benign.</summary>
    public static Examples Read(string path)
    {
        double[][] rows =
        [
            .. File.ReadLines(path)
                .Skip(1)
                .Select(line =>
                    Array.ConvertAll(line.Split(','), cell => double.Parse(cell, CultureInfo.InvariantCulture))
                ),
        ];
        return new(Array.ConvertAll(rows, row => row[..^1]), Array.ConvertAll(rows, row => row[^1] > 0));
    }

    /// <summary>
    /// Cross-validation. The rows of each class are dealt to the folds in turn, so every fold has its share of both; there
    /// is no chance in it.
    /// </summary>
    public IEnumerable<Fold> Folds(int count)
    {
        int[] dealt = new int[2];
        int[] folds = Array.ConvertAll(Benign, benign => dealt[benign ? 1 : 0]++ % count);
        return Enumerable
            .Range(0, count)
            .Select(fold =>
                new Fold(Take(folds, other => other != fold), Take(folds, own => own == fold)).Standardised()
            );
    }

    private Examples Take(int[] folds, Func<int, bool> belongs)
    {
        int[] rows = [.. Enumerable.Range(0, folds.Length).Where(row => belongs(folds[row]))];
        return new(Array.ConvertAll(rows, row => Features[row]), Array.ConvertAll(rows, row => Benign[row]));
    }
}
