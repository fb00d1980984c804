/* models/ngram.h: a language model that only counts.
 *
 * p_n(w | w_1 ... w_{n-1}) = (c(w_1 ... w_{n-1} w) + kappa p_{n-1}(w | w_2 ... w_{n-1})) / (c(w_1 ...
 * w_{n-1}) + kappa)
 *
 * from p_0, which is the same for every token but <start>: each order is a Dirichlet prior for the next
 * (MacKay and Peto 1995, A hierarchical Dirichlet language model, with one kappa for all orders). */
#ifndef UNROLL_MODELS_NGRAM_H
#define UNROLL_MODELS_NGRAM_H

#include "unroll/status.h"

#define UR__NGRAM_ORDER_MAX 6
#define UR__NGRAM_BITS      9 /* a token of the largest vocabulary */

typedef struct ur__ngram {
  int order, vocabulary_size;
  double kappa;
  /* Order k has entries first[k-1] .. first[k]-1, ascending: k tokens of 9 bits each, the last one lowest. */
  int64_t *keys, *counts;
  size_t first[UR__NGRAM_ORDER_MAX + 1];
  size_t capacity, added;
} ur__ngram;

/* Room for `predicted` tokens. UR_E_MEMORY. */
ur_status ur__ngram_create(int order, double kappa, int vocabulary_size, size_t predicted, ur__ngram *out);
void ur__ngram_free(ur__ngram *ngram);
/* Counts one sequence: n tokens without marks, and the <end> after them if it `ends` (1, else 0). All
 * sequences first, then finish. */
void ur__ngram_add(ur__ngram *ngram, const int32_t *tokens, int n, int ends);
void ur__ngram_finish(ur__ngram *ngram);
/* What came after the order - 1 tokens before, filled up with <start>: counts [vocabulary_size]; their sum, 0
 * where those tokens were never met. order 1 .. ngram->order. */
double ur__ngram_counts(const ur__ngram *ngram, const int32_t *tokens, int n, int order, double *counts);
/* One line of the formula above: p is p_{order-1} and becomes p_order. From order 0 there is nothing before.
 */
void ur__ngram_mix(const ur__ngram *ngram, const int32_t *tokens, int n, int order, double *p);
/* p [vocabulary_size] of the token after `tokens` (without marks). */
void ur__ngram_next(const ur__ngram *ngram, const int32_t *tokens, int n, double *p);

#endif
