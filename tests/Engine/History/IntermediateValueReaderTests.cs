using System.Text;
using FunctionTune.History;

namespace FunctionTune.Engine.Tests.History;

public sealed class IntermediateValueReaderTests
{
    [Theory]
    [InlineData("""{"step":3,"values":{"loss":0.5,"auc":0.75,"bad":NaN}}""")]
    [InlineData("""{"loss":0.5,"auc":0.75,"step":3.0,"phase":"train","bad":Infinity}""")]
    public void Values_stand_in_an_object_or_beside_the_step(string line)
    {
        IntermediateValue value = IntermediateValueReader.Read(Encoding.UTF8.GetBytes(line))!;

        Assert.Equal(3, value.Step);
        Assert.Equal([KeyValuePair.Create("auc", 0.75), KeyValuePair.Create("loss", 0.5)], value.Values);
    }

    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("""{"step":3,"values":{"lo""")]
    [InlineData("""{"step":3}""")]
    [InlineData("""{"step":-1,"loss":1}""")]
    [InlineData("""{"step":1.5,"loss":1}""")]
    [InlineData("""{"step":1e300,"loss":1}""")]
    [InlineData("""{"step":NaN,"loss":1}""")]
    [InlineData("""{"loss":1}""")]
    [InlineData("""{"step":1,"loss":"\ud800"}""")]
    public void What_is_no_report_is_nothing(string line)
    {
        Assert.Null(IntermediateValueReader.Read(Encoding.UTF8.GetBytes(line)));
    }
}
