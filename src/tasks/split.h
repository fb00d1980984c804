/* tasks/split.h: which sequences are trained on, and which are never seen.
 *
 * Sequences that are the same are one: all of its copies are on one side. */
#ifndef UNROLL_TASKS_SPLIT_H
#define UNROLL_TASKS_SPLIT_H

#include "unroll/rng.h"
#include "unroll/status.h"

/* tokens[starts[i]] up to tokens[starts[i + 1]] is what sequence i is told apart by: all of it, of a pair
 * its source, of a strain its tune. */
typedef struct ur__keys {
  const int32_t *tokens;
  const uint32_t *starts; /* [count + 1] */
  uint32_t count;         /* at least 1 */
} ur__keys;

typedef struct ur__sides {
  uint32_t train, validation;                   /* sequences */
  uint32_t train_distinct, validation_distinct; /* different ones among them */
} ur__sides;

/* Fisher and Yates, from the end, as Durstenfeld 1964 writes it. */
void ur__shuffle(uint32_t *items, uint32_t n, ur_rng *stream);

/* order [count]: those trained on, then the unseen. The different sequences are shuffled by the stream
 * ("split", 0); from the last one back each goes to the unseen that fits into share * count of them with its
 * copies. Where none fits, the one with the fewest copies does. A side always has something.
 * UR_E_TEXT where all are the same, UR_E_MEMORY. */
ur_status ur__split(const ur__keys *keys, uint64_t seed, double share, uint32_t *order, ur__sides *out);

#endif
