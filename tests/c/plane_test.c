/* What units say over the plane, and what the output sees: against the points of a batch, and a net that is
 * worked out by hand. */
#include <string.h>

#include "alloc.h"
#include "mlp_run.h"
#include "unroll/each.h"
#include "unroll/plane.h"

enum { STEPS = 5, CELLS = STEPS * STEPS };
static const ur_plane PLANE = {-1, 1, STEPS};

/* The places of the plane are the points of the batch, row by row. */
static void test_answers(void) {
  char own[64 * CELLS] = "";
  double units[9 * CELLS], answers[3 * CELLS], all[3 * CELLS];
  ur_each each;
  for (int i = 0; i < CELLS; i++)
    snprintf(own + strlen(own), sizeof own - strlen(own), "%g %g 0 1 0\n", i % STEPS / 2.0 - 1,
             i / STEPS / 2.0 - 1);
  ur_trainer *trainer = open_run("arms", "hidden_1=5 hidden_2=4 skips=all error=softmax", own);
  if (!CHECK(trainer != NULL)) return;
  for (int i = 0; i < 3 * CELLS; i++) all[i] = -1;
  CHECK(ur_plane_rows(trainer, &PLANE, 0, STEPS, units, answers) == UR_OK);
  CHECK(ur_each_of(trainer, &each) == UR_OK && each.points == CELLS);
  for (int i = 0; i < CELLS; i++)
    for (int k = 0; k < 3; k++) CHECK(answers[k * CELLS + i] == each.y[3 * i + k]);
  /* some rows touch no others */
  CHECK(ur_plane_rows(trainer, &PLANE, 2, 2, units, all) == UR_OK);
  for (int i = 0; i < 3 * CELLS; i++)
    CHECK(all[i] == (i % CELLS / STEPS == 2 || i % CELLS / STEPS == 3 ? answers[i] : -1));
  ur_each_free(&each);
  ur_trainer_free(trainer);
}

/* relu(x_1), relu(x_2 - 1/2), and 3 z_1 + 4 z_2 - 1. */
static ur_trainer *by_hand(const char *own) {
  static const float theta[] = {1, 0, 0, 1, 0, -0.5f, 3, 4, -1};
  ur_trainer *trainer = open_run("moons", "hidden_1=2 hidden_2=0 activation=relu error=bernoulli", own);
  memcpy(ur_params_data(ur_trainer_params(trainer)), theta, sizeof theta);
  return trainer;
}

static void test_by_hand(void) {
  /* z is (0,0), (1,0), (0,1/2), (1,1/2) */
  ur_trainer *trainer = by_hand("-1 -1 0\n1 -1 1\n0 1 0\n1 1 1\n");
  double units[2 * CELLS], answers[CELLS], across[4], up[4];
  CHECK(ur_plane_rows(trainer, &PLANE, 0, STEPS, units, answers) == UR_OK);
  for (int i = 0; i < CELLS; i++) {
    const double x = i % STEPS / 2.0 - 1, y = i / STEPS / 2.0 - 1, z_1 = x > 0 ? x : 0,
                 z_2 = y > 0.5 ? y - 0.5 : 0;
    CHECK_NEAR(units[i], z_1, 1e-15);
    CHECK_NEAR(units[CELLS + i], z_2, 1e-15);
    CHECK_NEAR(answers[i], 1 / (1 + exp(1 - 3 * z_1 - 4 * z_2)), 1e-12);
  }
  CHECK(ur_last_sees(trainer, across, up) == UR_OK);
  static const double sums[] = {-1, 2, 1, 4};
  for (int i = 0; i < 4; i++) {
    /* at right angles to (3,4)/5 is (4,-3)/5, from the middle (1/2,1/4) */
    const double z_1 = i % 2, z_2 = i / 2 * 0.5;
    CHECK_NEAR(across[i], sums[i], 1e-12);
    CHECK_NEAR(up[i], (4 * (z_1 - 0.5) - 3 * (z_2 - 0.25)) / 5, 1e-12);
  }
  ur_trainer_free(trainer);
}

/* With one unit before it there is no direction at right angles. */
static void test_one_unit(void) {
  ur_trainer *trainer = open_run("moons", "hidden_1=1 hidden_2=0 points=6", NULL);
  double across[6], up[6];
  CHECK(ur_last_sees(trainer, across, up) == UR_OK && across[0] != across[1]);
  for (int i = 0; i < 6; i++) CHECK_NEAR(up[i], 0, 1e-9);
  ur_trainer_free(trainer);
}

static int refused(ur_trainer *trainer, ur_plane plane, int first, int rows, ur_status expected,
                   const char *part) {
  double units[1], answers[1];
  const int no = ur_plane_rows(trainer, &plane, first, rows, units, answers) == expected &&
                 strstr(ur_last_error()->message, part) != NULL;
  ur_trainer_free(trainer);
  return no;
}

static void test_refused(void) {
  ur_settings settings;
  ur_trainer *trainer = NULL;
  CHECK(refused(open_run("curve", "", NULL), PLANE, 0, 1, UR_E_STATE, "1 inputs"));
  CHECK(refused(by_hand(NULL), (ur_plane){1, 1, 5}, 0, 1, UR_E_ARGUMENT, "empty"));
  CHECK(refused(by_hand(NULL), (ur_plane){0, NAN, 5}, 0, 1, UR_E_ARGUMENT, "empty"));
  CHECK(refused(by_hand(NULL), (ur_plane){0, 1, 1}, 0, 1, UR_E_ARGUMENT, "2 to 257"));
  CHECK(refused(by_hand(NULL), (ur_plane){0, 1, 258}, 0, 1, UR_E_ARGUMENT, "2 to 257"));
  CHECK(refused(by_hand(NULL), PLANE, 4, 2, UR_E_ARGUMENT, "not among 5"));
  CHECK(ur_settings_init(&settings, "rnn_lm", "names") == UR_OK);
  CHECK(ur_trainer_create(&settings, (ur_bytes){(const uint8_t *)"ab\nba\n", 6}, &trainer) == UR_OK);
  double across[6], up[6];
  CHECK(ur_last_sees(trainer, across, up) == UR_E_STATE);
  CHECK(refused(trainer, PLANE, 0, 1, UR_E_STATE, "no feed-forward net"));
}

static void test_no_memory(void) {
  ur_trainer *trainer = by_hand("-1 -1 0\n1 1 1\n");
  double units[2 * CELLS], answers[CELLS], across[2], up[2];
  for (int k = 0; k < 2; k++) {
    int done = 0, n = 0;
    for (; !done && n < 40; n++) {
      ur__alloc_fail_after(n);
      const ur_status status = k == 0 ? ur_plane_rows(trainer, &PLANE, 0, STEPS, units, answers)
                                      : ur_last_sees(trainer, across, up);
      ur__alloc_fail_after(-1);
      CHECK(status == UR_OK || status == UR_E_MEMORY);
      done = status == UR_OK;
    }
    CHECK(done && n > 2);
  }
  ur_trainer_free(trainer);
}

int main(void) {
  TEST("answers") { test_answers(); }
  TEST("by hand") { test_by_hand(); }
  TEST("one unit") { test_one_unit(); }
  TEST("refused") { test_refused(); }
  TEST("no memory") { test_no_memory(); }
  return check_done();
}
