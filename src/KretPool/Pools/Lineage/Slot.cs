using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace KretPool.Pools.Lineage;

/// <summary>
/// Room for one object: empty, or the object itself. Arrays of slots do not check the types of what they are given, as
/// arrays of references do.
/// </summary>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
internal struct Slot<T>
{
    /// <summary>The object; the default value if there is none.</summary>
    public T Item;
}

/// <summary>Taking an object out of a slot, and putting one in, by compare-and-swap.</summary>
/// <remarks>
/// A slot holds nothing but the object, so there is no ABA: an object that left and came back is the one to take.
/// The first, plain look only avoids a swap that would fail; the swap decides, and its full fence orders what threads do
/// with the object before they return it and after they rent it.
/// </remarks>
internal static class SlotExchange
{
    /// <summary>Takes the object out of a slot.</summary>
    /// <typeparam name="T">A reference type, or <see cref="nint"/>.</typeparam>
    /// <param name="slot">The slot.</param>
    /// <param name="item">The object.</param>
    /// <returns>Whether there was one, and no other thread was faster.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryTake<T>(ref T slot, [MaybeNullWhen(false)] out T item)
    {
        T seen = slot;
        bool taken = !IsEmpty(seen) && Same(CompareExchange(ref slot, default!, seen), seen);
        item = taken ? seen : default;
        return taken;
    }

    /// <summary>Puts an object into a slot.</summary>
    /// <typeparam name="T">A reference type, or <see cref="nint"/>.</typeparam>
    /// <param name="slot">The slot.</param>
    /// <param name="item">The object.</param>
    /// <returns>Whether the slot was empty, and no other thread was faster.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryPut<T>(ref T slot, T item) =>
        IsEmpty(slot) && IsEmpty(CompareExchange(ref slot, item, default!));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsEmpty<T>(T item) => Same(item, default!);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Same<T>(T a, T b) =>
        typeof(T).IsValueType ? EqualityComparer<T>.Default.Equals(a, b) : ReferenceEquals(a, b);

    // Interlocked.CompareExchange<T> decides at run time for a reference type; this is settled when it is compiled.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T CompareExchange<T>(ref T slot, T value, T comparand)
    {
        if (typeof(T).IsValueType)
        {
            return Interlocked.CompareExchange(ref slot, value, comparand);
        }

        object? seen = Interlocked.CompareExchange(ref Unsafe.As<T, object?>(ref slot), value, comparand);
        return Unsafe.As<object?, T>(ref seen);
    }
}
