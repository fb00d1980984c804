/* unroll/measure.h: how far gradients reach. One text, unrolled over a trainer's parameters, which are read
 * as they are at each call and never changed. Steps count from 1; J^(t) is the loss at step t, or of the
 * answer at the last step where a model gives one answer only. */
#ifndef UNROLL_MEASURE_H
#define UNROLL_MEASURE_H

#include "unroll/train.h"

typedef struct ur_measure ur_measure;
/* text as for ur_walk_create; at least one and at most 64 tokens. The trainer must outlive it. UR_E_STATE for
 * a model that reads a source: it has two lines of steps, and its gradients are in its walk. */
ur_status ur_measure_create(ur_trainer *trainer, const char *text, ur_measure **out);
void ur_measure_free(ur_measure *measure);
int ur_measure_length(const ur_measure *measure); /* steps */
int ur_measure_layers(const ur_measure *measure); /* recurrent ones; 0 for a model without */

/* |dJ^(t)/dh^(i)| and |dJ^(t)/dc^(i)| (Euclidean, all of the way from t included) of one layer, from 1, in
 * the direction of reading, for i = 1..t into h[t] and c[t]; c may be NULL, and is -1 where there is no cell
 * state. UR_E_ARGUMENT for a step or a layer that there is not. */
ur_status ur_measure_through_time(ur_measure *measure, int t, int layer, double *h, double *c);

/* The terms of dJ^(t)/dW = sum over i of dJ^(t)/dW|_(i), W used at step i alone (EXHIBITS' sum through time).
 */
typedef struct ur_terms {
  int steps;           /* t; terms beyond it are none */
  size_t size;         /* cells of W */
  const float *terms;  /* [steps, size] */
  const float *sum;    /* [size], as backward gives it */
  const double *norms; /* [steps] */
} ur_terms;
/* param: a name as in ur_params_view, used once a step ("W_h"). Valid until the next call. UR_E_NAME. */
ur_status ur_measure_terms(ur_measure *measure, int t, const char *param, ur_terms *out);

/* |d z^(t)_token / d e^(i)|: how much a token's score before the softmax at step t hangs on each input, for
 * i = 1..t (Simonyan et al. 2014, the norm of the input gradient). Where the answer is a number, of that.
 * UR_E_STATE where the inputs are numbers and have no vector. */
ur_status ur_measure_saliency(ur_measure *measure, int t, int token, double *sizes);

/* What the units of one recurrent layer do over a long text, by the fused graph: forwards only, with the
 * parameters and the held gates as they are now. */
#define UR_UNITS_MAX 4096 /* tokens of the text, the start mark not counted */
typedef struct ur_units {
  int steps, hidden;      /* T and H; a language model reads its start mark first, a classifier has none */
  const int32_t *tokens;  /* [T], what was read at each step; NULL where that is numbers */
  const float *h;         /* [T, H] */
  const float *c;         /* [T, H]; NULL where there is no cell state */
  const float *gates;     /* [T, G] after their sigmoid or tanh, side by side, each H wide; NULL without */
  const char *gate_names; /* a letter each, in that order: "ifgo", "rzn", "" */
  ur_tape *tape;          /* the memory that these point into */
  int32_t *read;
} ur_units;
/* layer: from 1, in the direction of reading. To be freed by ur_units_free; empty after a failure. The
 * trainer is not needed any more. UR_E_TEXT for a text that is empty, too long or has other characters,
 * UR_E_ARGUMENT for a layer that there is not, UR_E_STATE for a model without recurrent layers, or one that
 * reads a source and never a long text, UR_E_MEMORY. */
ur_status ur_units_read(ur_trainer *trainer, const char *text, int layer, ur_units *out);
void ur_units_free(ur_units *units);

#endif
