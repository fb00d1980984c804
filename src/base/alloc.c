#include "alloc.h"

#include <stdint.h>
#include <stdlib.h>

static _Thread_local long left = -1; /* allocations until they fail; -1: they do not */

static int refused(void) {
  if (left < 0) return 0;
  if (left == 0) return 1;
  left--;
  return 0;
}

void ur__alloc_fail_after(long n) { left = n < 0 ? -1 : n; }

void *ur__alloc(size_t size) { return ur__alloc_array(size, 1); }

void *ur__alloc_array(size_t count, size_t size) {
  if (size != 0 && count > PTRDIFF_MAX / size) return NULL;
  if (refused()) return NULL;
  return count * size == 0 ? calloc(1, 1) : calloc(count, size);
}

void *ur__realloc(void *block, size_t size) {
  if (size > PTRDIFF_MAX || refused()) return NULL;
  return realloc(block, size == 0 ? 1 : size);
}

void ur__free(void *block) { free(block); }
