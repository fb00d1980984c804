/* tasks/pairs.h: a corpus of pairs, a source and what is written for it on each line, with a tab between
 * (docs/files.md), and as the arrays of a batch.
 *
 * Both sides have one vocabulary. Characters are those of a side as people write it (words.h). */
#ifndef UNROLL_TASKS_PAIRS_H
#define UNROLL_TASKS_PAIRS_H

#include "batches.h"

typedef struct ur__pairing {
  int words; /* 1: tokens are words and signs; 0: characters */
  int back;  /* 1: what stands after the tab is the source */
} ur__pairing;

/* Reads a text. The vocabulary is the text's own, or that of `known` (then a token that it lacks is an
 * error). UR_E_TEXT says which line is wrong and what to do, UR_E_MEMORY. *out is empty after a failure. */
ur_status ur__pairs_read(ur_bytes text, const ur__pairing *how, const ur__corpus *known, ur__corpus *out);

/* Fills "source", "x" and "y" with these pairs: x is <start> c_1 ... c_n, y is c_1 ... c_n <end>. The arrays
 * have room for picked.count times longest (+ 1 of what is written). */
void ur__pairs_fill(const ur__corpus *corpus, ur__picked picked, ur__batch *batch);

/* A side that somebody has written, in the tokens of the corpus, at most `capacity`. UR_E_TEXT, UR_E_MEMORY.
 */
ur_status ur__pair_side(const ur__corpus *corpus, const char *text, int capacity, int32_t *tokens,
                        int *count);
/* A source as a batch of one, of at most `capacity` tokens; the arrays have room for one more of what is
 * written for it. That is the target of the same source in the corpus; batch->length is 0 where there is
 * none, and it can then be given with ur__pair_target. UR_E_TEXT, UR_E_MEMORY. */
ur_status ur__pair_read(const ur__corpus *corpus, const char *text, int capacity, ur__batch *batch);
void ur__pair_target(const int32_t *tokens, int count, ur__batch *batch);

#endif
