/* positions: what order takes. Which of two symbols came first, read by an encoder that is told where they
 * stand in no way, by waves, or by a table that is learned; in sequences longer than any it was trained on,
 * counted from 1 or, while it was trained, from anywhere. The two are near one another, so that a longer
 * sequence asks nothing that is not met in a short one, but elsewhere. */
#include "claims.h"

enum { NONE, WAVES, LEARNED, WAVES_ANYWHERE, LEARNED_ANYWHERE, POSITION_ROWS };

/* Up to 16 it is trained on. */
static const int lengths[] = {4, 8, 12, 16, 20, 24, 32, 40, 48};

static ur_status by_length(ur_trainer *trainer, ur_claim_row *out) {
  ur_status status = ur__claim_right(trainer, out);
  out->along = "length of the sequence", out->of = "share right";
  for (size_t i = 0; i < sizeof lengths / sizeof *lengths && status == UR_OK; i++) {
    ur_evaluation evaluation = {0};
    status = ur_trainer_evaluate_at(trainer, lengths[i], &evaluation);
    out->series[out->points++] = (ur_claim_point){lengths[i], evaluation.right};
  }
  return status;
}

#define ENCODER(kind, start)                                                                                 \
  by_length, UR__SETTINGS("positions", kind, "apart", "4", "batch_size", "32", "learning_rate", "0.005",     \
                          "num_heads", "4", "random_start", start)
#define ANYWHERE "48" /* places further on that a batch may begin, so that up to 64 are met */
#define ROWS(updates, more)                                                                                  \
  {                                                                                                          \
    [NONE] = {"no positions: share right", "encoder", "order", updates, ENCODER("none", "0")},               \
    [WAVES] = {"waves", "encoder", "order", updates, ENCODER("sinusoidal", "0")},                            \
    [LEARNED] = {"a table that is learned", "encoder", "order", updates, ENCODER("learned", "0")},           \
    [WAVES_ANYWHERE] = {"waves, counted from anywhere", "encoder", "order", more,                            \
                        ENCODER("sinusoidal", ANYWHERE)},                                                    \
    [LEARNED_ANYWHERE] = {"a table, counted from anywhere", "encoder", "order", more,                        \
                          ENCODER("learned", ANYWHERE)},                                                     \
  }
static const ur__contestant rows[POSITION_ROWS] = ROWS(800, 3200);
static const ur__contestant rows_short[POSITION_ROWS] = ROWS(400, 400);

/* Of both kinds, in the longest texts. */
static double longest(const ur_claim_row *waves, const ur_claim_row *learned) {
  return (ur__claim_mean(waves, 40, 48) + ur__claim_mean(learned, 40, 48)) / 2;
}

static int full(const ur_claim_row *r) {
  return r[NONE].measured < 0.6 && r[WAVES].measured > 0.95 && r[LEARNED].measured > 0.95 &&
         ur__claim_mean(&r[WAVES], 40, 48) < 0.9 && ur__claim_mean(&r[LEARNED], 40, 48) < 0.9 &&
         longest(&r[WAVES_ANYWHERE], &r[LEARNED_ANYWHERE]) > longest(&r[WAVES], &r[LEARNED]) + 0.1;
}

static int brief(const ur_claim_row *r) {
  return r[NONE].measured < 0.6 && r[WAVES].measured > 0.8 && r[LEARNED].measured > 0.8;
}

const ur__claim ur__claim_positions = {
    .id = "positions",
    .sentence =
        "Which of two letters came first? Without positions an encoder is still guessing after 800 updates. "
        "With waves or a learned table it knows, in texts of up to the 16 letters that it was trained on; in "
        "texts of 40 and 48 either errs again, more than one time in ten. Where training begins its count "
        "anywhere, and is given four times the updates, both are right more often there.",
    .full = {rows, POSITION_ROWS,
             "share right of unseen texts: without positions < 0.6 (chance: 0.5), with waves and with a "
             "learned table > 0.95; of 40 and 48 letters both < 0.9; there, counted from anywhere, the two "
             "together > 0.1 more",
             full},
    .brief = {
        rows_short, POSITION_ROWS,
        "share right of unseen texts after 400 updates: without positions < 0.6, with either kind > 0.8",
        brief}};
