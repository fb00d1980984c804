/* train/sampling.h: one token from a distribution. */
#ifndef UNROLL_TRAIN_SAMPLING_H
#define UNROLL_TRAIN_SAMPLING_H

#include "unroll/train.h"

/* What ur_apply_sampling does, each step by itself: the distribution after the temperature alone, the tokens
 * by falling probability then, of equal ones the first first, and what is left after top-k and top-p. All
 * [size]; after may be warmed, and warmed may be before. */
ur_status ur__sampling_steps(const ur_sampling *how, const float *before, float *warmed, int *order,
                             float *after, int size);

/* p [size] sums to 1, and is laid end to end, the first token first: where does u, from 0 to 1, come to lie?
 */
int32_t ur__draw(const float *p, int size, double u);

#endif
