using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace KretPool.Pools.Peers;

/// <summary>A bounded <see cref="Channel{T}"/> as a pool: a ring behind a lock, which readers could also await.</summary>
/// <remarks>
/// Good at: waiting without a thread for an object that is out (this pool does not use it, a rent never waits). Bad at:
/// anything that is hot, since each rent and each return takes the lock.
/// </remarks>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
[PoolKind(
    "Channel",
    Family = PoolFamily.Peer,
    Progress = PoolProgress.Blocking,
    AbaAvoidance = "lock",
    Order = PoolOrder.Fifo,
    BytesPerObject = 8,
    Description = "A bounded System.Threading.Channels channel: a ring behind a lock.")]
public sealed class ChannelPool<T> : PoolBase<T>
{
    private readonly Channel<T> _channel;

    /// <summary>Makes a pool of the given objects.</summary>
    /// <param name="options">What the pool is built from.</param>
    public ChannelPool(PoolOptions<T> options)
        : base(options)
    {
        _channel = Channel.CreateBounded<T>(Capacity);
        foreach (T item in MemoryMarshal.ToEnumerable(options.Objects))
        {
            Return(item);
        }
    }

    /// <inheritdoc/>
    public override bool TryRent([MaybeNullWhen(false)] out T item) => _channel.Reader.TryRead(out item);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">More objects were returned than the pool has.</exception>
    public override void Return(T item)
    {
        if (!_channel.Writer.TryWrite(item))
        {
            throw new InvalidOperationException($"All {Capacity} objects of the pool are in it already.");
        }
    }
}
