/* base/arena.h: many arrays in one allocation of a size known beforehand. The code that lays out runs twice:
 *
 *   ur__arena arena = {0};
 *   lay_out(&arena);                      (measures: every pointer is NULL)
 *   status = ur__arena_commit(&arena, limit, "graph");
 *   lay_out(&arena);                      (the same calls in the same order: now the pointers are real)
 *
 * Arrays begin on 64 bytes, a cache line, and are zero at the start. */
#ifndef UNROLL_BASE_ARENA_H
#define UNROLL_BASE_ARENA_H

#include "unroll/status.h"

typedef struct ur__arena {
  void *block;   /* what was allocated; NULL while measuring */
  uint8_t *base; /* its first cache line */
  size_t size, used;
  int overflow; /* the sizes asked for do not fit into a size_t */
} ur__arena;

/* NULL while measuring, and after commit where more is asked for than was measured. */
void *ur__arena_take(ur__arena *arena, size_t count, size_t size);
/* Allocates what was measured. UR_E_MEMORY, with `what` and the sizes in the message, where it is more than
 * `limit` bytes (0: no limit) or cannot be had; the arena is then empty and may be measured again. */
ur_status ur__arena_commit(ur__arena *arena, size_t limit, const char *what);
void ur__arena_free(ur__arena *arena);

#endif
