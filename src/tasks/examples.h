/* tasks/examples.h: sequences with one answer each, or with another sequence that is written for them, made
 * as they are needed: there is no end of them. A few are held back for evaluation, and never drawn to train
 * on.
 *
 * remember: 1 + distance symbols, all from one alphabet; the answer is the first (after Hochreiter and
 * Schmidhuber 1997, with fillers that could be mistaken for it).
 * adding: numbers from [0,1), one of the first half and one of the second marked; the answer is the sum of
 * the two (Hochreiter and Schmidhuber 1997, experiment 4, without the third mark).
 * reverse, sort: 1 to `length` symbols, every length as often; written is the same from the end, or in
 * ascending order.
 * order, before: see placed.h. ball: see throws.h. sentiment: see sentiment.h.
 * caption, relation: see pictures.h; what is held back is what stands where, with any noise. */
#ifndef UNROLL_TASKS_EXAMPLES_H
#define UNROLL_TASKS_EXAMPLES_H

#include "batches.h"
#include "pictures.h"
#include "points.h"
#include "tasks.h"

#define UR__UNSEEN 512 /* examples that are evaluated on, drawn from those held back */

/* The vocabulary of a task that makes its examples: what one is written in. longest is the length of the
 * longest; there are no sequences. */
ur_status ur__examples_vocabulary(const ur__task *task, const double *values, ur__corpus *out);
/* The same with the reader's own points, kept and hashed, where the task has points and they are given. To be
 * freed. UR_E_MEMORY. */
ur_status ur__examples_corpus(const ur__task *task, const double *values, ur_bytes text, ur__corpus *out);
typedef struct ur__examples {
  const ur__task *task;
  double values[UR__BALL_SETTINGS]; /* of its settings, at most so many; of points none */
  ur__points points;                /* of a task that has them, and nothing below; else empty */
  const ur__corpus *sentences;      /* of a task that has them, and nothing below; the caller's */
  uint64_t seed;
  uint64_t unseen[UR__UNSEEN]; /* hashes of those held back, ascending */
  uint32_t distinct;           /* how many */
} ur__examples;
/* Holds back what the first UR__UNSEEN draws of the stream "unseen" are; where so few can be made, of one
 * length, that this is more than a tenth of them, no more than that tenth, but one. */
void ur__examples_begin(const ur__task *task, const double *values, uint64_t seed, ur__examples *out);
/* The same of any task, with the points that it has: those of the corpus, or made; or over the corpus, which
 * stays where it is, of sentences. To be freed; see ur__points_create for its errors. */
ur_status ur__examples_open(const ur__task *task, const double *values, uint64_t seed,
                            const ur__corpus *corpus, ur__examples *out);
void ur__examples_free(ur__examples *examples);
/* batch->count examples from `first` on, of those trained on (the stream "data") or of the unseen (first +
 * count up to UR__UNSEEN): number i is always the same, the first of its draws that is on its side.
 * batch->length is set; the arrays have room. */
void ur__examples_fill(const ur__examples *examples, int unseen, uint64_t first, ur__batch *batch);
/* Unseen picture `index`, 0 to UR__UNSEEN - 1. */
ur__picture ur__examples_picture(const ur__examples *examples, uint64_t index);
/* Example b of a batch as text, appended (of pictures see above): "abca", or "0.125 *0.5 *0.75". */
void ur__example_print(const ur__task *task, const ur__corpus *corpus, const ur__batch *batch, int b,
                       ur_buffer *out);
/* The same the other way round, as a batch of one with its answer; values: of the task's settings; the arrays
 * have room for `capacity` steps, of a pair for one more of what is written. Of a source that a corpus of
 * pairs lacks there is no answer: batch->length is 0. UR_E_TEXT says what is wrong with it. */
ur_status ur__example_read(const ur__task *task, const double *values, const ur__corpus *corpus,
                           const char *text, int capacity, ur__batch *batch);

#endif
