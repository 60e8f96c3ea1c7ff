/* The steal protocol of a magazine: src/KretPool/Pools/Flagship/Magazine.cs.
 *
 * One owner, who pushes and pops with plain loads and stores, and two thieves. The owner's stores go through a store
 * buffer, first in, first out, that drains whenever it likes (x86, total store order). A load of the owner's sees the
 * owner's own buffered stores. A compare-and-swap of the owner's drains the buffer first. The process-wide barrier that a
 * thief executes drains the owner's buffer at one instant between the thief's read of top and its read of bottom. The
 * thieves store only by compare-and-swap, so they need no buffers of their own.
 *
 * What a thief steals it hands to the owner, who may push it again. Positions start just before the edge and wrap; they
 * are never so many that one comes twice, as with 64 bits.
 *
 * Checked: nobody takes an object that is not free, no push writes over a free object, and at the end every object is
 * either in somebody's hands or between top and bottom.
 *
 * Variants that must fail: -DNO_BARRIER (the thief executes no barrier), -DNO_SWAP (the owner takes its last object
 * without a compare-and-swap), -DTOP_FIRST (the owner reads top before it stores bottom).
 */
#define SIZE 4
#define MODULO 16
#define OBJECTS 3
#ifndef OWNER_STEPS
#define OWNER_STEPS 7
#endif
#define STEALS 2
#define BUFFER 3

#define SLOT(position) (1 + (position) % SIZE)
#define PLUS(position, count) (((position) + (count)) % MODULO)
#define LESS(position, count) (((position) + MODULO - (count)) % MODULO)
/* The next position that is in the first slot. */
#define START_AFTER(position) PLUS((position) | (SIZE - 1), 1)
/* The difference of two positions, signed. */
#define MINUS(a, b) ((((a) - (b) + MODULO + MODULO / 2) % MODULO) - MODULO / 2)

#define BOTTOM 0 /* the address of bottom; those of the slots follow */

byte top = MODULO - 1;
byte memory[SIZE + 1] = MODULO - 1; /* bottom and the slots */
bool free[OBJECTS];
bool at_hand[OBJECTS] = true; /* what the owner can push: at first, all */

byte buffer_address[BUFFER];
byte buffer_value[BUFFER];
byte buffered;

byte done; /* processes that have ended */

inline drain_one()
{
    memory[buffer_address[0]] = buffer_value[0];
    buffer_address[0] = buffer_address[1];
    buffer_value[0] = buffer_value[1];
    buffer_address[1] = buffer_address[2];
    buffer_value[1] = buffer_value[2];
    buffer_address[2] = 0;
    buffer_value[2] = 0;
    buffered--
}

inline drain_all()
{
    do
    :: buffered > 0 -> drain_one()
    :: else -> break
    od
}

/* The owner's store. It waits while the buffer is full. */
inline store(address, value)
{
    atomic {
        buffered < BUFFER;
        buffer_address[buffered] = address;
        buffer_value[buffered] = value;
        buffered++
    }
}

/* The owner's load: the newest of its own stores that has not drained, else memory. */
inline load(address, result)
{
    if
    :: buffered > 2 && buffer_address[2] == address -> result = buffer_value[2]
    :: else ->
        if
        :: buffered > 1 && buffer_address[1] == address -> result = buffer_value[1]
        :: else ->
            if
            :: buffered > 0 && buffer_address[0] == address -> result = buffer_value[0]
            :: else -> result = memory[address]
            fi
        fi
    fi
}

/* A compare-and-swap of top. */
inline swap_top(expected, next, succeeded)
{
    succeeded = (top == expected);
    if
    :: succeeded -> top = next
    :: else
    fi
}

inline take(object)
{
    assert(free[object]);
    free[object] = false;
    at_hand[object] = true
}

/* The owner takes what is at a position. */
inline pop_from(position)
{
    d_step {
        load(SLOT(position), object);
        take(object);
        object = 0
    }
}

