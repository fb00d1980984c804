/* unroll/bars.h: how many bars are full of the tunes that a run of the task abc writes. */
#ifndef UNROLL_BARS_H
#define UNROLL_BARS_H

#include "unroll/train.h"

typedef struct ur_bars {
  int tunes, headed; /* written; with a metre and a key at their head */
  int counted, full; /* bars: all but pick-ups and what has no line yet; those that hold what M: says */
} ur_bars;
/* Of samples `first`, first + 1, ... of ur_trainer_sample, `tunes` of them, without a prefix. Errors as
 * there. */
ur_status ur_bars_sampled(ur_trainer *trainer, const ur_sampling *how, uint64_t first, int tunes,
                          ur_bars *out);

#endif
