/* train/claims.h: the table of claims. A claim is a list of contestants, each trained with the same seed, and
 * a condition on what they measure. */
#ifndef UNROLL_TRAIN_CLAIMS_H
#define UNROLL_TRAIN_CLAIMS_H

#include "unroll/train.h"

#define UR__CLAIM_ROWS 8

/* What is measured of a contestant after its updates. */
typedef enum ur__measured {
  UR__LOSS,    /* of unseen sequences */
  UR__RIGHT,   /* share of unseen answers that are right */
  UR__SHRINKS, /* how many times the gradient is smaller UR__REACH steps back: reach.h */
  UR__GROWS,   /* how many times it is larger */
  UR__CLIPPED  /* the length of the whole gradient after clipping */
} ur__measured;

typedef struct ur__contestant {
  const char *name, *model, *task;
  int updates;
  ur__measured measured;
  const char *settings[17]; /* key, value, ...; NULL ends */
} ur__contestant;

typedef struct ur__claim_form {
  const ur__contestant *contestants;
  int count;
  const char *asked;
  int (*holds)(const ur_claim_row *rows);
} ur__claim_form;

typedef struct ur__claim {
  const char *id, *sentence;
  ur__claim_form full, brief; /* brief: less work and thresholds of its own, for tests */
} ur__claim;

extern const ur__claim ur__claims[];
extern const int ur__claim_count;

/* Do so many of `of` seeds carry a claim? At most one in thirty may fail: 29 of 30, 3 of 3. */
int ur__claim_stands(int hold, int of);

#endif
