namespace KretPool.Benchmark.Holds;

/// <summary>Sleeps.</summary>
/// <param name="time">How long.</param>
/// <param name="cancel">Cuts a long sleep short.</param>
internal readonly struct SleepHold(TimeSpan time, CancellationToken cancel) : IHold
{
    private readonly Sleeper _sleeper = new();
    private readonly Func<bool> _isOver = () => cancel.IsCancellationRequested;

    /// <inheritdoc/>
    public int TurnsPerCheck => 1;

    /// <inheritdoc/>
    public void Pass() => _sleeper.Sleep(time, _isOver);

    /// <inheritdoc/>
    public void Dispose() => _sleeper.Dispose();
}
