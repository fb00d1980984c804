/* unroll/each.h: a batch point by point. The points that a feed-forward net is trained on, in their order,
 * each with what the net says of it now, its error and its derivatives: E = sum of E_n, dE/dw = sum of
 * dE_n/dw. Training goes by their mean. In double. */
#ifndef UNROLL_EACH_H
#define UNROLL_EACH_H

#include "unroll/train.h"

#define UR_EACH_MAX 1000000 /* derivatives of all points together */

typedef struct ur_each {
  int points, features, outputs, weights; /* N, F, K, W */
  double *x, *t, *y;                      /* [N,F], [N,K], [N,K] */
  double *errors;                         /* [N]: E_n in nats, or half squares */
  double *derivatives;                    /* [N,W], laid out as ur_params_data */
  double variance; /* 1/(NK) sum |y - t|^2: of the Gaussian under which the targets are the likeliest */
} ur_each;

/* To be freed by ur_each_free; empty after a failure. UR_E_STATE for a model that is no such net,
 * UR_E_ARGUMENT where there are more than UR_EACH_MAX derivatives, UR_E_MEMORY. */
ur_status ur_each_of(const ur_trainer *trainer, ur_each *out);
void ur_each_free(ur_each *each);

#endif
