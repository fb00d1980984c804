/* train/optimizer.h: from gradients to the next parameters. */
#ifndef UNROLL_TRAIN_OPTIMIZER_H
#define UNROLL_TRAIN_OPTIMIZER_H

#include "training.h"
#include "unroll/train.h"

/* One update's numbers, rounded to float once, here. */
typedef struct ur__rule {
  int kind; /* UR__SGD ... */
  float rate, momentum, beta1, beta2, epsilon;
  float correct1, correct2; /* 1 / (1 - beta^t) */
  float keep;               /* share of theta that AdamW keeps: 1 - rate decay */
} ur__rule;
/* step: this update's number, from 1. */
ur__rule ur__rule_of(const double *training, uint64_t step);

/* One parameter's memory: theta, and the moments that the rule keeps (velocity, or m and v), n numbers each.
 */
typedef struct ur__slot {
  float *theta, *first, *second;
  size_t n;
} ur__slot;
void ur__rule_apply(const ur__rule *rule, const ur__slot *slot, const float *grad);

float ur__grad_norm(const float *grads, size_t n);
/* What gradients are multiplied by so that their norm is at most clip_norm; 1 where it is, or where clip_norm
 * is 0. */
float ur__clip_scale(float norm, double clip_norm);

/* The lines by which the rule is written out, in order; the last is the new theta. At most UR__LINES_MAX. */
#define UR__LINES_MAX 7
int ur__rule_lines(int kind, ur_update_line lines[UR__LINES_MAX]);
/* Fills them: values[i] [n] for line i. Neither slot nor grad is changed; the arithmetic is that of the
 * kernels. */
void ur__rule_explain(const ur__rule *rule, const ur__slot *slot, const float *grad, float clip_scale,
                      float *const values[UR__LINES_MAX]);

#endif
