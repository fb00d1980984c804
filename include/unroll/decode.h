/* unroll/decode.h: what is written for a source, and the search for it. */
#ifndef UNROLL_DECODE_H
#define UNROLL_DECODE_H

#include "unroll/train.h"

#define UR_BEAM_MAX 8

/* What became of a continuation. */
typedef enum ur_beam_fate {
  UR_BEAM_CUT,   /* others were likelier */
  UR_BEAM_KEPT,  /* gone on from */
  UR_BEAM_ENDED, /* it is <end> */
  UR_BEAM_LEFT   /* not ended when the steps were used up */
} ur_beam_fate;

typedef struct ur_beam_node {
  int parent; /* in nodes; -1: the beginning */
  int token, step /* from 1 */;
  double log_probability; /* of this token after those before it */
  double total;           /* of all tokens up to this one */
  double score;           /* total / step^normalisation: by this what has ended is compared */
  ur_beam_fate fate;
  int look; /* in looks: where it was looked as this token was written; those of one parent share it */
} ur_beam_node;

typedef struct ur_beam {
  ur_beam_node *nodes; /* in the order in which they were looked at, parents first */
  int count, capacity;
  int best;      /* the node that what was found ends in */
  int32_t *read; /* [S]: the source; of numbers -1 */
  int source;    /* S */
  /* What the decoder looked at, [count of looks, blocks, heads, S], each row adding up to 1. Of a model
   * without attention there are none, and blocks and heads are 0. */
  float *looks;
  int blocks, heads, look_count, look_capacity;
} ur_beam;

/* Beam search (Sutskever et al. 2014): at each step the `width` likeliest of all continuations are kept;
 * those that are <end> have ended and take a place no more. Found is what has the best score of all that
 * ended, or, where nothing did, of what was left: score = sum of log-probabilities / length^normalisation,
 * <end> counted (0: the sum itself). Width 1 is greedy. Of every kept continuation the `width` likeliest
 * tokens are in the tree. UR_E_ARGUMENT for a width outside 1..UR_BEAM_MAX or a normalisation outside 0..2;
 * UR_E_STATE for a model without a source; UR_E_TEXT for a source that is empty, too long or of other
 * symbols; UR_E_MEMORY. Empty after a failure, to be freed else. */
ur_status ur_trainer_beam(ur_trainer *trainer, const char *source, int width, double normalisation,
                          ur_beam *out);
void ur_beam_free(ur_beam *beam);
#define UR_WRITTEN_MAX 65 /* tokens of what is written for a source, <end> among them */
/* The tokens that end in a node, from the first on: how many. */
int ur_beam_path(const ur_beam *beam, int node, int32_t tokens[UR_WRITTEN_MAX]);
/* The text that ends in a node, appended; without <end>. */
void ur_beam_text(const ur_trainer *trainer, const ur_beam *beam, int node, ur_buffer *out);

/* What it writes for a source, always the likeliest, with its <end> where it came to one. Errors as
 * ur_trainer_beam. */
ur_status ur_trainer_guess(ur_trainer *trainer, const char *source, int32_t tokens[UR_WRITTEN_MAX],
                           int *count);
/* What is right for a source as its task says, with its <end>; *count is 0 where the task does not know.
 * UR_E_STATE for a model without a source; UR_E_TEXT for the source. */
ur_status ur_trainer_answer(ur_trainer *trainer, const char *source, int32_t tokens[UR_WRITTEN_MAX],
                            int *count);
/* What the decoder looks at while it writes for a source. */
typedef struct ur_alignment {
  int source, length;        /* S, T: <end> is counted in T */
  int32_t *tokens, *written; /* [S], [T] */
  float *weights;            /* [T,S], each row adds up to 1; of several heads and blocks their mean */
} ur_alignment;
/* Led by the target; NULL: by what the task says is right, where nobody knows by the model's own guess.
 * UR_E_STATE for a model without attention; UR_E_TEXT, UR_E_MEMORY. Empty after a failure, to be freed else.
 */
ur_status ur_trainer_alignment(ur_trainer *trainer, const char *source, const char *target,
                               ur_alignment *out);
void ur_alignment_free(ur_alignment *alignment);
/* The text of tokens, appended; marks are left out, and words stand as people write them. */
void ur_trainer_text(const ur_trainer *trainer, const int32_t *tokens, int count, ur_buffer *out);

#endif
