/* Why a miss is certain: src/KretPool/Pools/Flagship/KretPool.Shortage.cs.
 *
 * A few threads rent and return objects. Every thread has a magazine of one object. Plain stores go through the thread's
 * store buffer, first in, first out, that drains whenever it likes (x86, total store order); compare-and-swaps and fences
 * drain it first. The process-wide barrier drains the buffers of all threads, one after the other, each at an instant of
 * its own. Taking an object out of a magazine is one step here; magazine.pml shows that it may be thought of so.
 *
 * Checked: a rent misses only if at some moment between its call and its end no object was free. An object is free from
 * the end of its return until it is taken. And nobody takes an object that is out.
 *
 * Variants that must fail: -DNO_BARRIER (a certifier executes no process-wide barrier), -DNO_STAMP (a return does not
 * raise the stamp), -DNO_FENCE (a return executes no fence between filling a loose slot and looking for a certifier),
 * -DNO_NUMBERS (all shortages have the same number).
 */
#ifndef THREADS
#define THREADS 2
#endif
#ifndef OBJECTS
#define OBJECTS 1
#endif
#ifndef ROUNDS
#define ROUNDS 2
#endif
#ifndef LOOSE_SLOTS
#define LOOSE_SLOTS 1
#endif
#define BUFFER 3

#define MAGAZINE(thread) (thread)
#define LOOSE(slot) (THREADS + (slot))
#define EMPTY_MAGAZINES (THREADS + LOOSE_SLOTS)
#define CERTIFIED (EMPTY_MAGAZINES + 1)
#define BUSY 100 /* a loose slot that somebody is filling */
#define NEVER 200
#define NOBODY 9

/* Magazines and loose slots hold the number of an object from 1; 0 is none. */
byte memory[CERTIFIED + 1];
byte shortage, shortages;
byte stamp;
byte watched = NEVER;

typedef StoreBuffer {
    byte address[BUFFER];
    byte value[BUFFER];
    byte count
}
StoreBuffer buffers[THREADS];

/* What the pool should be: who is returning an object, and which are free. */
byte returning[OBJECTS + 1] = NOBODY;
bool free[OBJECTS + 1];
byte free_count = 0;
bool was_empty[THREADS]; /* at some moment since the thread called rent */

inline note_empty()
{
    if
    :: free_count == 0 ->
        w = 0;
        do
        :: w < THREADS -> was_empty[w] = true; w++
        :: else -> break
        od;
        w = 0
    :: else
    fi
}

inline take(object)
{
    assert(free[object] || returning[object] != NOBODY);
    if
    :: free[object] -> free[object] = false; free_count--; note_empty()
    :: else -> returning[object] = NOBODY
    fi
}

inline drain_one(thread)
{
    memory[buffers[thread].address[0]] = buffers[thread].value[0];
    buffers[thread].address[0] = buffers[thread].address[1];
    buffers[thread].value[0] = buffers[thread].value[1];
    buffers[thread].address[1] = buffers[thread].address[2];
    buffers[thread].value[1] = buffers[thread].value[2];
    buffers[thread].address[2] = 0;
    buffers[thread].value[2] = 0;
    buffers[thread].count--
}

inline drain(thread)
{
    do
    :: buffers[thread].count > 0 -> drain_one(thread)
    :: else -> break
    od
}

inline store(where, what)
{
    atomic {
        buffers[me].count < BUFFER;
        buffers[me].address[buffers[me].count] = where;
        buffers[me].value[buffers[me].count] = what;
        buffers[me].count++
    }
}

/* The newest of the thread's own stores that has not drained, else memory. */
inline load(where, result)
{
    if
    :: buffers[me].count > 2 && buffers[me].address[2] == where -> result = buffers[me].value[2]
    :: else ->
        if
        :: buffers[me].count > 1 && buffers[me].address[1] == where -> result = buffers[me].value[1]
        :: else ->
            if
            :: buffers[me].count > 0 && buffers[me].address[0] == where -> result = buffers[me].value[0]
            :: else -> result = memory[where]
            fi
        fi
    fi
}

/* Takes the object from a magazine or a loose slot by compare-and-swap, if there is one. */
inline take_from(where)
{
    d_step {
        load(where, seen);
        if
        :: seen != 0 && seen != BUSY ->
            drain(me);
            if
            :: memory[where] == seen -> memory[where] = 0; take(seen); held = seen
            :: else
            fi
        :: else
        fi;
        seen = 0
    }
}

inline end_shortage(number)
{
    d_step {
        drain(me);
        if
        :: shortage == number -> shortage = 0
        :: else
        fi
    }
}

inline begin_shortage()
{
    d_step {
        drain(me);
#ifdef NO_NUMBERS
        shortages = 1;
#else
        shortages++;
#endif
        if
        :: shortage == 0 -> shortage = shortages
        :: else
        fi
    }
}

