/* What a Transformer looks at and what mattered, against the walk, a formula and differences. */
#include "unroll/looked.h"

#include <math.h>
#include <stdio.h>

#include "alloc.h"
#include "run.h"

static const char *const forms[][9] = {
    {"num_heads", "2", "context_size", "9", NULL},
    {"num_heads", "1", "context_size", "9", "residual", "off", NULL},
    {"num_heads", "3", "context_size", "9", "norm", "post", "positions", "none", NULL},
    {"num_heads", "2", "context_size", "9", "mask", "off", "dropout", "0.5", NULL}};
enum { FORMS = sizeof forms / sizeof *forms, T = 5 }; /* <start> face */

static const float *node(ur_tape *tape, const char *path) {
  return ur_tape_value(tape, ur_tape_find(tape, path));
}

static double size_of(ur_tape *tape, const char *path, int steps) {
  const float *grad = ur_tape_grad(tape, ur_tape_find(tape, path));
  double sum = 0;
  for (int i = 0; grad != NULL && i < steps * 6; i++) sum += (double)grad[i] * grad[i];
  return sqrt(sum);
}

/* Heads as the walk has them, to the bit; the gradient by depth as its own. */
static void test_walk(void) {
  for (int f = 0; f < FORMS; f++) {
    ur_trainer *trainer = run_new("gpt", forms[f]);
    ur_looked looked;
    ur_walk *walk = NULL;
    run_steps(trainer, 3);
    CHECK(ur_looked_read(trainer, "face", 0, -1, &looked) == UR_OK && looked.steps == T && looked.at == T);
    CHECK(ur_walk_create(trainer, "face", &walk) == UR_OK);
    ur_tape *tape = ur_walk_tape(walk);
    CHECK(ur_walk_to(walk, ur_tape_walk_length(tape)) == UR_OK);
    for (int l = 0; l < looked.blocks; l++)
      for (int a = 0; a < looked.heads; a++) {
        char path[40];
        if (looked.heads > 1)
          snprintf(path, sizeof path, "blocks.%d.head%d.a", l + 1, a + 1);
        else
          snprintf(path, sizeof path, "blocks.%d.a", l + 1);
        CHECK(memcmp(looked.weights + (l * looked.heads + a) * T * T, node(tape, path),
                     T * T * sizeof(float)) == 0);
      }
    static const char *const ends[FORMS] = {"blocks.1.out", "blocks.1.m", "blocks.1.norm_2", "blocks.1.out"};
    CHECK_NEAR(looked.depth[0], size_of(tape, f == 2 ? "e" : "h", T), 1e-5 * looked.depth[0]);
    CHECK_NEAR(looked.depth[1], size_of(tape, ends[f], T), 1e-5 * looked.depth[1]);
    CHECK(looked.depth[2] > 0);
    ur_walk_free(walk);
    ur_looked_free(&looked);
    ur_trainer_free(trainer);
  }
}

/* Rows add up to 1; the first block's is by its formula, the second's is that times the first's. */
static void test_rollout(void) {
  for (int f = 0; f < FORMS; f++) {
    ur_trainer *trainer = run_new("gpt", forms[f]);
    ur_looked looked;
    CHECK(ur_looked_read(trainer, "face", 0, -1, &looked) == UR_OK);
    double step[2][T][T];
    for (int l = 0; l < 2; l++)
      for (int t = 0; t < T; t++)
        for (int s = 0; s < T; s++) {
          step[l][t][s] = 0;
          for (int a = 0; a < looked.heads; a++)
            step[l][t][s] += looked.weights[((l * looked.heads + a) * T + t) * T + s] / looked.heads;
          if (f != 1) step[l][t][s] = step[l][t][s] / 2 + (s == t ? 0.5 : 0);
        }
    for (int t = 0; t < T; t++) {
      double rows[2] = {0, 0};
      for (int s = 0; s < T; s++) {
        double both = 0;
        for (int k = 0; k < T; k++) both += step[1][t][k] * step[0][k][s];
        CHECK_NEAR(looked.rollout[t * T + s], step[0][t][s], 1e-6);
        CHECK_NEAR(looked.rollout[(T + t) * T + s], both, 1e-6);
        rows[0] += looked.rollout[t * T + s], rows[1] += looked.rollout[(T + t) * T + s];
        if (f != 3 && s > t) CHECK(looked.rollout[(T + t) * T + s] == 0);
      }
      CHECK_NEAR(rows[0], 1, 1e-5);
      CHECK_NEAR(rows[1], 1, 1e-5);
    }
    ur_looked_free(&looked);
    ur_trainer_free(trainer);
  }
}

