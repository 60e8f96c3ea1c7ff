namespace KretPool.Benchmark.Holds;

/// <summary>Sleeps.</summary>
/// <param name="sleeper">Sleeps for it, and is disposed with it.</param>
/// <param name="time">How long.</param>
/// <param name="cancel">Cuts a long sleep short.</param>
internal readonly struct SleepHold(Sleeper sleeper, TimeSpan time, CancellationToken cancel) : IHold
{
    private readonly Func<bool> _isOver = () => cancel.IsCancellationRequested;

    /// <inheritdoc/>
    public int TurnsPerCheck => 1;

    /// <inheritdoc/>
    public void Pass() => sleeper.Sleep(time, _isOver);

    /// <inheritdoc/>
    public void Dispose() => sleeper.Dispose();
}
