namespace KretPool.Tests.Pools.Flagship;

/// <summary>A thread that does something and then blocks until it is disposed.</summary>
internal sealed class ParkedThread : IDisposable
{
    private readonly ManualResetEventSlim _leave = new();
    private readonly Thread _thread;

    /// <summary>Starts the thread and waits until it has done it.</summary>
    /// <param name="action">What it does.</param>
    public ParkedThread(Action action)
    {
        using var done = new ManualResetEventSlim();
        Exception? failure = null;
        _thread = new Thread(() =>
        {
            failure = Record.Exception(action);
            done.Set();
            _leave.Wait();
        })
        { IsBackground = true };
        _thread.Start();
        done.Wait();
        if (failure is not null)
        {
            Dispose();
            throw failure;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _leave.Set();
        _thread.Join();
        _leave.Dispose();
    }
}