inline try_push()
{
    d_step { load(BOTTOM, bottom); seen = top }
    if
    :: MINUS(bottom, seen) >= SIZE
    :: else ->
        d_step {
            object = 0;
            do
            :: !at_hand[object] -> object++
            :: else -> break
            od;
            at_hand[object] = false
        }
        store(SLOT(bottom), object);
        /* It is free as soon as the store of bottom is visible. */
        d_step { free[object] = true; object = 0 }
        store(BOTTOM, PLUS(bottom, 1))
    fi
}

inline try_pop()
{
#ifdef TOP_FIRST
    seen = top;
#endif
    d_step { load(BOTTOM, bottom); bottom = LESS(bottom, 1) }
    store(BOTTOM, bottom);
#ifndef TOP_FIRST
    seen = top;
#endif
    if
    :: MINUS(bottom, seen) > 0 -> pop_from(bottom)
    :: else ->
        if
        :: bottom == seen ->
#ifdef NO_SWAP
            won = (top == seen);
            if
            :: won -> top = PLUS(seen, 1)
            :: else
            fi
#else
            d_step { drain_all(); swap_top(seen, PLUS(seen, 1), won) }
#endif
        :: else -> won = false
        fi;
        if
        :: won -> pop_from(bottom)
        :: else
        fi;
        store(BOTTOM, PLUS(bottom, 1))
    fi
}

/* PopMany of two objects, of two or more; and PopRest, which moves an emptied magazine on to its first slot. */
inline pop_two()
{
    d_step { load(BOTTOM, bottom); seen = top }
    if
    :: MINUS(bottom, seen) < 2
    :: else ->
        store(BOTTOM, LESS(bottom, 2));
        seen = top;
        if
        :: MINUS(bottom, seen) > 2 -> pop_from(LESS(bottom, 2)); pop_from(LESS(bottom, 1))
        :: else ->
            if
            :: MINUS(bottom, seen) > 0 ->
                d_step { drain_all(); swap_top(seen, START_AFTER(seen), won) }
                if
                :: won -> pop_from(seen)
                :: else
                fi;
                if
                :: MINUS(bottom, seen) == 2 -> pop_from(PLUS(seen, 1))
                :: else
                fi;
                if
                :: won -> store(BOTTOM, START_AFTER(seen))
                :: else -> store(BOTTOM, PLUS(seen, 1))
                fi
            :: else -> store(BOTTOM, bottom)
            fi
        fi
    fi
}

active proctype owner()
{
    byte bottom, seen, object, step;
    bool won;

    do
    :: step < OWNER_STEPS ->
        step++;
        if
        :: at_hand[0] || at_hand[1] || at_hand[2] -> try_push()
        :: try_pop()
        :: pop_two()
        fi;
        d_step { bottom = 0; seen = 0; won = false }
    :: else -> break
    od;
    done++
}

active [2] proctype thief()
{
    byte seen, object, steals;
    bool won;

    do
    :: steals < STEALS ->
        steals++;
        seen = top;
#ifndef NO_BARRIER
        d_step { drain_all() }
#endif
        if
        :: MINUS(memory[BOTTOM], seen) > 0 ->
            object = memory[SLOT(seen)];
            d_step {
                swap_top(seen, PLUS(seen, 1), won);
                if
                :: won -> take(object)
                :: else
                fi
            }
        :: else
        fi;
        d_step { seen = 0; object = 0; won = false }
    :: else -> break
    od;
    done++
}

/* The store buffer drains by itself at any time. */
active proctype hardware()
{
end:
    do
    :: d_step { buffered > 0 -> drain_one() }
    od
}

active proctype stocktaking()
{
    byte object, position, found;

    d_step {
        done == 3 && buffered == 0 ->
        position = top;
        do
        :: position != memory[BOTTOM] ->
            assert(free[memory[SLOT(position)]]);
            position = PLUS(position, 1);
            found++
        :: else -> break
        od;
        do
        :: object < OBJECTS ->
            found = found + at_hand[object];
            object++
        :: else -> break
        od;
        assert(found == OBJECTS)
    }
}
