using System.Runtime.ExceptionServices;
using KretPool.Placement;
using KretPool.Topology;

namespace KretPool.Benchmark.Loop;

/// <summary>
/// Dedicated threads, each pinned to its CPUs for as long as it lives. They sleep between jobs. Affinity ends with the
/// threads; no other thread's is touched.
/// </summary>
internal sealed class WorkerCrew : IDisposable
{
    private readonly Worker[] _workers;
    private readonly ManualResetEventSlim _idle = new(initialState: true);
    private Action<int>? _job;
    private ExceptionDispatchInfo? _failure;
    private int _busy;

    /// <summary>Starts the threads and waits until each has been pinned, or has found that it cannot be.</summary>
    /// <param name="cpus">The CPUs of each thread; null for one that is not to be pinned.</param>
    public WorkerCrew(IReadOnlyList<CpuSet?> cpus)
    {
        _workers = [.. cpus.Select((set, index) => new Worker(this, index, set))];
        Start(_ => { });
        _idle.Wait();
    }

    /// <summary>How many threads there are.</summary>
    public int Count => _workers.Length;

    /// <summary>Set while no thread has work.</summary>
    public WaitHandle Idle => _idle.WaitHandle;

    /// <summary>What became of the pinning of each thread; null for one that was not to be pinned.</summary>
    public IReadOnlyList<ThreadAffinity?> Affinities => [.. _workers.Select(worker => worker.Affinity)];

    /// <summary>Gives every thread the same job. All must be idle.</summary>
    /// <param name="job">Called on each thread with its number.</param>
    public void Start(Action<int> job)
    {
        _failure = null;
        _job = job;
        _busy = _workers.Length;
        _idle.Reset();
        foreach (var worker in _workers)
        {
            worker.Wake();
        }
    }

    /// <summary>Waits until every thread is through with its job.</summary>
    /// <param name="patience">How long to wait.</param>
    /// <param name="patienceOnCancel">How much longer to wait once it is cancelled.</param>
    /// <param name="cancel">Shortens the wait.</param>
    /// <returns>Whether they are.</returns>
    /// <exception cref="Exception">The first that a thread's job threw.</exception>
    public bool Finish(TimeSpan patience, TimeSpan patienceOnCancel, CancellationToken cancel)
    {
        int first = WaitHandle.WaitAny([_idle.WaitHandle, cancel.WaitHandle], patience);
        if (first == WaitHandle.WaitTimeout || (first == 1 && !_idle.Wait(patienceOnCancel, CancellationToken.None)))
        {
            return false;
        }

        _failure?.Throw();
        return true;
    }

    /// <summary>Ends the threads. One that does not come back from its job is left behind: it ends with the process.</summary>
    public void Dispose()
    {
        if (!_idle.IsSet)
        {
            return;
        }

        _job = null;
        foreach (var worker in _workers)
        {
            worker.Wake();
        }

        foreach (var worker in _workers)
        {
            worker.Dispose();
        }

        _idle.Dispose();
    }

    private void Perform(int index)
    {
        try
        {
            _job!(index);
        }
#pragma warning disable CA1031 // What a job throws belongs to whoever gave it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
        }

        if (Interlocked.Decrement(ref _busy) == 0)
        {
            _idle.Set();
        }
    }

    private sealed class Worker : IDisposable
    {
        private readonly WorkerCrew _crew;
        private readonly int _index;
        private readonly CpuSet? _cpus;
        private readonly SemaphoreSlim _work = new(0);
        private readonly Thread _thread;

        public Worker(WorkerCrew crew, int index, CpuSet? cpus)
        {
            (_crew, _index, _cpus) = (crew, index, cpus);
            _thread = new Thread(Live) { IsBackground = true, Name = $"KretPool worker {index}" };
            _thread.Start();
        }

        public ThreadAffinity? Affinity { get; private set; }

        public void Wake() => _work.Release();

        public void Dispose()
        {
            _thread.Join();
            _work.Dispose();
        }

        private void Live()
        {
            using var affinity = _cpus is null ? null : ThreadAffinity.Pin(_cpus);
            Affinity = affinity;
            for (_work.Wait(); _crew._job is not null; _work.Wait())
            {
                _crew.Perform(_index);
            }
        }
    }
}
