/* One token from a distribution, and whole sequences from a run. */
#include <math.h>

#include "run.h"
#include "sampling.h"

static const float p[6] = {0.05f, 0.3f, 0.1f, 0.3f, 0.2f, 0.05f};

static void apply(double temperature, int top_k, double top_p, float *after) {
  const ur_sampling how = {temperature, top_k, top_p};
  double sum = 0;
  CHECK(ur_apply_sampling(&how, p, after, 6) == UR_OK);
  for (int i = 0; i < 6; i++) sum += after[i];
  CHECK_NEAR(sum, 1, 1e-6);
}

static void check_kept(const float *after, const char *kept) {
  double sum = 0;
  for (int i = 0; i < 6; i++) sum += kept[i] == '1' ? p[i] : 0;
  for (int i = 0; i < 6; i++) CHECK_NEAR(after[i], kept[i] == '1' ? p[i] / sum : 0, 1e-7);
}

static void test_apply(void) {
  float after[6];
  apply(1, 0, 1, after);
  check_kept(after, "111111");
  apply(1, 1, 1, after);
  check_kept(after, "010000"); /* two are equal: the first */
  apply(1, 2, 1, after);
  check_kept(after, "010100");
  apply(1, 5, 1, after);
  check_kept(after, "111110");
  apply(1, 100, 1, after);
  check_kept(after, "111111");
  apply(1, 0, 0.1, after);
  check_kept(after, "010000");
  apply(1, 0, 0.55, after);
  check_kept(after, "010100"); /* 0.6 is the first sum that reaches it */
  apply(1, 0, 0.65, after);
  check_kept(after, "010110");
  apply(1, 3, 0.7, after); /* of what top-k left: 0.3 + 0.3 of 0.8 */
  check_kept(after, "010100");
  apply(0, 0, 1, after);
  CHECK(after[1] == 1 && after[3] == 0);
  double squares = 0;
  for (int i = 0; i < 6; i++) squares += (double)p[i] * p[i];
  apply(0.5, 0, 1, after);
  for (int i = 0; i < 6; i++) CHECK_NEAR(after[i], (double)p[i] * p[i] / squares, 1e-6);
  apply(1e6, 0, 1, after);
  for (int i = 0; i < 6; i++) CHECK_NEAR(after[i], 1.0 / 6, 1e-5);
  apply(1e-4, 0, 1, after);
  CHECK_NEAR(after[1], 0.5, 1e-6); /* cold: the two likeliest share it */
}

static void test_refused(void) {
  static const ur_sampling bad[] = {{-1, 0, 1},   {NAN, 0, 1}, {1, -1, 1},      {1, 0, 0},
                                    {1, 0, 1.01}, {1, 0, NAN}, {INFINITY, 0, 1}};
  const ur_sampling good = {1, 0, 1};
  const float zero[2] = {0, 0}, no_number[2] = {0.5f, NAN};
  float after[6];
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    CHECK(ur_apply_sampling(&bad[i], p, after, 6) == UR_E_ARGUMENT);
  CHECK(ur_apply_sampling(&good, p, after, 0) == UR_E_ARGUMENT);
  CHECK(ur_apply_sampling(&good, zero, after, 2) == UR_E_NUMBER);
  CHECK(ur_apply_sampling(&good, no_number, after, 2) == UR_E_NUMBER);
}

/* 60,000 draws: each share within five standard deviations of its probability, and never what has none. */
static void test_draws(void) {
  enum { DRAWS = 60000 };
  const float q[5] = {0, 0.5f, 0, 0.375f, 0.125f};
  ur_rng stream = ur_rng_stream(1, "sampling", 0);
  int seen[5] = {0};
  for (int i = 0; i < DRAWS; i++) seen[ur__draw(q, 5, ur_rng_uniform(&stream))]++;
  for (int i = 0; i < 5; i++) {
    const double expected = q[i] * DRAWS;
    CHECK_NEAR(seen[i], expected, 5 * sqrt(expected * (1 - q[i])) + 1e-9);
  }
}

