/* positions: what order takes. Which of two symbols came first, read by an encoder that is told where they
 * stand in no way, by waves, or by a table that is learned; in sequences longer than any it was trained on,
 * counted from 1 or, while it was trained, from anywhere. The two are near one another, so that a longer
 * sequence asks nothing that is not met in a short one, but elsewhere. */
#include <stdio.h>
#include <string.h>

#include "claims.h"

enum { NONE, WAVES, LEARNED, POSITION_ROWS };

/* Up to 16 it is trained on. */
static const int lengths[] = {4, 8, 12, 16, 20, 24, 32, 40, 48};

/* The share right of unseen sequences of so many symbols. */
static ur_status right_at(const ur_trainer *trained, int length, double *out) {
  ur_settings settings = trained->settings;
  ur_trainer *other = NULL;
  ur_evaluation evaluation = {0};
  char value[16];
  snprintf(value, sizeof value, "%d", length);
  ur_status status = ur_settings_set(&settings, "length", value);
  if (status == UR_OK) status = ur_settings_set(&settings, "shortest", value);
  if (status == UR_OK) status = ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &other);
  if (status != UR_OK) return status;
  memcpy(ur_params_data(ur_trainer_params(other)), ur_params_data(trained->net.params),
         ur_params_size(trained->net.params) * sizeof(float));
  status = ur_trainer_evaluate(other, 1, &evaluation);
  *out = evaluation.right;
  ur_trainer_free(other);
  return status;
}

static ur_status by_length(ur_trainer *trainer, ur_claim_row *out) {
  ur_status status = ur__claim_right(trainer, out);
  out->along = "length of the sequence", out->of = "share right";
  for (size_t i = 0; i < sizeof lengths / sizeof *lengths && status == UR_OK; i++) {
    ur_claim_point *point = &out->series[out->points++];
    point->at = lengths[i];
    status = right_at(trainer, lengths[i], &point->measured);
  }
  return status;
}

#define ENCODER(kind)                                                                                        \
  by_length, UR__SETTINGS("positions", kind, "apart", "4", "batch_size", "32", "learning_rate", "0.005",     \
                          "num_heads", "4")
#define ROWS(updates)                                                                                        \
  {                                                                                                          \
    [NONE] = {"no positions: share right", "encoder", "order", updates, ENCODER("none")},                    \
    [WAVES] = {"waves", "encoder", "order", updates, ENCODER("sinusoidal")},                                 \
    [LEARNED] = {"a table that is learned", "encoder", "order", updates, ENCODER("learned")},                \
  }
static const ur__contestant rows[POSITION_ROWS] = ROWS(800);
static const ur__contestant rows_short[POSITION_ROWS] = ROWS(400);

static int full(const ur_claim_row *r) {
  return r[NONE].measured < 0.6 && r[WAVES].measured > 0.95 && r[LEARNED].measured > 0.95 &&
         ur__claim_mean(&r[WAVES], 40, 48) < 0.9 && ur__claim_mean(&r[LEARNED], 40, 48) < 0.9;
}

static int brief(const ur_claim_row *r) {
  return r[NONE].measured < 0.6 && r[WAVES].measured > 0.8 && r[LEARNED].measured > 0.8;
}

const ur__claim ur__claim_positions = {
    .id = "positions",
    .sentence = "Which of two letters came first? Without positions an encoder is still guessing after 800 "
                "updates. With "
                "waves or a learned table it knows, in texts of up to the 16 letters that it was trained on; "
                "in texts of 40 "
                "and 48 either errs again, more than one time in ten.",
    .full =
        {rows, POSITION_ROWS,
         "share right of unseen texts: without positions < 0.6 (chance: 0.5), with waves and with a learned "
         "table > 0.95; of 40 and 48 letters both < 0.9",
         full},
    .brief = {
        rows_short, POSITION_ROWS,
        "share right of unseen texts after 400 updates: without positions < 0.6, with either kind > 0.8",
        brief}};
