/* What each draw was made of: the same sequence as a sample, each column from the one before it. */
#include "unroll/drawn.h"

#include <math.h>

#include "alloc.h"
#include "run.h"
#include "unroll/graph.h"

static const ur_sampling ways[] = {{1, 0, 1}, {0.8, 4, 1}, {1.5, 0, 0.7}, {0.5, 5, 0.6}, {0, 0, 1}};
enum { WAYS = sizeof ways / sizeof *ways };
static const char *const two_heads[] = {"num_heads", "2", NULL};

/* Of one draw. */
static void check_columns(ur_trainer *trainer, const ur_sampling *how, const char *before,
                          const ur_drawn *drawn, int t) {
  const int V = drawn->size;
  const float *z = drawn->logits + t * V, *divided = drawn->divided + t * V, *given = drawn->given + t * V,
              *warmed = drawn->warmed + t * V, *left = drawn->left + t * V;
  const int32_t *order = drawn->order + t * V;
  float next[16], after[16];
  double all = 0, seen = 0, below = 0;
  CHECK(ur_trainer_next(trainer, how, before, next, after) == UR_OK);
  CHECK(memcmp(given, next, sizeof *next * (size_t)V) == 0 &&
        memcmp(left, after, sizeof *after * (size_t)V) == 0);
  for (int i = 0; i < V; i++) {
    all += exp(z[i]);
    if (i > 0) seen += exp(z[i] / (how->temperature > 0 ? how->temperature : 1));
  }
  for (int i = 0; i < V; i++) {
    CHECK_NEAR(given[i], exp(z[i]) / all, 1e-6);
    if (how->temperature > 0) {
      CHECK_NEAR(divided[i], z[i] / how->temperature, 1e-5);
      CHECK_NEAR(warmed[i], i == 0 ? 0 : how->temperature == 1 ? given[i] : exp(divided[i]) / seen, 1e-6);
    } else {
      CHECK(isnan(divided[i]) && warmed[i] == (i == order[0]));
    }
    CHECK(left[i] == 0 || left[i] >= warmed[i]);
  }
  for (int i = 1; i < V; i++)
    CHECK(warmed[order[i - 1]] > warmed[order[i]] ||
          (warmed[order[i - 1]] == warmed[order[i]] && order[i - 1] < order[i]));
  /* What is cut stands behind all that stays, and u lies in the piece of the one that was drawn. */
  for (int i = 1; i < V; i++) CHECK(left[order[i - 1]] > 0 || left[order[i]] == 0);
  for (int i = 0; i < drawn->tokens[t]; i++) below += left[i];
  CHECK(drawn->u[t] >= below && drawn->u[t] < below + left[drawn->tokens[t]]);
}

static void test_columns(const char *model) {
  ur_trainer *trainer = run_new(model, strcmp(model, "gpt") == 0 ? two_heads : NULL);
  run_steps(trainer, 5);
  for (int w = 0; w < WAYS; w++)
    for (uint64_t index = 0; index < 3; index++) {
      ur_buffer sample = {0}, text = {0};
      ur_drawn drawn;
      CHECK(ur_trainer_sample(trainer, &ways[w], index, "ba", &sample) == UR_OK);
      ur_buffer_append(&sample, "", 1);
      ur_trainer_keep(trainer, index == 1);
      CHECK(ur_drawn_read(trainer, &ways[w], index, "ba", &drawn) == UR_OK && drawn.read == 2);
      ur_trainer_keep(trainer, 1);
      CHECK(drawn.size == ur_trainer_vocabulary_size(trainer) && drawn.size <= 16 && drawn.steps >= 1);
      ur_buffer_append(&text, "ba", 3);
      for (int t = 0; t < drawn.steps; t++) {
        check_columns(trainer, &ways[w], (const char *)text.data, &drawn, t);
        text.size--;
        if (drawn.tokens[t] != 1) {
          const char *token = ur_trainer_token(trainer, drawn.tokens[t]);
          ur_buffer_append(&text, token, strlen(token));
        }
        ur_buffer_append(&text, "", 1);
      }
      CHECK(same_bytes(&sample, &text));
      ur_drawn_free(&drawn);
      ur_buffer_free(&sample);
      ur_buffer_free(&text);
    }
  ur_trainer_free(trainer);
}

/* All logits are equal: the order is the vocabulary's, the first is the likeliest, top-k and top-p keep the
 * first. */
static void test_ties(void) {
  static const ur_sampling tied[] = {{0, 0, 1}, {1, 3, 1}, {1, 0, 0.3}, {0.5, 6, 0.3}};
  static const int kept[] = {1, 3, 3, 2}; /* of eight that can be drawn; 0.3 of eight, and of six */
  ur_trainer *trainer = run_new("gpt", two_heads);
  ur_params *params = ur_trainer_params(trainer);
  for (int p = 0; p < ur_params_count(params); p++) {
    const ur_param_view view = ur_params_view(params, p);
    if (strcmp(view.name, "U") == 0 || strcmp(view.name, "b_2") == 0)
      memset(ur_params_data(params) + view.offset, 0, view.size * sizeof(float));
  }
  for (int w = 0; w < 4; w++) {
    ur_drawn drawn;
    CHECK(ur_drawn_read(trainer, &tied[w], 7, "", &drawn) == UR_OK && drawn.size == 9);
    for (int i = 0; i < 9; i++) {
      CHECK(drawn.logits[i] == drawn.logits[0]);
      if (w == 0)
        CHECK(drawn.order[0] == 1);
      else
        CHECK(drawn.order[i] == (i + 1) % 9); /* <start> has nothing, so it is the last */
      CHECK((drawn.left[i] > 0) == (i >= 1 && i <= kept[w]));
    }
    ur_drawn_free(&drawn);
  }
  ur_trainer_free(trainer);
}

static void test_refused(void) {
  ur_trainer *trainer = run_new("gpt", two_heads), *counts = run_new("ngram_lm", NULL);
  ur_drawn drawn;
  static const ur_sampling bad[] = {{-1, 0, 1}, {NAN, 0, 1}, {1, -1, 1}, {1, 0, 0}};
  for (int i = 0; i < 4; i++) {
    CHECK(ur_drawn_read(trainer, &bad[i], 0, "", &drawn) == UR_E_ARGUMENT);
    CHECK(drawn.memory == NULL && drawn.steps == 0);
  }
  CHECK(ur_drawn_read(trainer, &ways[0], 0, "xyz", &drawn) == UR_E_TEXT && drawn.memory == NULL);
  CHECK(ur_drawn_read(counts, &ways[0], 0, "", &drawn) == UR_E_STATE && drawn.memory == NULL);
  ur_status status = UR_E_MEMORY;
  for (int allocation = 0; status == UR_E_MEMORY && allocation < 20; allocation++) {
    ur__alloc_fail_after(allocation);
    status = ur_drawn_read(trainer, &ways[0], 0, "ba", &drawn);
    ur__alloc_fail_after(-1);
    CHECK(status == UR_OK ? allocation > 0 : drawn.memory == NULL);
  }
  CHECK(status == UR_OK);
  ur_drawn_free(&drawn);
  ur_trainer_free(trainer);
  ur_trainer_free(counts);
}

int main(void) {
  static const char *const models[] = {"gpt", "rnn_lm", "lstm_lm", "window_lm"};
  for (int i = 0; i < 4; i++) TEST("columns") {
      test_columns(models[i]);
    }
  TEST("ties") { test_ties(); }
  TEST("refused") { test_refused(); }
  return check_done();
}
