using KretPool.Pools;

namespace KretPool.Tests.Pools.Flagship;

/// <summary>
/// A few threads and what each does to a small pool, run under many schedules. After each run the history must be
/// explicable, and every object must be there.
/// </summary>
/// <remarks>
/// A script is a row of steps with spaces between: <c>r</c> rents one object, <c>r3</c> three in bulk, <c>p</c> returns
/// the one that the thread has held longest, <c>p3</c> up to three in bulk, <c>&gt;</c> hands one over to whoever takes
/// it with <c>&lt;</c>. A step that finds nothing to work on does nothing.
/// </remarks>
/// <param name="make">Makes the pool of the given objects, the numbers from 0 as addresses.</param>
/// <param name="capacity">How many objects.</param>
/// <param name="setup">A script for each thread, run one after the other before the schedule starts.</param>
/// <param name="scripts">A script for each thread.</param>
internal sealed class ExploredScenario(
    Func<ReadOnlyMemory<nint>, IObjectPool<nint>> make, int capacity, string[] setup, string[] scripts)
{
    /// <summary>Runs every schedule with up to a number of preemptions.</summary>
    /// <param name="preemptionLimit">The most preemptions.</param>
    /// <returns>How many schedules there were.</returns>
    public int ExploreAll(int preemptionLimit)
    {
        using var scheduler = new ControlledScheduler(scripts.Length);
        var schedule = new ExhaustiveSchedule(preemptionLimit);
        int count = 0;
        do
        {
            Run(scheduler, schedule, $"schedule {++count} of those with {preemptionLimit} preemptions");
        }
        while (schedule.TryAdvance());
        return count;
    }

    /// <summary>Runs random schedules.</summary>
    /// <param name="count">How many.</param>
    public void ExploreAtRandom(int count)
    {
        using var scheduler = new ControlledScheduler(scripts.Length);
        for (int seed = 0; seed < count; seed++)
        {
            Run(scheduler, new RandomSchedule(seed), $"random schedule {seed}");
        }
    }

    private void Run(ControlledScheduler scheduler, ISchedule schedule, string name)
    {
        IObjectPool<nint> pool = make(Enumerable.Range(0, capacity).Select(number => (nint)number).ToArray());
        var history = new PoolHistory(capacity);
        var handedOver = new Queue<nint>();
        Actor[] actors = [.. scripts.Select((_, number) => new Actor(number, pool, history, handedOver))];
        try
        {
            scheduler.Run(number => actors[number].Play(setup.ElementAtOrDefault(number) ?? ""), new OneAfterTheOther());
            scheduler.Run(number => actors[number].Play(scripts[number]), schedule);
            scheduler.Run(number => actors[number].ReturnAll(), new OneAfterTheOther());

            // The last thread to look, so that most is in others' caches.
            scheduler.Run(number => actors[number].DrainIf(number == 0, capacity), new OneAfterTheOther());
        }
        catch (Exception e)
        {
            throw new ScenarioException($"{name}: {e.Message}\n{history}", e);
        }
        finally
        {
            (pool as IDisposable)?.Dispose();
        }

        if (!history.IsLinearizable())
        {
            throw new ScenarioException($"{name}: no bag of objects behaves like this:\n{history}", null);
        }
    }

    private sealed class Actor(int number, IObjectPool<nint> pool, PoolHistory history, Queue<nint> handedOver)
    {
        private readonly Queue<nint> _held = new();

        public void Play(string script)
        {
            foreach (string step in script.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                int count = step.Length > 1 ? step[1] - '0' : 1;
                Action play = step[0] switch
                {
                    'r' => step.Length > 1 ? () => RentInBulk(count) : Rent,
                    'p' => step.Length > 1 ? () => ReturnInBulk(count) : Return,
                    '>' => () => Move(_held, handedOver),
                    '<' => () => Move(handedOver, _held),
                    _ => throw new ArgumentException($"'{step}' is no step."),
                };
                play();
            }
        }

        public void ReturnAll()
        {
            while (_held.Count > 0 || handedOver.Count > 0)
            {
                Move(handedOver, _held);
                Return();
            }
        }

        public void DrainIf(bool drain, int capacity)
        {
            if (drain)
            {
                for (int i = 0; i <= capacity; i++)
                {
                    Rent();
                }

                Assert.Equal(capacity, _held.Count);
            }
        }

        private static void Move(Queue<nint> from, Queue<nint> to)
        {
            if (from.TryDequeue(out nint item))
            {
                to.Enqueue(item);
            }
        }

        private void Rent()
        {
            int called = history.Call();
            bool hit = pool.TryRent(out nint item);
            history.EndRent(number, called, hit ? (int)item : null);
            if (hit)
            {
                _held.Enqueue(item);
            }
        }

        // A bulk is as many single rents at once, the last of which may miss.
        private void RentInBulk(int count)
        {
            int called = history.Call();
            var items = new nint[count];
            int taken = pool.Rent(items);
            foreach (nint item in items[..taken])
            {
                history.EndRent(number, called, (int)item);
                _held.Enqueue(item);
            }

            if (taken < count)
            {
                history.EndRent(number, called, null);
            }
        }

        private void Return()
        {
            if (_held.TryDequeue(out nint item))
            {
                int called = history.Call();
                pool.Return(item);
                history.EndReturn(number, called, (int)item);
            }
        }

        private void ReturnInBulk(int count)
        {
            nint[] items = [.. Enumerable.Range(0, Math.Min(count, _held.Count)).Select(_ => _held.Dequeue())];
            int called = history.Call();
            pool.Return(items);
            foreach (nint item in items)
            {
                history.EndReturn(number, called, (int)item);
            }
        }
    }
}

/// <summary>A schedule under which a pool breaks a promise.</summary>
/// <param name="message">The schedule and the history.</param>
/// <param name="inner">What a thread threw, if one did.</param>
internal sealed class ScenarioException(string message, Exception? inner) : Exception(message, inner);
