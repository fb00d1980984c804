/* unroll/looked.h: what a Transformer looks at over one text, head by head and block by block, and what of it
 * mattered. Weights and gradients are of the fused graph with the parameters as they are now; nothing is
 * dropped. */
#ifndef UNROLL_LOOKED_H
#define UNROLL_LOOKED_H

#include "unroll/train.h"

typedef struct ur_looked {
  int blocks, heads, steps; /* L, A, T */
  int at, token; /* what was asked: a step, from 1, and a token there; of a model that answers, its answer */
  float score;   /* its logit */
  const int32_t *tokens; /* [T], what is read at each step */
  const float *weights;  /* [L,A,T,T]: a row a query, as softmax gives them */
  const float *rollout;  /* [L,T,T]: of the rows of block l, how much comes from each input: the product up to
                          * l of  the mean over the heads, half of it, and half of what goes past by the
                          * residual  (Abnar and Zuidema 2020); without residuals the mean alone */
  const float *times; /* [T]: gradient x input: h_i . d score / d h_i, h_i what the first block reads at step
                       * i, score the logit of `token` at step `at` */
  const float *sizes; /* [T]: |d score / d h_i| (Euclidean) */
  const float *depth; /* [L + 1]: |dJ / d h|, of what each block reads and of what the last one makes, over
                       * all steps; J the mean loss */
  void *memory;
} ur_looked;

/* at 0: the last step; token -1: the likeliest there. To be freed by ur_looked_free; empty after a failure.
 * The last token of a text that goes on is read as any other; nothing is known to come after it, so J is
 * without it. UR_E_STATE for a model without blocks, UR_E_TEXT, UR_E_ARGUMENT for a step or a token that
 * there is not, UR_E_MEMORY. */
ur_status ur_looked_read(ur_trainer *trainer, const char *text, int at, int token, ur_looked *out);
void ur_looked_free(ur_looked *looked);

#endif
