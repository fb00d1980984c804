/* ball: the past makes it easy. A recurrent net says where a ball is a frame later, and rolls on by its own
 * steps; against the same velocity, the same place, and the same net without memory. */
#include "claims.h"
#include "unroll/rolled.h"

enum { NEXT, NEXT_VELOCITY, NEXT_PLACE, AHEAD, AHEAD_VELOCITY, AHEAD_PLACE, SPEED, FORGETFUL, BALL_ROWS };
enum { THROWS = 200, GIVEN = 10, STEPS = 20, AT = 10 };

/* One step ahead, and a point for each number of frames that were seen. */
static ur_status one_step(ur_trainer *trainer, int way, ur_claim_row *out) {
  ur_roll_errors errors;
  const ur_status status = ur_roll_errors_of(trainer, THROWS, GIVEN, STEPS, &errors);
  out->measured = errors.next[way];
  out->along = "frames seen", out->of = "mean distance, in sides of the box";
  for (int t = 0; t < errors.frames && t < UR_CLAIM_POINTS && status == UR_OK; t++)
    out->series[out->points++] = (ur_claim_point){t + 1, errors.seen[way][t]};
  return status;
}

/* Ten own steps on, and a point for each. */
static ur_status own_steps(ur_trainer *trainer, int way, ur_claim_row *out) {
  ur_roll_errors errors;
  const ur_status status = ur_roll_errors_of(trainer, THROWS, GIVEN, STEPS, &errors);
  out->measured = errors.ahead[way][AT - 1];
  out->along = "own steps", out->of = "mean distance, in sides of the box";
  for (int k = 0; k < STEPS && status == UR_OK; k++)
    out->series[out->points++] = (ur_claim_point){k + 1, errors.ahead[way][k]};
  return status;
}

static ur_status next_net(ur_trainer *t, ur_claim_row *out) { return one_step(t, UR_ROLL_NET, out); }
static ur_status next_velocity(ur_trainer *t, ur_claim_row *out) {
  return one_step(t, UR_ROLL_VELOCITY, out);
}
static ur_status next_place(ur_trainer *t, ur_claim_row *out) { return one_step(t, UR_ROLL_PLACE, out); }
static ur_status ahead_net(ur_trainer *t, ur_claim_row *out) { return own_steps(t, UR_ROLL_NET, out); }
static ur_status ahead_velocity(ur_trainer *t, ur_claim_row *out) {
  return own_steps(t, UR_ROLL_VELOCITY, out);
}
static ur_status ahead_place(ur_trainer *t, ur_claim_row *out) { return own_steps(t, UR_ROLL_PLACE, out); }

static ur_status speed(ur_trainer *trainer, ur_claim_row *out) {
  ur_roll_speed fitted;
  const ur_status status = ur_roll_speed_fit(trainer, THROWS, &fitted);
  if (status != UR_OK) return status;
  out->measured = fitted.error / fitted.spread;
  ur_roll_speed_free(&fitted);
  return UR_OK;
}

#define NET "batch_size", "32", "learning_rate", "0.005"
#define OVER(what, measure)                                                                                  \
  { what, NULL, NULL, 0, measure, UR__SETTINGS(NULL) }
#define ROWS(updates)                                                                                        \
  {                                                                                                          \
    [NEXT] = {"one step ahead: recurrent net", "forecaster", "ball", updates, next_net, UR__SETTINGS(NET)},  \
    [NEXT_VELOCITY] = OVER("one step ahead: same velocity", next_velocity),                                  \
    [NEXT_PLACE] = OVER("one step ahead: same place", next_place),                                           \
    [AHEAD] = OVER("ten own steps: recurrent net", ahead_net),                                               \
    [AHEAD_VELOCITY] = OVER("ten steps ahead: same velocity", ahead_velocity),                               \
    [AHEAD_PLACE] = OVER("ten steps ahead: same place", ahead_place),                                        \
    [SPEED] = OVER("speed read from its state: error over spread", speed),                                   \
    [FORGETFUL] = {"one step ahead: the same net without memory",  "forecaster", "ball", updates, next_net,  \
                   UR__SETTINGS(NET, "hold_z", "0", "hold_r", "0")},                                         \
  }
static const ur__contestant rows[BALL_ROWS] = ROWS(1000);
static const ur__contestant rows_short[BALL_ROWS] = ROWS(200);

/* Over seeds 1 to 30: one step ahead 0.219 to 0.235 of same place and 0.649 to 0.692 of same velocity; ten
 * own steps 0.161 to 0.257 and 0.182 to 0.278; without memory 0.962 to 0.981; speed 0.233 to 0.263. */
static int full(const ur_claim_row *r) {
  return r[NEXT].measured < 0.3 * r[NEXT_PLACE].measured &&
         r[NEXT].measured < 0.75 * r[NEXT_VELOCITY].measured &&
         r[AHEAD].measured < 0.33 * r[AHEAD_PLACE].measured &&
         r[AHEAD].measured < 0.33 * r[AHEAD_VELOCITY].measured && r[SPEED].measured < 0.35 &&
         r[FORGETFUL].measured > 0.93 * r[NEXT_PLACE].measured;
}

/* Over seeds 1 to 30: at most 0.51, at most 0.59, at least 0.962. */
static int brief(const ur_claim_row *r) {
  return r[NEXT].measured < 0.6 * r[NEXT_PLACE].measured &&
         r[AHEAD].measured < 0.8 * r[AHEAD_PLACE].measured &&
         r[FORGETFUL].measured > 0.9 * r[NEXT_PLACE].measured;
}

const ur__claim ur__claim_ball = {
    .id = "ball",
    .sentence =
        "One step ahead the recurrent net's error is less than a quarter of 'same place' and about two "
        "thirds of 'same velocity'; after ten own steps it is about a quarter of both, or less. The "
        "same net without memory is hardly better than 'same place'. The ball's speed, which it is "
        "never shown, can be read from its state.",
    .full =
        {rows, BALL_ROWS,
         "mean distance one step ahead: < 0.3 of same place, < 0.75 of same velocity; after ten own steps "
         "< 0.33 of both; without memory > 0.93 of same place; speed read from the state: error < 0.35 of "
         "its spread",
         full},
    .brief = {rows_short, BALL_ROWS,
              "after 200 updates, mean distance: one step ahead < 0.6 of same place, ten own steps < 0.8 of "
              "it; without memory one step ahead > 0.9 of it",
              brief}};
