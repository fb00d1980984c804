#include "split.h"

#include <string.h>

#include "alloc.h"
#include "hash.h"

void ur__shuffle(uint32_t *items, uint32_t n, ur_rng *stream) {
  for (uint32_t i = n; i > 1; i--) {
    const uint32_t j = ur_rng_below(stream, i), kept = items[i - 1];
    items[i - 1] = items[j];
    items[j] = kept;
  }
}

typedef struct groups {
  uint32_t *first;  /* [count]: the first copy of each, in the order of the text */
  uint32_t *copies; /* of a first copy: how many there are; 0 of any other */
  uint32_t *next;   /* of a sequence: another copy; 0 after the last */
  uint32_t count;   /* of different sequences */
} groups;

static int same(const ur__keys *keys, uint32_t a, uint32_t b) {
  const uint32_t *starts = keys->starts, length = starts[a + 1] - starts[a];
  return length == starts[b + 1] - starts[b] &&
         memcmp(keys->tokens + starts[a], keys->tokens + starts[b], length * sizeof *keys->tokens) == 0;
}

/* table: size, a power of two above keys->count, zeros; it comes to hold first copies, counted from 1. */
static void group(const ur__keys *keys, uint32_t *table, uint32_t size, groups *out) {
  for (uint32_t i = 0; i < keys->count; i++) {
    const uint32_t *start = keys->starts + i;
    const uint64_t hash =
        ur__fnv1a(UR__FNV_START, keys->tokens + start[0], (start[1] - start[0]) * sizeof *keys->tokens);
    uint32_t at = (uint32_t)(hash ^ hash >> 32) & (size - 1);
    while (table[at] != 0 && !same(keys, table[at] - 1, i)) at = (at + 1) & (size - 1);
    if (table[at] == 0) {
      table[at] = i + 1;
      out->first[out->count++] = i;
    } else {
      out->next[i] = out->next[table[at] - 1];
      out->next[table[at] - 1] = i;
    }
    out->copies[table[at] - 1]++;
  }
}

/* What goes to the unseen: from the last back all that fits, or the one with the fewest copies. */
static void choose(const groups *all, uint32_t target, uint8_t *unseen, ur__sides *out) {
  uint32_t fewest = all->count - 1;
  for (uint32_t i = all->count; i-- > 0;) {
    const uint32_t copies = all->copies[all->first[i]];
    if (copies < all->copies[all->first[fewest]]) fewest = i;
    if (copies > target - out->validation) continue;
    unseen[i] = 1;
    out->validation += copies;
    out->validation_distinct++;
  }
  if (out->validation > 0) return;
  unseen[fewest] = 1;
  out->validation = all->copies[all->first[fewest]];
  out->validation_distinct = 1;
}

static uint32_t *put(const groups *all, const uint8_t *unseen, int side, uint32_t *at) {
  for (uint32_t i = 0; i < all->count; i++) {
    if (unseen[i] != side) continue;
    *at++ = all->first[i];
    for (uint32_t copy = all->next[all->first[i]]; copy != 0; copy = all->next[copy]) *at++ = copy;
  }
  return at;
}

static ur_status split(const ur__keys *keys, groups *all, uint8_t *unseen, uint64_t seed, double share,
                       uint32_t *order, ur__sides *out) {
  const uint32_t n = keys->count;
  if (all->count < 2)
    return ur_fail(UR_E_TEXT, "",
                   "all %u sequences are the same, and what is learned from is not unseen; give at least two "
                   "different ones",
                   (unsigned)n);
  uint32_t target = (uint32_t)(n * share + 0.5);
  if (target < 1) target = 1;
  if (target > n - 1) target = n - 1;
  ur_rng stream = ur_rng_stream(seed, "split", 0);
  ur__shuffle(all->first, all->count, &stream);
  choose(all, target, unseen, out);
  put(all, unseen, 1, put(all, unseen, 0, order));
  out->train = n - out->validation;
  out->train_distinct = all->count - out->validation_distinct;
  return UR_OK;
}

ur_status ur__split(const ur__keys *keys, uint64_t seed, double share, uint32_t *order, ur__sides *out) {
  const uint32_t n = keys->count;
  uint32_t size = 1;
  while (size <= n) size *= 2;
  *out = (ur__sides){0};
  groups all = {ur__alloc_array(n, sizeof(uint32_t)), ur__alloc_array(n, sizeof(uint32_t)),
                ur__alloc_array(n, sizeof(uint32_t)), 0};
  uint32_t *table = ur__alloc_array(size, sizeof *table);
  uint8_t *unseen = ur__alloc_array(n, sizeof *unseen);
  ur_status status;
  if (all.first == NULL || all.copies == NULL || all.next == NULL || table == NULL || unseen == NULL) {
    status = ur_fail(UR_E_MEMORY, "", "there is no memory left to tell %u sequences apart", (unsigned)n);
  } else {
    group(keys, table, size, &all);
    status = split(keys, &all, unseen, seed, share, order, out);
  }
  ur__free(all.first);
  ur__free(all.copies);
  ur__free(all.next);
  ur__free(table);
  ur__free(unseen);
  return status;
}
