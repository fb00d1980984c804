#include "arena.h"

#include "alloc.h"

#define LINE ((size_t)64)

void *ur__arena_take(ur__arena *arena, size_t count, size_t size) {
  size_t room = (arena->block ? arena->size : PTRDIFF_MAX - LINE) - arena->used;
  if (room < LINE || (size != 0 && count > (room - LINE) / size)) {
    arena->overflow = 1;
    return NULL;
  }
  uint8_t *at = arena->block ? arena->base + arena->used : NULL;
  arena->used += (count * size + LINE - 1) / LINE * LINE;
  return at;
}

ur_status ur__arena_commit(ur__arena *arena, size_t limit, const char *what) {
  size_t need = arena->used;
  int overflow = arena->overflow;
  *arena = (ur__arena){0};
  if (overflow)
    return ur_fail(UR_E_MEMORY, what, "%s needs more memory than can be addressed; make it smaller", what);
  double mb = (double)need / 1048576.0;
  if (limit != 0 && need > limit)
    return ur_fail(UR_E_MEMORY, what, "%s needs %.1f MB, more than the limit of %.1f MB; make it smaller",
                   what, mb, (double)limit / 1048576.0);
  /* A line before the first array and one after the last: take() keeps a line in reserve. */
  void *block = ur__alloc(need + 2 * LINE);
  if (!block)
    return ur_fail(UR_E_MEMORY, what, "%s needs %.1f MB, which cannot be had; make it smaller", what, mb);
  uintptr_t address = (uintptr_t)block;
  arena->block = block;
  arena->base = (uint8_t *)block + (LINE - address % LINE) % LINE;
  arena->size = need + LINE;
  return UR_OK;
}

void ur__arena_free(ur__arena *arena) {
  ur__free(arena->block);
  *arena = (ur__arena){0};
}
