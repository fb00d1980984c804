/* tasks/batches.h: which sequences are seen in training, in which order, and as which arrays.
 *
 * A sequence c_1 ... c_n is the inputs <start> c_1 ... c_n and the targets c_1 ... c_n <end>, n + 1 steps; a
 * piece of a text that goes on lacks the last. */
#ifndef UNROLL_TASKS_BATCHES_H
#define UNROLL_TASKS_BATCHES_H

#include "batch.h"
#include "corpus.h"
#include "split.h"

typedef struct ur__batches {
  const ur__corpus *corpus;
  uint64_t seed;
  uint32_t *order; /* the sequences: those trained on, then the unseen, each by length */
  ur__sides sides;
  uint32_t *shuffled; /* [train]: those trained on, in the order of this epoch */
  uint64_t epoch;     /* from 0 */
  uint32_t cursor;    /* sequences of this epoch already used */
} ur__batches;

/* Splits the corpus (split.h) and shuffles the first epoch from the stream ("data", 0). The corpus must
 * outlive it. UR_E_TEXT where all its sequences are the same, UR_E_MEMORY. */
ur_status ur__batches_create(const ur__corpus *corpus, uint64_t seed, double validation_share,
                             ur__batches *out);
void ur__batches_free(ur__batches *batches);
/* Puts (epoch, cursor) back. cursor 0..sides.train. */
void ur__batches_seek(ur__batches *batches, uint64_t epoch, uint32_t cursor);

/* On which side each token stands, added to where [vocabulary_size]. */
enum { UR__IN_TRAINING = 1, UR__IN_UNSEEN = 2 };
void ur__batches_symbols(const ur__batches *batches, uint8_t *where);

/* The next sequences to train on: at most `size` of them, fewer at the end of an epoch. */
typedef struct ur__picked {
  const uint32_t *sequences;
  int count;
} ur__picked;
ur__picked ur__batches_next(ur__batches *batches, int size);

/* Fills "x" and "y" with these sequences; beyond a sequence's end the input is <end>, the target -1. The
 * arrays have room for picked.count times (longest + 1). */
void ur__batch_fill(const ur__corpus *corpus, ur__picked picked, ur__batch *batch);

#endif
