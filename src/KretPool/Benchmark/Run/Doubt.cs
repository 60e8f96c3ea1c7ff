namespace KretPool.Benchmark.Run;

/// <summary>Something that makes a result doubtful.</summary>
/// <param name="Topic">What it is about; one sort of doubt has one topic, whatever the figure.</param>
/// <param name="Text">What was found, with the figure.</param>
/// <param name="Degree">How bad it is, to find the worst of a topic.</param>
internal sealed record Doubt(string Topic, string Text, double Degree = 0);