/* A sample is a function of the state and its number: other samples, updates undone, order do not matter. */
static void test_sequences(const char *model) {
  const ur_sampling how = {1, 0, 1}, greedy = {0, 0, 1};
  ur_trainer *trainer = run_new(model, NULL);
  ur_buffer first[5] = {{0}}, again = {0}, text = {0};
  run_steps(trainer, 3);
  const uint64_t hash = ur_trainer_hash(trainer);
  int differ = 0;
  for (uint64_t i = 0; i < 5; i++) CHECK(ur_trainer_sample(trainer, &how, i, "", &first[i]) == UR_OK);
  for (int i = 4; i >= 0; i--) {
    again.size = 0;
    CHECK(ur_trainer_sample(trainer, &how, (uint64_t)i, "", &again) == UR_OK &&
          same_bytes(&again, &first[i]));
    differ += !same_bytes(&first[i], &first[(i + 1) % 5]);
  }
  CHECK(differ > 0 && ur_trainer_hash(trainer) == hash);
  CHECK(ur_trainer_sample(trainer, &how, 0, "ba", &text) == UR_OK && memcmp(text.data, "ba", 2) == 0);
  CHECK(ur_trainer_sample(trainer, &how, 0, "xyz", &text) == UR_E_TEXT);
  text.size = 0;
  CHECK(ur_trainer_sample(trainer, &greedy, 0, "", &text) == UR_OK && text.size <= 64);
  again.size = 0;
  CHECK(ur_trainer_sample(trainer, &greedy, 9, "", &again) == UR_OK && same_bytes(&text, &again));

  /* The likeliest next token is what greedy sampling writes. */
  float before[16], after[16], total = 0;
  const int V = ur_trainer_vocabulary_size(trainer);
  CHECK(V == 9 && ur_trainer_next(trainer, &how, "ba", before, after) == UR_OK && after[0] == 0);
  int best = 1;
  for (int i = 0; i < V; i++) {
    total += before[i];
    if (after[i] > after[best]) best = i;
  }
  CHECK_NEAR(total, 1, 1e-5);
  text.size = 0;
  CHECK(ur_trainer_sample(trainer, &greedy, 0, "ba", &text) == UR_OK);
  const char *token = best == 1 ? "" : ur_trainer_token(trainer, best);
  CHECK(strncmp((const char *)text.data + 2, token, strlen(token)) == 0 && (best != 1 || text.size == 2));
  for (int i = 0; i < 5; i++) ur_buffer_free(&first[i]);
  ur_buffer_free(&again);
  ur_buffer_free(&text);
  ur_trainer_free(trainer);
}

/* Token by token gives what the whole sequence at once gives: the loss of a text is the sum over its next
 * tokens. */
static void test_next_is_the_loss(const char *model) {
  static const char text[] = "abbb\nbaab\n";
  const ur_sampling how = {1, 0, 1};
  const ur_settings settings = run_settings(model, NULL);
  ur_trainer *trainer;
  ur_evaluation unseen;
  ur_step_report report;
  float before[4], after[4];
  ur_buffer line = {0};
  int32_t targets[5] = {0};
  int count;
  double sum = 0;
  CHECK(ur_trainer_create(&settings, (ur_bytes){(const uint8_t *)text, sizeof text - 1}, &trainer) == UR_OK);
  CHECK(ur_trainer_step(trainer, &report) == UR_OK && ur_trainer_evaluate(trainer, 1, &unseen) == UR_OK);
  CHECK(ur_trainer_example(trainer, 0, &line) == UR_OK && line.size == 4);
  CHECK(ur_trainer_encode(trainer, (const char *)line.data, targets, 4, &count) == UR_OK);
  targets[4] = 1; /* <end> */
  for (int t = 0; t < 5; t++) {
    char prefix[8] = "";
    memcpy(prefix, line.data, (size_t)t);
    CHECK(ur_trainer_next(trainer, &how, prefix, before, after) == UR_OK);
    sum -= log(before[targets[t]]);
  }
  CHECK(unseen.tokens == 5);
  CHECK_NEAR(sum / 5, unseen.loss, 1e-6);
  ur_buffer_free(&line);
  ur_trainer_free(trainer);
}

int main(void) {
  TEST("temperature, top-k, top-p") { test_apply(); }
  TEST("refused") { test_refused(); }
  TEST("draws") { test_draws(); }
  static const char *const models[] = {"rnn_lm", "window_lm", "ngram_lm"};
  for (int i = 0; i < 3; i++) {
    TEST("sequences") { test_sequences(models[i]); }
    TEST("next tokens and the loss") { test_next_is_the_loss(models[i]); }
  }
  return check_done();
}
