/* A source and what is written for it: walked, guessed, answered. */
#include <math.h>
#include <string.h>

#include "alloc.h"
#include "check.h"
#include "trainer.h"
#include "unroll/decode.h"

/* START, END, a b c d e */
enum { A = UR__MARKS, C = A + 2, D, E };

static ur_trainer *small(const char *task, const char *attention, int updates) {
  const char *const more[] = {"attention",  attention, "embedding_size", "5", "hidden_size", "6",
                              "batch_size", "4",       "length",         "4", "symbols",     "5"};
  ur_settings settings;
  ur_trainer *trainer = NULL;
  ur_step_report report;
  CHECK(ur_settings_init(&settings, "seq2seq", task) == UR_OK);
  for (size_t i = 0; i < sizeof more / sizeof *more; i += 2)
    CHECK(ur_settings_set(&settings, more[i], more[i + 1]) == UR_OK);
  if (!CHECK(ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer) == UR_OK)) return NULL;
  for (int i = 0; i < updates; i++) CHECK(ur_trainer_step(trainer, &report) == UR_OK);
  return trainer;
}

static int reads(const ur_walk *walk, ur_read what, const int32_t *wanted, int n) {
  int count;
  const int32_t *tokens = ur_walk_read(walk, what, &count);
  return count == n && (n == 0 || memcmp(tokens, wanted, (size_t)n * sizeof *wanted) == 0);
}

static const float *step_value(ur_walk *walk, int t, const char *name) {
  char path[32];
  snprintf(path, sizeof path, "decoder.%d.%s", t, name);
  const int id = ur_tape_find(ur_walk_tape(walk), path);
  return CHECK(id != UR_NODE_NONE) ? ur_tape_value(ur_walk_tape(walk), id) : NULL;
}

/* Led by a target: each step is fed its last token, and its loss is of the next. */
static void test_target(void) {
  ur_trainer *trainer = small("reverse", "dot", 30);
  ur_walk *walk = NULL;
  if (!CHECK(ur_walk_create_pair(trainer, "cad", "ace", &walk) == UR_OK)) return;
  CHECK(ur_walk_to(walk, ur_walk_length(walk)) == UR_OK);
  CHECK(reads(walk, UR_READ_SOURCE, (const int32_t[]){C, A, D}, 3));
  CHECK(reads(walk, UR_READ_INPUTS, (const int32_t[]){UR__START, A, C, E}, 4));
  const int32_t goals[] = {A, C, E, UR__END};
  CHECK(reads(walk, UR_READ_GOALS, goals, 4));
  double sum = 0;
  for (int t = 1; t <= 4; t++) sum -= log(step_value(walk, t, "y_hat")[goals[t - 1]]);
  const int J = ur_tape_find(ur_walk_tape(walk), "J");
  CHECK_NEAR(*(const float *)ur_tape_value(ur_walk_tape(walk), J), sum / 4, 1e-5);
  ur_walk_free(walk);
  /* without one: what is right; an empty one is all <end> */
  CHECK(ur_walk_create(trainer, "cad", &walk) == UR_OK);
  CHECK(reads(walk, UR_READ_GOALS, (const int32_t[]){D, A, C, UR__END}, 4));
  ur_walk_free(walk);
  CHECK(ur_walk_create_pair(trainer, "c", "", &walk) == UR_OK);
  CHECK(reads(walk, UR_READ_INPUTS, (const int32_t[]){UR__START}, 1) &&
        reads(walk, UR_READ_GOALS, (const int32_t[]){UR__END}, 1));
  ur_walk_free(walk);
  ur_trainer_free(trainer);
}

/* Led by its own guess: at each step the goal is the likeliest, and it is what sampling without chance gives.
 */
