/* train/generate.h: a sequence written token by token, with somebody looking on. */
#ifndef UNROLL_TRAIN_GENERATE_H
#define UNROLL_TRAIN_GENERATE_H

#include "trainer.h"

/* Told of each draw, the first is 0: trainer->given is then what the model gave, trainer->drawn what was
 * drawn from. */
typedef struct ur__watcher {
  void (*seen)(void *state, const ur_trainer *trainer, int at, double u, int32_t token);
  void *state;
} ur__watcher;

typedef struct ur__writing {
  int read, count;                 /* tokens of the prefix; of what was drawn, <end> among them */
  int32_t drawn[UR__SEQUENCE_MAX]; /* [count] */
} ur__writing;

/* What ur_trainer_sample writes, as tokens; watcher may be NULL. Errors as there. */
ur_status ur__trainer_write(ur_trainer *trainer, const ur_sampling *how, uint64_t index, const char *prefix,
                            const ur__watcher *watcher, ur__writing *out);

#endif
