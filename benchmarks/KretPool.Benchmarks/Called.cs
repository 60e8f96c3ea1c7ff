using System.Runtime.CompilerServices;

namespace KretPool.Benchmarks;

/// <summary>
/// A design behind calls, as where a program rents in one method and returns in another: nothing that the compiler finds
/// out for a rent, such as where the thread's fields are, is still known for the return.
/// </summary>
/// <typeparam name="TDesign">The design.</typeparam>
/// <param name="design">The design.</param>
internal readonly struct Called<TDesign>(TDesign design) : IDesign
    where TDesign : struct, IDesign
{
    /// <inheritdoc/>
    public void Prepare() => design.Prepare();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool TryRent(out Item item) => design.TryRent(out item);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Return(Item item) => design.Return(item);
}
