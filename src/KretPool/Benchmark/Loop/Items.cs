using System.Runtime.InteropServices;

namespace KretPool.Benchmark.Loop;

/// <summary>
/// An object as the timed loop handles it: in a struct of its own. A generic method over a class shares its code with all
/// classes, and pays for it with look-ups; over a struct it is compiled for that struct alone.
/// </summary>
/// <typeparam name="TSelf">The struct.</typeparam>
/// <typeparam name="T">The object type.</typeparam>
internal interface IItem<TSelf, T>
    where TSelf : struct, IItem<TSelf, T>
{
    /// <summary>The object inside an item.</summary>
    static abstract ref T Open(ref TSelf item);

    /// <summary>The objects inside items.</summary>
    static abstract Span<T> Open(Span<TSelf> items);
}

/// <summary>A managed object.</summary>
internal struct ManagedItem : IItem<ManagedItem, BenchmarkObject>
{
    private BenchmarkObject _value;

    public static ref BenchmarkObject Open(ref ManagedItem item) => ref item._value;

    // A struct of one field is laid out as that field.
    public static Span<BenchmarkObject> Open(Span<ManagedItem> items) =>
        MemoryMarshal.CreateSpan(ref Open(ref MemoryMarshal.GetReference(items)), items.Length);
}

/// <summary>A block of native memory.</summary>
internal struct NativeItem : IItem<NativeItem, nint>
{
    private nint _value;

    public static ref nint Open(ref NativeItem item) => ref item._value;

    public static Span<nint> Open(Span<NativeItem> items) => MemoryMarshal.Cast<NativeItem, nint>(items);
}
