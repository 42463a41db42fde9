using MathNet.Numerics.LinearAlgebra;

namespace KernelRidge;

/// <summary>Examples to learn from, and others to judge by.</summary>
public sealed record Partition(Dataset Train, Dataset Validation)
{
    /// <summary>The features with mean 0 and standard deviation 1, both taken from the training examples alone.</summary>
    public Partition Standardised()
    {
        Vector<double> mean = Train.Features.ColumnSums() / Train.Features.RowCount;
        Matrix<double> centred = Shifted(Train.Features, mean);
        Vector<double> deviation = centred.ColumnNorms(2) / Math.Sqrt(Train.Features.RowCount);
        return new(
            Train with
            {
                Features = Scaled(centred, deviation),
            },
            Validation with
            {
                Features = Scaled(Shifted(Validation.Features, mean), deviation),
            }
        );
    }

    private static Matrix<double> Shifted(Matrix<double> features, Vector<double> by) =>
        features.MapIndexed((_, column, value) => value - by[column]);

    private static Matrix<double> Scaled(Matrix<double> features, Vector<double> by) =>
        features.MapIndexed((_, column, value) => value / by[column]);
}
