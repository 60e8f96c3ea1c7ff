using KretPool.Pools;

namespace KretPool.Tests.Pools.Flagship;

/// <summary>
/// Runs real threads one at a time. At every <see cref="PreemptionPoint"/> that the running thread reaches, a schedule
/// says which thread goes on.
/// </summary>
/// <remarks>
/// So a run is decided by the schedule alone and can be repeated. It shows every order of what happens between points,
/// but not what a processor's store buffer adds; that is for the models in <c>tests/models</c>.
/// </remarks>
internal sealed class ControlledScheduler : IDisposable
{
    // Threads that wait for nobody end long before; so many points mean that one waits for another.
    private const int PointLimit = 5000;

    private readonly Thread[] _threads;
    private readonly SemaphoreSlim[] _turns;
    private readonly SemaphoreSlim _end = new(0);
    private readonly List<int> _running = [];
    private Action<int>? _body;
    private ISchedule? _schedule;
    private Exception? _failure;
    private int _points;

    /// <summary>Starts the threads, which live until the scheduler is disposed.</summary>
    /// <param name="threadCount">How many.</param>
    public ControlledScheduler(int threadCount)
    {
        _turns = [.. Enumerable.Range(0, threadCount).Select(_ => new SemaphoreSlim(0))];
        _threads = [.. Enumerable.Range(0, threadCount).Select(number => new Thread(() => Work(number)) { IsBackground = true })];
        foreach (Thread thread in _threads)
        {
            thread.Start();
        }
    }

    /// <summary>Runs a body on every thread, until all have ended.</summary>
    /// <param name="body">The body; it gets the number of the thread, from 0.</param>
    /// <param name="schedule">Which thread goes on.</param>
    /// <exception cref="Exception">The first that a body threw.</exception>
    public void Run(Action<int> body, ISchedule schedule)
    {
        (_body, _schedule, _failure, _points) = (body, schedule, null, 0);
        _running.Clear();
        _running.AddRange(Enumerable.Range(0, _threads.Length));
        _turns[_running[schedule.Choose(_running.Count, mayStay: false)]].Release();
        _end.Wait();
        if (_failure is not null)
        {
            throw _failure;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _body = null;
        foreach (var (thread, turn) in _threads.Zip(_turns))
        {
            turn.Release();
            thread.Join();
            turn.Dispose();
        }

        _end.Dispose();
    }

    private void Work(int number)
    {
        while (true)
        {
            _turns[number].Wait();
            if (_body is not { } body)
            {
                return;
            }

            PreemptionPoint.OnThisThread = _ =>
            {
                ReachPoint(number);
                return true;
            };
            try
            {
                body(number);
            }
            catch (Exception e)
            {
                _failure ??= e;
            }

            PreemptionPoint.OnThisThread = null;
            _running.Remove(number);
            if (_running.Count == 0)
            {
                _end.Release();
            }
            else
            {
                _turns[_running[_schedule!.Choose(_running.Count, mayStay: false)]].Release();
            }
        }
    }

    private void ReachPoint(int number)
    {
        if (_failure is null && ++_points > PointLimit)
        {
            _failure = new TimeoutException($"after {PointLimit} points the threads have not ended");
        }

        if (_failure is not null)
        {
            throw _failure; // The others end too, at their next points.
        }

        // The running thread first, so that choice 0 is to stay.
        _running.Remove(number);
        _running.Insert(0, number);
        int next = _running[_schedule!.Choose(_running.Count, mayStay: true)];
        if (next != number)
        {
            _turns[next].Release();
            _turns[number].Wait();
        }
    }
}

/// <summary>Chooses which thread goes on.</summary>
internal interface ISchedule
{
    /// <summary>Chooses a thread.</summary>
    /// <param name="count">Between how many.</param>
    /// <param name="mayStay">Whether the first of them is the one that runs now, so that another one preempts it.</param>
    /// <returns>The number of the thread among them, from 0.</returns>
    int Choose(int count, bool mayStay);
}

/// <summary>Lets each thread run to its end before the next.</summary>
internal sealed class OneAfterTheOther : ISchedule
{
    public int Choose(int count, bool mayStay) => 0;
}

/// <summary>Preempts at random.</summary>
/// <param name="seed">Where the random choices start.</param>
internal sealed class RandomSchedule(int seed) : ISchedule
{
    private readonly Random _random = new(seed);

    // Long runs without preemption and bursts of them, both: a new tendency for each schedule.
    private readonly double _tendency = new Random(seed ^ 0x5DEECE6).NextDouble();

    public int Choose(int count, bool mayStay) =>
        mayStay && (count == 1 || _random.NextDouble() > _tendency) ? 0 : _random.Next(mayStay ? 1 : 0, count);
}

/// <summary>
/// Every schedule with up to a number of preemptions, one after the other. Most concurrency errors need only one or two
/// (Musuvathi and Qadeer, "Iterative Context Bounding for Systematic Testing of Multithreaded Programs", PLDI 2007).
/// </summary>
/// <param name="preemptionLimit">The most preemptions in a schedule; a thread that ends is none.</param>
internal sealed class ExhaustiveSchedule(int preemptionLimit) : ISchedule
{
    private readonly List<(int Choice, int Count)> _trail = [];
    private int _depth;
    private int _preemptions;

    public int Choose(int count, bool mayStay)
    {
        if (_depth == _trail.Count)
        {
            _trail.Add((0, mayStay && _preemptions == preemptionLimit ? 1 : count));
        }

        int choice = _trail[_depth++].Choice;
        if (mayStay && choice != 0)
        {
            _preemptions++;
        }

        return choice;
    }

    /// <summary>Goes on to the next schedule, for the next run.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryAdvance()
    {
        (_depth, _preemptions) = (0, 0);
        while (_trail.Count > 0 && _trail[^1].Choice + 1 == _trail[^1].Count)
        {
            _trail.RemoveAt(_trail.Count - 1);
        }

        if (_trail.Count == 0)
        {
            return false;
        }

        _trail[^1] = (_trail[^1].Choice + 1, _trail[^1].Count);
        return true;
    }
}
