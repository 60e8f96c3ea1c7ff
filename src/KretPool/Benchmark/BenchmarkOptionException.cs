namespace KretPool.Benchmark;

/// <summary>An option of a benchmark cannot be met. The message names the value and what would do instead.</summary>
public sealed class BenchmarkOptionException : ArgumentException
{
    /// <summary>Reports an option.</summary>
    /// <param name="option">The option, by the name of the cmdlet's parameter.</param>
    /// <param name="value">The value that cannot be met.</param>
    /// <param name="message">What is wrong and what would be right.</param>
    /// <param name="innerException">What it follows from, if anything.</param>
    public BenchmarkOptionException(string option, object? value, string message, Exception? innerException = null)
        : base(message, innerException) => (Option, Value) = (option, value);

    /// <summary>The option, by the name of the cmdlet's parameter.</summary>
    public string Option { get; }

    /// <summary>The value that cannot be met.</summary>
    public object? Value { get; }
}
