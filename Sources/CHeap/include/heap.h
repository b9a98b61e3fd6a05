#ifndef GAZETTE_HEAP_H
#define GAZETTE_HEAP_H

/// Lets the heap of this process grow in large steps, and keep what it has: nothing here lives longer than one site.
/// Does nothing where the C library is not glibc.
void gazette_grow_heap_in_large_steps(void);

#endif