/* All of what the first block reads, longer by a little: its score changes by the sum of gradient x input. */
static void test_times(void) {
  for (int f = 0; f < FORMS; f++) {
    ur_trainer *trainer = run_new("gpt", forms[f]);
    ur_looked looked, side[2];
    run_steps(trainer, 3);
    for (int at = 2; at <= T; at += 3) {
      CHECK(ur_looked_read(trainer, "face", at, 4, &looked) == UR_OK && looked.token == 4);
      double sum = 0;
      for (int t = 0; t < T; t++) {
        sum += looked.times[t];
        if (f != 3 && t >= at) CHECK(looked.times[t] == 0 && looked.sizes[t] == 0);
      }
      for (int k = 0; k < 2; k++) {
        ur_params *params = ur_trainer_params(trainer);
        const float by = k == 0 ? 1.02f : 0.98f;
        for (int back = 0; back < 2; back++) {
          for (int p = 0; p < 2; p++) {
            const ur_param_view view = ur_params_view(params, p);
            if (strcmp(view.name, "E") != 0 && strcmp(view.name, "P") != 0) continue;
            for (size_t i = 0; i < view.size; i++)
              ur_params_data(params)[view.offset + i] *= back ? 1 / by : by;
          }
          if (!back) CHECK(ur_looked_read(trainer, "face", at, 4, &side[k]) == UR_OK);
        }
      }
      const double difference = ((double)side[0].score - side[1].score) / 0.04;
      CHECK_NEAR(sum, difference, 5e-3 * (1 + fabs(difference)));
      ur_looked_free(&looked);
      ur_looked_free(&side[0]);
      ur_looked_free(&side[1]);
    }
    ur_trainer_free(trainer);
  }
}

/* Of a text that goes on, the last letter is read too; nothing is known to come after it, so J is of those
 * before. */
static void test_goes_on(void) {
  static const char *const set[][2] = {{"hidden_size", "6"}, {"num_heads", "2"}, {"batch_size", "1"}};
  ur_settings settings;
  ur_trainer *trainer = NULL;
  ur_looked looked;
  ur_walk *walk = NULL;
  float before[32], after[32];
  char text[2 * sizeof run_text] = ""; /* two pieces */
  int best = 0;
  CHECK(ur_settings_init(&settings, "gpt", "prose") == UR_OK);
  for (int i = 0; i < 3; i++) CHECK(ur_settings_set(&settings, set[i][0], set[i][1]) == UR_OK);
  strcat(strcpy(text, run_text), run_text);
  if (!CHECK(ur_trainer_create(&settings, (ur_bytes){(const uint8_t *)text, strlen(text)}, &trainer) ==
             UR_OK))
    return;
  run_steps(trainer, 3);
  CHECK(ur_looked_read(trainer, "face", 0, -1, &looked) == UR_OK && looked.steps == T && looked.at == T);
  const int V = ur_trainer_vocabulary_size(trainer);
  CHECK(V <= 32 && strcmp(ur_trainer_token(trainer, looked.tokens[T - 1]), "e") == 0);
  CHECK(ur_trainer_next(trainer, &(ur_sampling){1, 0, 1}, "face", before, after) == UR_OK);
  for (int v = 1; v < V; v++) best = before[v] > before[best] ? v : best;
  CHECK(looked.token == best);
  CHECK(ur_walk_create(trainer, "face", &walk) == UR_OK);
  ur_tape *tape = ur_walk_tape(walk);
  CHECK(ur_walk_to(walk, ur_tape_walk_length(tape)) == UR_OK);
  CHECK(looked.depth[0] > 0);
  CHECK_NEAR(looked.depth[0], size_of(tape, "h", T - 1), 1e-5 * looked.depth[0]);
  ur_walk_free(walk);
  ur_looked_free(&looked);
  ur_trainer_free(trainer);
}

static void test_refused(void) {
  ur_trainer *trainer = run_new("gpt", forms[0]), *other = run_new("rnn_lm", NULL);
  ur_looked looked;
  CHECK(ur_looked_read(trainer, "face", 6, -1, &looked) == UR_E_ARGUMENT && looked.memory == NULL);
  CHECK(ur_looked_read(trainer, "face", -1, -1, &looked) == UR_E_ARGUMENT);
  CHECK(ur_looked_read(trainer, "face", 1, 99, &looked) == UR_E_ARGUMENT);
  CHECK(ur_looked_read(trainer, "", 0, -1, &looked) == UR_E_TEXT);
  CHECK(ur_looked_read(other, "face", 0, -1, &looked) == UR_E_STATE);
  long n = 0;
  for (;; n++) {
    ur__alloc_fail_after(n);
    const ur_status status = ur_looked_read(trainer, "face", 0, -1, &looked);
    ur__alloc_fail_after(-1);
    ur_looked_free(&looked);
    if (status == UR_OK) break;
    CHECK(status == UR_E_MEMORY);
  }
  CHECK(n > 10);
  ur_trainer_free(trainer);
  ur_trainer_free(other);
}

int main(void) {
  TEST("walk") { test_walk(); }
  TEST("rollout") { test_rollout(); }
  TEST("gradient times input") { test_times(); }
  TEST("a text that goes on") { test_goes_on(); }
  TEST("refused") { test_refused(); }
  return check_done();
}
