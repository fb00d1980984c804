/* tasks/placed.h: examples whose answer is not in the symbols but in where they stand. <start> and n symbols:
 *
 * order: a and b once each, the others from c on; the answer is which of the two came first.
 * before: a once, not first, the others from b on; the answer is the symbol before it.
 *
 * The same symbols in another order have another answer: of a bag of them there is none better than a guess.
 * Shorter sequences end with <end> as padding. */
#ifndef UNROLL_TASKS_PLACED_H
#define UNROLL_TASKS_PLACED_H

#include "batch.h"
#include "tasks.h"
#include "unroll/rng.h"

/* Symbols of the shortest; what is longest stands in `length`. */
int ur__placed_shortest(const double *values);
/* How many examples of n symbols there are. */
double ur__placed_possible(const ur__task *task, const double *values, int n);
/* One of n symbols as number b of the batch, and its answer. batch->length is the room. */
void ur__placed_draw(const ur__task *task, const double *values, ur_rng *stream, int b, int n,
                     ur__batch *batch);
/* Once all are drawn: as long as the longest of them. */
void ur__placed_finish(ur__batch *batch);
/* The same of n symbols that stand behind <start> in a batch of one: its answer. UR_E_TEXT where a symbol
 * that is asked about is not there, or twice. */
ur_status ur__placed_answer(const ur__task *task, int n, ur__batch *batch);

#endif
