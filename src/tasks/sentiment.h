/* tasks/sentiment.h: sentences that praise or blame, made from a grammar; the answer is 1 for praise. 45
 * words and signs; ten things, six words that praise and six that blame.
 *
 * With a contrast ("the food was good , not bad at all .") two of those stand in a sentence and one is meant;
 * its mirror has the two change places, so the same words in another order have the other answer. Without
 * ("a really dull song .") all say the same. The unseen are 256 pairs, a sentence and its mirror; neither is
 * ever trained on.
 *
 * sentiment: the words, step by step. sentiment_bag: how often each word stands in it, which is the same for
 * both of a pair. sentiment_places: the first words of a sentence or its last ones, each place with inputs of
 * its own. */
#ifndef UNROLL_TASKS_SENTIMENT_H
#define UNROLL_TASKS_SENTIMENT_H

#include "batch.h"
#include "corpus.h"
#include "tasks.h"
#include "unroll/rng.h"

enum { UR__SENTIMENT_LONGEST = 15 }; /* words of the longest that is made */

typedef struct ur__sentiment {
  int32_t tokens[UR__SEQUENCE_MAX];
  int count;
  int praise;   /* 1 or 0 */
  uint64_t key; /* the same of a sentence and its mirror, and of no other */
} ur__sentiment;

ur_status ur__sentiment_vocabulary(ur__corpus *out);
/* Number i of the unseen, which all have a contrast and of which 2 k and 2 k + 1 are mirrors; or of those
 * trained on, which come again after as many as the settings say. The stream is that of
 * ur__sentiment_stream. */
void ur__sentiment_draw(const double *values, int unseen, uint64_t i, ur_rng *stream, ur__sentiment *out);
/* Which stream number i is drawn from. */
uint64_t ur__sentiment_stream(const double *values, int unseen, uint64_t i);
/* As number b of a batch, in the arrays of its task. batch->length is the room. */
void ur__sentiment_put(const ur__task *task, const double *values, const ur__sentiment *one, int b,
                       ur__batch *batch);
/* A sentence of the reader's own. What it says is the last word of praise or blame that no "not", "never" or
 * "hardly" stands before; where all are denied, the opposite of the last. UR_E_TEXT where there is none. */
ur_status ur__sentiment_read(const ur__corpus *corpus, const char *text, int capacity, ur__sentiment *out);
/* Its words as the array has them: in their order, or of a bag in the order of the vocabulary. */
void ur__sentiment_print(const ur__task *task, const ur__corpus *corpus, const ur__batch *batch, int b,
                         ur_buffer *out);

#endif
