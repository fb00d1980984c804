/* unroll/drawn.h: a sequence written token by token, with all that each draw was made of. */
#ifndef UNROLL_DRAWN_H
#define UNROLL_DRAWN_H

#include "unroll/train.h"

typedef struct ur_drawn {
  int steps, size;       /* T draws, of V tokens each */
  int read;              /* tokens of the prefix, before the first draw */
  const int32_t *tokens; /* [T]: what was drawn; <end> the last, where it came to one */
  const float *u;        /* [T]: the random number, from 0 up to 1 */
  const float *logits;   /* [T,V]: z, as the model gives them */
  const float *divided;  /* [T,V]: z / temperature; NaN at temperature 0 */
  const float *given;    /* [T,V]: softmax(z) */
  const float *warmed; /* [T,V]: after the temperature (1: as given), without <start>, which is never drawn */
  const float *left;   /* [T,V]: after top-k and top-p, so that it adds up to 1 again. Laid end to end, the
                        * first token first, u lies in the one that is drawn */
  const int32_t *order; /* [T,V]: tokens by falling warmed, of equal ones the first first: the order in which
                         * top-k and top-p count */
  void *memory;
} ur_drawn;

/* Writes what ur_trainer_sample of the same arguments does. To be freed by ur_drawn_free; empty after a
 * failure. UR_E_STATE for a model that only counts, answers once or writes for a source; UR_E_TEXT,
 * UR_E_ARGUMENT, UR_E_NUMBER, UR_E_MEMORY. */
ur_status ur_drawn_read(ur_trainer *trainer, const ur_sampling *how, uint64_t index, const char *prefix,
                        ur_drawn *out);
void ur_drawn_free(ur_drawn *drawn);

#endif
