using System.Diagnostics.CodeAnalysis;
using KretPool.Pools;

namespace KretPool.Tests.Pools.Flagship;

/// <summary>Deques that are broken on purpose: the exploration is worth something because it finds them.</summary>
public class BrokenDequeTests
{
    [Fact]
    public void A_deque_without_a_fault_passes() => Explore(Fault.None);

    [Theory]
    [InlineData(Fault.LastWithoutSwap)]
    [InlineData(Fault.StealWithoutSwap)]
    [InlineData(Fault.TopBeforeBottom)]
    [InlineData(Fault.MissAtFirstLoss)]
    [InlineData(Fault.PutBack)]
    public void A_deque_with_a_fault_is_found_out(Fault fault) =>
        Assert.Throws<ScenarioException>(() => Explore(fault));

    // Thread 0 owns the deque; it is the first to use it.
    private static void Explore(Fault fault) =>
        new ExploredScenario(objects => new DequePool(objects, fault), 2, ["r p"], ["r r p", "r", "r"]).ExploreAll(2);

    /// <summary>What is wrong with a deque.</summary>
    public enum Fault
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>The owner takes the last object without a compare-and-swap.</summary>
        LastWithoutSwap,

        /// <summary>A thief moves top without a compare-and-swap.</summary>
        StealWithoutSwap,

        /// <summary>The owner reads top before it announces which object it takes.</summary>
        TopBeforeBottom,

        /// <summary>A thief that loses against another thinks that nothing is left.</summary>
        MissAtFirstLoss,

        /// <summary>The owner takes hold of an object, puts it back, and takes it again.</summary>
        PutBack,
    }

    // The deque of Chase and Lev for an owner and thieves, as short as it gets.
    private sealed class DequePool(ReadOnlyMemory<nint> objects, Fault fault) : IObjectPool<nint>
    {
        private readonly nint[] _slots = objects.ToArray();
        private Thread? _owner;
        private int _top;
        private int _bottom = objects.Length;

        public int Capacity => _slots.Length;

        public bool TryRent([MaybeNullWhen(false)] out nint item)
        {
            _owner ??= Thread.CurrentThread;
            return Thread.CurrentThread == _owner ? TryPop(out item) : TrySteal(out item);
        }

        public void Return(nint item)
        {
            Point();
            _slots[_bottom % _slots.Length] = item;
            Point();
            _bottom++;
        }

        public int Rent(Span<nint> items) => throw new NotSupportedException();

        public void Return(ReadOnlySpan<nint> items) => throw new NotSupportedException();

        private static void Point() => PreemptionPoint.Reach("broken deque");

        private bool TryPop(out nint item)
        {
            int early = _top;
            if (fault == Fault.TopBeforeBottom)
            {
                Point();
            }

            int bottom = --_bottom;
            if (fault == Fault.PutBack)
            {
                Point();
                _bottom++;
                Point();
                bottom = --_bottom;
            }

            Point();
            int top = fault == Fault.TopBeforeBottom ? early : _top;
            item = _slots[(bottom + _slots.Length) % _slots.Length];
            if (bottom > top)
            {
                return true;
            }

            Point();
            bool won = bottom == top
                && (fault == Fault.LastWithoutSwap || Interlocked.CompareExchange(ref _top, top + 1, top) == top);
            if (fault == Fault.LastWithoutSwap && won)
            {
                _top = top + 1;
            }

            _bottom = bottom + 1;
            return won;
        }

        private bool TrySteal(out nint item)
        {
            while (true)
            {
                int top = _top;
                Point();
                if (top >= _bottom)
                {
                    item = 0;
                    return false;
                }

                item = _slots[top % _slots.Length];
                Point();
                if (fault == Fault.StealWithoutSwap)
                {
                    _top = top + 1;
                    return true;
                }

                if (Interlocked.CompareExchange(ref _top, top + 1, top) == top)
                {
                    return true;
                }

                if (fault == Fault.MissAtFirstLoss)
                {
                    return false;
                }
            }
        }
    }
}
