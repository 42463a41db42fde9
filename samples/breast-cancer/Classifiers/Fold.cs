namespace Classifiers;

/// <summary>Examples to learn from, and others to judge by.</summary>
public sealed record Fold(Examples Train, Examples Test)
{
    /// <summary>The features with mean 0 and standard deviation 1, both taken from the training examples alone.</summary>
    public Fold Standardised()
    {
        int features = Train.Features[0].Length;
        double[] mean = new double[features];
        double[] deviation = new double[features];
        for (int j = 0; j < features; j++)
        {
            double[] column = Array.ConvertAll(Train.Features, row => row[j]);
            mean[j] = column.Average();
            deviation[j] = Math.Sqrt(column.Average(value => (value - mean[j]) * (value - mean[j])));
        }

        Examples Scaled(Examples examples) =>
            examples with
            {
                Features = Array.ConvertAll(
                    examples.Features,
                    row => row.Select((value, j) => (value - mean[j]) / deviation[j]).ToArray()
                ),
            };
        return new(Scaled(Train), Scaled(Test));
    }
}
