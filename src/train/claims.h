/* train/claims.h: the table of claims. A claim is a list of contestants, each trained on the same task, split
 * and seed, and a condition on what they measure. */
#ifndef UNROLL_TRAIN_CLAIMS_H
#define UNROLL_TRAIN_CLAIMS_H

#include "unroll/train.h"

#define UR__CLAIM_ROWS 8

typedef struct ur__contestant {
  const char *name, *model;
  const char *settings[7]; /* key, value, ...; NULL ends */
} ur__contestant;

typedef struct ur__claim_form {
  int updates;
  const char *asked;
  int (*holds)(const ur_claim_row *rows);
} ur__claim_form;

typedef struct ur__claim {
  const char *id, *task, *sentence;
  const ur__contestant *contestants;
  int count;
  ur__claim_form full, brief; /* brief: fewer updates and thresholds of its own, for tests */
} ur__claim;

extern const ur__claim ur__claims[];
extern const int ur__claim_count;

#endif
