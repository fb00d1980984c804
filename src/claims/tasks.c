/* tasks: order counts. Unseen pairs of sentences that have the same words in another order and the other
 * answer: a recurrent net, and bags of their words, which cannot tell them apart. */
#include "claims.h"

enum { NET, NET_BOTH, BAG, BAG_BOTH, BAG_SEEN, DEEP, DEEP_BOTH, TASKS_ROWS };

static ur_status both(ur_trainer *trainer, ur_claim_row *out) {
  ur_pairs pairs = {0};
  const ur_status status = ur_trainer_pairs(trainer, &pairs);
  out->measured = status == UR_OK ? (double)pairs.both / pairs.pairs : 0;
  return status;
}

/* Of sentences that it is trained on, three in ten of which have no contrast. */
static ur_status seen(ur_trainer *trainer, ur_claim_row *out) {
  ur_evaluation trained;
  const ur_status status = ur_trainer_evaluate(trainer, 0, &trained);
  out->measured = status == UR_OK ? trained.right : 0;
  return status;
}

#define CELL                                                                                                 \
  "cell", "rnn", "hidden_size", "16", "embedding_size", "8", "learning_rate", "0.02", "batch_size", "64"
#define NO_NET                                                                                               \
  "error", "bernoulli", "hidden_1", "0", "hidden_2", "0", "learning_rate", "0.05", "batch_size", "64"
#define DEEPER                                                                                               \
  "error", "bernoulli", "hidden_1", "64", "hidden_2", "0", "learning_rate", "0.01", "batch_size", "64"
#define OVER(what, measure)                                                                                  \
  { what, NULL, NULL, 0, measure, UR__SETTINGS(NULL) }
#define ROWS(updates)                                                                                        \
  {                                                                                                          \
    [NET] =                                                                                                  \
        {"recurrent net: right", "classifier", "sentiment", updates, ur__claim_right, UR__SETTINGS(CELL)},   \
    [NET_BOTH] = OVER("recurrent net: both of a pair right", both), [BAG] = {"bag of words: right",          \
                                                                             "mlp",                          \
                                                                             "sentiment_bag",                \
                                                                             updates,                        \
                                                                             ur__claim_right,                \
                                                                             UR__SETTINGS(NO_NET)},          \
    [BAG_BOTH] = OVER("bag of words: both of a pair right", both),                                           \
    [BAG_SEEN] = OVER("bag of words: right of what it is trained on", seen),                                 \
    [DEEP] = {"bag of words with a hidden layer: right",                                                     \
              "mlp",                                                                                         \
              "sentiment_bag",                                                                               \
              updates,                                                                                       \
              ur__claim_right,                                                                               \
              UR__SETTINGS(DEEPER)},                                                                         \
    [DEEP_BOTH] = OVER("bag of words with a hidden layer: both of a pair right", both),                      \
  }
static const ur__contestant rows[TASKS_ROWS] = ROWS(200);
static const ur__contestant rows_short[TASKS_ROWS] = ROWS(100);

/* The bags have the same numbers for both, and so exactly one right of each pair. */
static int holds(const ur_claim_row *r, double right) {
  return r[NET].measured > right && r[BAG].measured == 0.5 && r[BAG_BOTH].measured == 0 &&
         r[BAG_SEEN].measured > 0.55 && r[DEEP].measured == 0.5 && r[DEEP_BOTH].measured == 0;
}
static int full(const ur_claim_row *r) { return holds(r, 0.97) && r[NET_BOTH].measured > 0.94; }
static int brief(const ur_claim_row *r) { return holds(r, 0.75); }

const ur__claim ur__claim_tasks = {
    .id = "tasks",
    .sentence =
        "Of unseen pairs that have the same words in another order, a recurrent net has more than 97 in 100 "
        "sentences right after 200 updates. A bag of words has exactly half, one of each pair and never "
        "both, "
        "with a hidden layer too.",
    .full =
        {rows, TASKS_ROWS,
         "of 512 unseen sentences, in 256 pairs: recurrent net > 0.97 right, both of a pair > 0.94; bags of "
         "words exactly 0.5 right and both of no pair; bag of words > 0.55 right of what it is trained on",
         full},
    .brief = {
        rows_short, TASKS_ROWS,
        "after 100 updates: recurrent net > 0.75 right; bags of words exactly 0.5, both of no pair; bag > "
        "0.55 right of what it is trained on",
        brief}};