/* Leaves ok true if all magazines and loose slots were seen empty and the stamp did not change. */
inline certify()
{
    d_step {
        my_stamp = stamp
    }
    d_step {
        drain(me);
        if
        :: watched == NEVER || watched < my_stamp -> watched = my_stamp
        :: else
        fi
    }
    d_step {
        load(EMPTY_MAGAZINES, seen);
        ok = true
    }
    if
    :: seen != my_shortage ->
#ifndef NO_BARRIER
        other = 0;
        do
        :: other < THREADS -> d_step { drain(other); other++ }
        :: else -> break
        od;
#endif
        other = 0;
        do
        :: other < THREADS && held == 0 && ok ->
            d_step {
                load(MAGAZINE(other), seen);
                ok = (seen == 0)
            }
            if
            :: !ok -> take_from(MAGAZINE(other))
            :: else
            fi;
            other++
        :: else -> break
        od;
        other = 0
    :: else
    fi;
    if
    :: ok ->
        other = 0;
        do
        :: other < LOOSE_SLOTS && ok ->
            d_step {
                load(LOOSE(other), seen);
                ok = (seen == 0 || seen == BUSY);
                other++
            }
        :: else -> break
        od;
        other = 0;
        d_step { ok = ok && shortage == my_shortage }
        d_step { ok = ok && stamp == my_stamp }
    :: else
    fi;
    seen = 0;
    if
    :: ok -> store(EMPTY_MAGAZINES, my_shortage); store(CERTIFIED, my_stamp)
    :: else
    fi
}

inline rent()
{
    d_step { was_empty[me] = (free_count == 0) }
    do
    :: held != 0 || missed -> break
    :: else ->
        take_from(MAGAZINE(me));
        my_shortage = shortage;
        if
        :: held == 0 && my_shortage != 0 ->
            d_step { load(EMPTY_MAGAZINES, seen); ok = (seen == my_shortage) }
            d_step { load(CERTIFIED, seen) }
            d_step { ok = ok && seen == stamp; missed = ok; seen = 0; ok = false }
        :: else
        fi;
        if
        :: held == 0 && !missed ->
            other = 0;
            do
            :: other < LOOSE_SLOTS && held == 0 -> take_from(LOOSE(other)); other++
            :: else -> break
            od;
            other = 0;
            if
            :: held != 0 && my_shortage != 0 -> end_shortage(my_shortage) /* enough loose ones in a row */
            :: true
            fi;
            do
            :: other < THREADS && held == 0 ->
                if
                :: other != me -> take_from(MAGAZINE(other))
                :: else
                fi;
                other++
            :: else -> break
            od;
            other = 0
        :: else
        fi;
        if
        :: held == 0 && !missed ->
            if
            :: my_shortage == 0 -> begin_shortage()
            :: else ->
                certify();
                missed = ok
            fi
        :: else
        fi;
        d_step { ok = false; my_stamp = 0; my_shortage = 0 }
    od;
    skip;
    d_step {
        assert(!missed || was_empty[me]);
        was_empty[me] = false;
        missed = false
    }
}

inline give_back()
{
    d_step { object = held; held = 0; returning[object] = me }
    do
    :: true ->
        store(MAGAZINE(me), object);
        my_shortage = shortage;
        if
        :: my_shortage == 0 -> break
        :: else
        fi;
        /* GiveUp */
        d_step {
            drain(me);
            ok = (memory[MAGAZINE(me)] == object);
            if
            :: ok -> memory[MAGAZINE(me)] = 0
            :: else
            fi
        }
        if
        :: !ok -> break /* a thief was faster */
        :: else
        fi;
        d_step {
            drain(me);
            ok = false;
            other = 0;
            do
            :: other < LOOSE_SLOTS && memory[LOOSE(other)] != 0 -> other++
            :: else -> break
            od;
            if
            :: other < LOOSE_SLOTS -> ok = true; memory[LOOSE(other)] = BUSY
            :: else
            fi
        }
        if
        :: ok ->
            store(LOOSE(other), object);
            other = 0;
#ifndef NO_FENCE
            d_step { drain(me) }
#endif
#ifndef NO_STAMP
            d_step { seen = watched }
            d_step { ok = (seen == stamp); seen = 0 }
            if
            :: ok -> d_step { drain(me); stamp++ }
            :: else
            fi;
#endif
            skip;
            break
        :: else ->
            other = 0;
            end_shortage(my_shortage)
        fi
    od;
    skip;
    d_step {
        if
        :: returning[object] == me -> returning[object] = NOBODY; free[object] = true; free_count++
        :: else
        fi;
        object = 0;
        ok = false;
        my_shortage = 0
    }
}

proctype thread(byte me)
{
    byte held, object, round, my_shortage, my_stamp, seen, other, w;
    bool ok, missed;

    held = (me < OBJECTS -> me + 1 : 0);
    do
    :: round < ROUNDS ->
        if
        :: held != 0 -> give_back()
        :: else
        fi;
        rent();
        round++
    :: else -> break
    od
}

/* The store buffers drain by themselves at any time. */
proctype hardware(byte me)
{
end:
    do
    :: d_step { buffers[me].count > 0 -> drain_one(me) }
    od
}

init
{
    byte number;

    atomic {
        memory[EMPTY_MAGAZINES] = NEVER;
        memory[CERTIFIED] = NEVER;
        do
        :: number < THREADS -> run thread(number); run hardware(number); number++
        :: else -> break
        od
    }
}
