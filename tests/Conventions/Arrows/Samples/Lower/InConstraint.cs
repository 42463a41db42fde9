using FunctionTune.Conventions.Tests.Arrows.Samples.Upper;

namespace FunctionTune.Conventions.Tests.Arrows.Samples.Lower;

internal interface InConstraint<T>
    where T : IComparable<Above>;