static void test_guess(const char *attention, int updates) {
  static const ur_sampling greedy = {.temperature = 0, .top_p = 1};
  ur_trainer *trainer = small("sort", attention, updates);
  int32_t tokens[UR_WRITTEN_MAX];
  ur_buffer text = {0}, sample = {0};
  ur_walk *walk = NULL;
  int count;
  CHECK(ur_trainer_guess(trainer, "cab", tokens, &count) == UR_OK && count >= 1 && count <= 5);
  if (!CHECK(ur_walk_create_pair(trainer, "cab", NULL, &walk) == UR_OK)) return;
  CHECK(ur_walk_to(walk, ur_walk_length(walk)) == UR_OK && reads(walk, UR_READ_GOALS, tokens, count));
  for (int t = 1; t <= count; t++)
    CHECK(1 + ur__net_largest(step_value(walk, t, "y_hat") + 1, A + 5 - 1) == tokens[t - 1]);
  ur_trainer_text(trainer, tokens, count, &text);
  CHECK(ur_trainer_sample(trainer, &greedy, 0, "cab", &sample) == UR_OK);
  CHECK(text.size == sample.size && (text.size == 0 || memcmp(text.data, sample.data, text.size) == 0));
  ur_walk_free(walk);
  ur_buffer_free(&text);
  ur_buffer_free(&sample);
  ur_trainer_free(trainer);
}

static void test_answer(void) {
  static const char *const tasks[] = {"reverse", "sort"};
  static const int32_t right[][4] = {{D, A, C, UR__END}, {A, C, D, UR__END}};
  for (int i = 0; i < 2; i++) {
    ur_trainer *trainer = small(tasks[i], "none", 0);
    int32_t tokens[UR_WRITTEN_MAX];
    int count;
    CHECK(ur_trainer_answer(trainer, "cad", tokens, &count) == UR_OK && count == 4);
    CHECK(memcmp(tokens, right[i], sizeof right[i]) == 0);
    ur_trainer_free(trainer);
  }
}

static int said(const char *part) { return strstr(ur_last_error()->message, part) != NULL; }

static void test_refused(void) {
  ur_trainer *trainer = small("reverse", "none", 0);
  int32_t tokens[UR_WRITTEN_MAX];
  ur_walk *walk = NULL;
  int count;
  CHECK(ur_walk_create_pair(trainer, "", "a", &walk) == UR_E_TEXT && walk == NULL);
  CHECK(said("the source is empty"));
  CHECK(ur_walk_create_pair(trainer, "ab", "ax", &walk) == UR_E_TEXT && walk == NULL);
  CHECK(said("of what is written: the model knows no x") && strcmp(ur_last_error()->node, "target") == 0);
  CHECK(ur_walk_create_pair(trainer, "abcab", NULL, &walk) == UR_E_TEXT && walk == NULL); /* longest: 4 */
  CHECK(ur_trainer_guess(trainer, "", tokens, &count) == UR_E_TEXT && count == 0);
  CHECK(ur_trainer_answer(trainer, "x", tokens, &count) == UR_E_TEXT && count == 0);
  ur_trainer_free(trainer);
  ur_settings settings;
  CHECK(ur_settings_init(&settings, "classifier", "remember") == UR_OK);
  CHECK(ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer) == UR_OK);
  CHECK(ur_walk_create_pair(trainer, "ab", "a", &walk) == UR_E_STATE && said("it has no target"));
  CHECK(ur_trainer_guess(trainer, "ab", tokens, &count) == UR_E_STATE);
  CHECK(ur_trainer_answer(trainer, "ab", tokens, &count) == UR_E_STATE);
  ur_trainer_free(trainer);
}

static void test_no_memory(void) {
  ur_trainer *trainer = small("reverse", "additive", 1);
  int n = 0;
  for (int done = 0; !done && n < 1000; n++) {
    ur_walk *walk = NULL;
    ur__alloc_fail_after(n);
    const ur_status status = ur_walk_create_pair(trainer, "abc", NULL, &walk);
    ur__alloc_fail_after(-1);
    CHECK(status == UR_OK || (status == UR_E_MEMORY && walk == NULL));
    done = status == UR_OK;
    ur_walk_free(walk);
  }
  CHECK(n > 10 && n < 1000);
  ur_trainer_free(trainer);
}

int main(void) {
  TEST("led by a target") { test_target(); }
  TEST("led by its own guess") {
    test_guess("none", 0);
    test_guess("dot", 200);
  }
  TEST("what is right") { test_answer(); }
  TEST("refused") { test_refused(); }
  TEST("no memory") { test_no_memory(); }
  return check_done();
}
