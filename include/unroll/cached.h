/* unroll/cached.h: what a Transformer keeps while it reads a text token by token, and what it saves. */
#ifndef UNROLL_CACHED_H
#define UNROLL_CACHED_H

#include "unroll/train.h"

typedef struct ur_cached {
  int steps, blocks, width, size; /* T tokens, <start> the first; L; D; V */
  const int32_t *tokens;          /* [T] */
  const float *keys, *values;     /* [L,T,D]: what is kept of each token */
  const float *kept, *anew;       /* [T,V]: what comes next after each token, from what was kept, and with all
                                   * tokens before computed anew */
  const float *apart; /* [T]: how many keys, values and probabilities after each token differ in any bit
                       * between the two ways */
  const double *work_kept, *work_anew; /* [T]: multiply-adds of each token, counted (unroll/steps.h) */
  void *memory;
} ur_cached;

/* Reads the text twice. UR_E_STATE for a model that keeps nothing of single tokens, or whose settings leave
 * nothing to keep; UR_E_TEXT, also for more tokens than it sees at once, UR_E_MEMORY. Empty after a failure,
 * to be freed else. */
ur_status ur_cached_read(ur_trainer *trainer, const char *text, ur_cached *out);
void ur_cached_free(ur_cached *cached);

/* Reads the text token by token so many times, for whoever has a clock. keep: 1 as it does, 0 all anew for
 * each token. Errors as ur_cached_read. */
ur_status ur_cached_run(ur_trainer *trainer, const char *text, int keep, int times);

#endif
