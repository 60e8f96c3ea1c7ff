using System.Runtime.CompilerServices;
using KretPool.Pools.Flagship;

namespace KretPool.Pools;

// How a rent can be sure that nothing is free, at the cost of two loads while nothing changes.
//
// While there is plenty, returns leave no trace that a renter could wait for: that is what makes them fast. So a renter
// that finds nothing declares a shortage (BeginShortage gives _shortage a number), and from then on a return
// takes its object back out of the magazine and puts it into a loose slot before it ends.
//
// Claim 1, TryCertifyEmpty. It declares, executes a process-wide barrier, and looks into every magazine, whoever owns it.
// Let B be the barrier as the thread of a certain return executes it. A return pushes first and reads _shortage after. If it
// pushed before B, then the look finds its object, or the object was taken. If it pushed after B, it reads _shortage after B,
// sees the shortage, and ends only after its object is in a loose slot, or was taken. An object stays in its magazine until
// it is rented: whole magazines change hands, and nobody who has taken hold of an object puts it back. So if the look finds
// all magazines empty, then at its end and until the shortage does, an object in a magazine is there by a return that has
// not ended. (A look before the barrier only saves the barrier where it can.)
//
// Claim 2, the loose slots. A certifier announces the stamp that it certifies (_watched, only ever raised), executes a
// full fence, looks into every slot, and then checks that the stamp is what it was. A return fills a slot, executes a full
// fence, and raises the stamp if the watched stamp is the present one. Of the two fences one comes first: either the
// certifier looks after the slot was filled, and finds the object or finds that somebody took it; or the return sees the
// announcement and raises the stamp before it ends, and then the certifier fails, or had ended before the return did. So
// when the certifier finds all slots empty and the stamp unchanged, there was a moment, that of the check, at which every
// object was rented or in the hands of a return that had not ended.
//
// From then on, while the stamp stays and the shortage lasts, no return has ended: the next rent misses after four reads.
// It reads _shortage first; at that moment nothing was free. Each shortage has a number of its own, and a certificate counts
// only with that of its magazines, so what happened between two shortages cannot be overlooked.
//
// A certifier that finds an object in a magazine steals it, also from one that a thread which was stopped holds between a
// stack and its cache. So it waits for nobody, and it starts again only after others have returned or rented.
public sealed partial class KretPool<T>
{
    private Padded<long> _stamp;
    private long _watched = -1;
    private long _certified = -1;
    private long _emptyMagazines; // The shortage (the value of _shortage) in which claim 1 was established.
    private long _shortages;

    private bool IsCertifiedEmpty(long shortage) =>
        Volatile.Read(ref _emptyMagazines) == shortage
        && Volatile.Read(ref _certified) == Volatile.Read(ref _stamp.Value);

    private void BeginShortage() =>
        Interlocked.CompareExchange(ref _shortage, Interlocked.Increment(ref _shortages), 0);

    private void EndShortage(long shortage) => Interlocked.CompareExchange(ref _shortage, 0, shortage);

    // Comes after the full fence of LooseSlots.TryPut.
    private void InvalidateCertificate()
    {
        PreemptionPoint.Reach("loose slots: published, certificate not looked at");
        if (Volatile.Read(ref _watched) == Volatile.Read(ref _stamp.Value))
        {
            Interlocked.Increment(ref _stamp.Value);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryCertifyEmpty(long shortage, out Magazine<T>? stray)
    {
        stray = null;
        long stamp = Volatile.Read(ref _stamp.Value);
        Watch(stamp);
        if (Volatile.Read(ref _emptyMagazines) != shortage)
        {
            if (!AreMagazinesEmpty(out stray))
            {
                return false;
            }

            PreemptionPoint.Reach("certifying: magazines looked into once");
            Interlocked.MemoryBarrierProcessWide();
            if (!AreMagazinesEmpty(out stray))
            {
                return false;
            }
        }

        PreemptionPoint.Reach("certifying: slots not looked into");
        foreach (LooseSlots<T> slots in _loose)
        {
            if (!slots.IsEmpty)
            {
                return false;
            }
        }

        PreemptionPoint.Reach("certifying: stamp not checked");
        if (Volatile.Read(ref _shortage) != shortage || Volatile.Read(ref _stamp.Value) != stamp)
        {
            return false;
        }

        Volatile.Write(ref _emptyMagazines, shortage);
        Volatile.Write(ref _certified, stamp);
        return true;
    }

    private void Watch(long stamp)
    {
        long watched = Volatile.Read(ref _watched);
        while (watched < stamp)
        {
            long seen = Interlocked.CompareExchange(ref _watched, stamp, watched);
            if (seen == watched)
            {
                break;
            }

            watched = seen;
        }

        Interlocked.MemoryBarrier();
    }

    private bool AreMagazinesEmpty(out Magazine<T>? stray)
    {
        foreach (Magazine<T>? magazine in Volatile.Read(ref _magazines))
        {
            if (magazine?.Count > 0)
            {
                stray = magazine;
                return false;
            }
        }

        stray = null;
        return true;
    }
}
