/* claims/claims.h: the table of claims; each is a file of its own. A claim is a list of contestants, each
 * trained with the same seed, and a condition on what they measure. */
#ifndef UNROLL_CLAIMS_CLAIMS_H
#define UNROLL_CLAIMS_CLAIMS_H

#include "trainer.h"

#define UR__CLAIM_ROWS 10

/* A row names src/claims/<id>.c; one without its file does not link. */
#define UR__CLAIM_LIST(X)                                                                                    \
  X(rnn)                                                                                                     \
  X(bptt)                                                                                                    \
  X(lstm)                                                                                                    \
  X(steps)                                                                                                   \
  X(seq2seq)                                                                                                 \
  X(attention)                                                                                               \
  X(backprop)                                                                                                \
  X(curve)                                                                                                   \
  X(descent)                                                                                                 \
  X(qkv)                                                                                                     \
  X(positions)                                                                                               \
  X(meaning)                                                                                                 \
  X(depth) X(translator) X(next_word) X(block) X(gpt) X(ball) X(tasks) X(elsewhere) X(music) X(caption)

/* What is trained in updates, but is no net of the table of models. */
typedef struct ur__trained {
  ur_status (*begin)(uint64_t seed, void **out); /* NULL after a failure */
  ur_status (*update)(void *own, double *loss);
  ur_status (*measure)(void *own, ur_claim_row *out);
  void (*end)(void *own); /* of NULL too */
} ur__trained;

/* Without a model, a count and a training of its own: measured over the net of the row before, which has
 * updates of its own. */
typedef struct ur__contestant {
  const char *name, *model, *task;
  int updates;
  ur_status (*measure)(ur_trainer *trainer, ur_claim_row *out); /* after its updates; the name stands */
  const char *settings[25];                                     /* key, value, ...; NULL ends */
  ur_status (*count)(uint64_t seed, ur_claim_row *out);         /* in the place of model, task and all that */
  int counts; /* rows that it fills, this one and those after it, which say their names alone; 0: this one */
  const ur__trained *trained; /* in the place of all that but the updates */
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

#define UR__CLAIM_DECLARED(id) extern const ur__claim ur__claim_##id;
UR__CLAIM_LIST(UR__CLAIM_DECLARED)
#undef UR__CLAIM_DECLARED
extern const ur__claim *const ur__claims[];
extern const int ur__claim_count;

/* The settings that a contestant is trained with. */
ur_status ur__claim_settings(const ur__contestant *contestant, ur_settings *out);

/* What is measured most often: the loss of unseen sequences; the share of unseen answers that are right; the
 * share of unseen sources that all is written right for, as a series by their length. */
ur_status ur__claim_loss(ur_trainer *trainer, ur_claim_row *out);
ur_status ur__claim_right(ur_trainer *trainer, ur_claim_row *out);
ur_status ur__claim_by_length(ur_trainer *trainer, ur_claim_row *out);
/* The mean of a series from `first` to `last`. */
double ur__claim_mean(const ur_claim_row *row, double first, double last);
/* The settings of a contestant: key, value, ...; it is measured, not counted. */
#define UR__SETTINGS(...) {__VA_ARGS__, NULL}, NULL, 0, NULL

/* Do so many of `of` seeds carry a claim? At most one in thirty may fail: 29 of 30, 3 of 3. */
int ur__claim_stands(int hold, int of);

#endif
