/* base/alloc.h: the one way to memory. Every allocation of the core goes through here, so that a test can
 * make any one of them fail. */
#ifndef UNROLL_BASE_ALLOC_H
#define UNROLL_BASE_ALLOC_H

#include <stddef.h>

/* All give zeroed memory that the caller frees with ur__free, or NULL; none sets the last error, since only
 * the caller knows what the memory was for. A size of 0 still gives a pointer. */
void *ur__alloc(size_t size);
void *ur__alloc_array(size_t count, size_t size); /* NULL too where count * size overflows */
/* Contents kept; memory beyond the old size is not zeroed. After a failure the old block is still there. */
void *ur__realloc(void *block, size_t size);
void ur__free(void *block); /* NULL is allowed */

/* For tests, per thread: the next n allocations succeed and all later ones fail. Negative: none fails. */
void ur__alloc_fail_after(long n);

#endif
