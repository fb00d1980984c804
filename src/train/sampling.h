/* train/sampling.h: one token from a distribution. */
#ifndef UNROLL_TRAIN_SAMPLING_H
#define UNROLL_TRAIN_SAMPLING_H

#include "unroll/train.h"

/* p [size] sums to 1; one number of the stream is used. */
int32_t ur__draw(const float *p, int size, ur_rng *stream);

#endif
