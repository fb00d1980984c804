/* The training loop: the same run twice, what it reports, what it refuses, and what is left after a failure.
 */
#include <math.h>

#include "alloc.h"
#include "run.h"
#include "trainer.h"

static const char *const models[] = {"rnn_lm", "lstm_lm", "gru_lm", "window_lm", "ngram_lm"};
#define MODELS   5
#define LEARNING 4

static void test_same(void) {
  for (int m = 0; m < MODELS; m++) {
    ur_trainer *one = run_new(models[m], NULL), *other = run_new(models[m], NULL);
    ur_trainer *seed = run_new(models[m], (const char *[]){"seed", "2", NULL});
    run_steps(one, 20);
    run_steps(other, 20);
    run_steps(seed, 20);
    CHECK(ur_trainer_hash(one) == ur_trainer_hash(other) && ur_trainer_hash(one) != ur_trainer_hash(seed));
    ur_trainer_free(one);
    ur_trainer_free(other);
    ur_trainer_free(seed);
  }
}

static void test_learns(void) {
  for (int m = 0; m < MODELS; m++) {
    ur_trainer *trainer = run_new(models[m], (const char *[]){m < LEARNING ? "learning_rate" : "order",
                                                              m < LEARNING ? "0.02" : "3", NULL});
    ur_evaluation before, after, unseen;
    const ur_sequences sequences = ur_trainer_sequences(trainer);
    CHECK(sequences.train == 11 && sequences.validation == 1);
    CHECK(ur_trainer_evaluate(trainer, 0, &before) == UR_OK);
    run_steps(trainer, 100);
    CHECK(ur_trainer_updates(trainer) == (m < LEARNING ? 100u : 1u));
    CHECK(ur_trainer_evaluate(trainer, 0, &after) == UR_OK &&
          ur_trainer_evaluate(trainer, 1, &unseen) == UR_OK);
    CHECK(after.loss < before.loss - 0.5 && after.loss > 0);
    CHECK(after.sequences == 11 && unseen.sequences == 1 && after.tokens + unseen.tokens == 62);
    const uint64_t hash = ur_trainer_hash(trainer);
    CHECK(ur_trainer_evaluate(trainer, 1, &unseen) == UR_OK && ur_trainer_hash(trainer) == hash);
    ur_trainer_free(trainer);
  }
}

/* The mean over predicted tokens: the loss of a batch is that of its sequences one by one, END counted. */
static void test_reports(void) {
  ur_trainer *trainer = run_new("rnn_lm", (const char *[]){"learning_rate", "0", "clip_norm", "0", NULL});
  ur_step_report report;
  ur_evaluation all;
  double sum = 0;
  uint32_t tokens = 0;
  CHECK(ur_trainer_evaluate(trainer, 0, &all) == UR_OK);
  for (int i = 1; i <= 3; i++) { /* 4 + 4 + 3 sequences: an epoch */
    CHECK(ur_trainer_step(trainer, &report) == UR_OK);
    CHECK(report.step == (uint64_t)i && report.grad_norm > 0 && report.rate == 0);
    sum += report.loss * report.tokens;
    tokens += report.tokens;
  }
  CHECK(tokens == all.tokens);
  CHECK_NEAR(sum / tokens, all.loss, 1e-6);
  ur_trainer_free(trainer);
}

static void test_batch_clamped(void) {
  ur_trainer *trainer = run_new("rnn_lm", (const char *[]){"batch_size", "512", NULL});
  ur_step_report report;
  ur_evaluation all;
  CHECK(trainer->batch_size == 11);
  CHECK(ur_trainer_step(trainer, &report) == UR_OK && ur_trainer_evaluate(trainer, 0, &all) == UR_OK);
  CHECK(report.tokens == all.tokens);
  ur_trainer_free(trainer);
}

static void test_set(void) {
  ur_trainer *trainer = run_new("rnn_lm", NULL), *plain = run_new("rnn_lm", NULL);
  ur_step_report report;
  CHECK(ur_trainer_set(trainer, "hidden_size", "7") == UR_E_SETTING);
  CHECK(strstr(ur_last_error()->message, "start a new one") != NULL);
  CHECK(ur_trainer_set(trainer, "seed", "7") == UR_E_SETTING);
  CHECK(ur_trainer_set(trainer, "learning_rate", "x") == UR_E_SETTING);
  CHECK(ur_trainer_set(trainer, "nothing", "1") == UR_E_SETTING);
  CHECK(ur_trainer_settings(trainer)->seed == 1);
  run_steps(trainer, 1);
  run_steps(plain, 1);
  CHECK(ur_trainer_set(trainer, "learning_rate", "0.5") == UR_OK);
  CHECK(ur_trainer_step(trainer, &report) == UR_OK && report.rate == 0.5);
  run_steps(plain, 1);
  CHECK(ur_trainer_hash(trainer) != ur_trainer_hash(plain));
  CHECK(strcmp((const char *)trainer->changes.data, "[1,\"learning_rate\",\"0.5\"]") == 0);
  ur_trainer_free(trainer);
  ur_trainer_free(plain);
}

/* A rate that breaks the net: training stops, names the node, and everything is as it was before that update.
 */
static void test_breaks(const char *optimizer, const char *activation, const char *rate) {
  ur_trainer *trainer =
      run_new("rnn_lm", (const char *[]){"optimizer", optimizer, "learning_rate", rate, "clip_norm", "0",
                                         "activation", activation, "schedule", "constant", NULL});
  ur_buffer before = {0}, after = {0};
  ur_step_report report;
  ur_status status = UR_OK;
  for (int i = 0; i < 300 && status == UR_OK; i++) {
    ur_buffer_free(&before);
    before = run_saved(trainer, 1);
    status = ur_trainer_step(trainer, &report);
  }
  if (CHECK(status == UR_E_NUMBER)) {
    CHECK(ur_last_error()->node[0] != 0 &&
          strstr(ur_last_error()->message, "lower the learning rate") != NULL);
    char update[32];
    snprintf(update, sizeof update, "update %d: ", (int)ur_trainer_updates(trainer) + 1);
    CHECK(strncmp(ur_last_error()->message, update, strlen(update)) == 0);
    after = run_saved(trainer, 1);
    CHECK(same_bytes(&before, &after));
    CHECK(ur_trainer_step(trainer, &report) == UR_E_NUMBER); /* nothing has moved on */
  }
  ur_buffer_free(&before);
  ur_buffer_free(&after);
  ur_trainer_free(trainer);
}

static void test_goes_on(void) {
  ur_trainer *trainer = run_new("rnn_lm", (const char *[]){"optimizer", "sgd", "clip_norm", "0", NULL});
  ur_step_report report;
  run_steps(trainer, 3);
  const uint64_t good = ur_trainer_hash(trainer);
  float *theta = ur_params_data(ur_trainer_params(trainer)), kept = theta[0];
  theta[0] = NAN;
  CHECK(ur_trainer_step(trainer, &report) == UR_E_NUMBER && ur_trainer_updates(trainer) == 3);
  theta[0] = kept;
  CHECK(ur_trainer_hash(trainer) == good);
  run_steps(trainer, 1);
  ur_trainer *straight = run_new("rnn_lm", (const char *[]){"optimizer", "sgd", "clip_norm", "0", NULL});
  run_steps(straight, 4);
  CHECK(ur_trainer_hash(trainer) == ur_trainer_hash(straight));
  ur_trainer_free(trainer);
  ur_trainer_free(straight);
}

static void test_refused(void) {
  const ur_settings settings = run_settings("rnn_lm", NULL);
  ur_trainer *trainer;
  CHECK(ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer) == UR_E_TEXT && trainer == NULL);
  CHECK(ur_trainer_create(&settings, (ur_bytes){(const uint8_t *)"", 0}, &trainer) == UR_E_TEXT &&
        trainer == NULL);
  ur_settings huge =
      run_settings("rnn_lm", (const char *[]){"hidden_size", "1024", "batch_size", "512", NULL});
  ur_buffer text = {0};
  for (int i = 0; i < 4000; i++)
    ur_buffer_print(&text, "%04d bcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefg\n", i);
  CHECK(ur_trainer_create(&huge, bytes_of(&text), &trainer) == UR_E_MEMORY && trainer == NULL);
  ur_buffer_free(&text);
}

/* Every allocation of a run's life fails once: a clear status, nothing left behind (the sanitizer counts),
 * and a run that was there before goes on. */
static void test_no_memory(const char *model) {
  const ur_settings settings = run_settings(model, NULL);
  ur_trainer *trainer = NULL;
  long n = 0;
  for (;; n++) {
    ur__alloc_fail_after(n);
    const ur_status status = ur_trainer_create(&settings, run_corpus(), &trainer);
    ur__alloc_fail_after(-1);
    if (status == UR_OK) break;
    CHECK(status == UR_E_MEMORY && trainer == NULL && ur_last_error()->message[0] != 0);
  }
  CHECK(n > 8);
  run_steps(trainer, 2);
  const uint64_t hash = ur_trainer_hash(trainer);

  /* An update and an evaluation allocate nothing. */
  ur_step_report report;
  ur_evaluation evaluation;
  ur__alloc_fail_after(0);
  CHECK(ur_trainer_step(trainer, &report) == UR_OK && ur_trainer_evaluate(trainer, 1, &evaluation) == UR_OK);
  ur__alloc_fail_after(-1);
  CHECK(strcmp(model, "ngram_lm") == 0 || ur_trainer_hash(trainer) != hash);

  ur_buffer good = run_saved(trainer, 1);
  for (n = 0;; n++) {
    ur_buffer bytes = {0};
    ur__alloc_fail_after(n);
    const ur_status status = ur_trainer_save(trainer, 1, &bytes);
    ur__alloc_fail_after(-1);
    if (status == UR_OK) CHECK(same_bytes(&bytes, &good));
    ur_buffer_free(&bytes);
    if (status == UR_OK) break;
    CHECK(status == UR_E_MEMORY);
  }
  CHECK(n > 2);
  const uint64_t saved = ur_trainer_hash(trainer);
  run_steps(trainer, 1);
  for (n = 0;; n++) {
    ur_trainer *loaded = NULL;
    ur__alloc_fail_after(n);
    const ur_status status = ur_trainer_load(bytes_of(&good), run_corpus(), &loaded);
    ur__alloc_fail_after(-1);
    if (status == UR_OK) CHECK(ur_trainer_hash(loaded) == saved);
    ur_trainer_free(loaded);
    if (status == UR_OK) break;
    CHECK(status == UR_E_MEMORY && loaded == NULL);
  }
  for (n = 0;; n++) {
    const uint64_t present = ur_trainer_hash(trainer);
    ur__alloc_fail_after(n);
    const ur_status status = ur_trainer_restore(trainer, bytes_of(&good));
    ur__alloc_fail_after(-1);
    CHECK(ur_trainer_hash(trainer) == (status == UR_OK ? saved : present));
    if (status == UR_OK) break;
    CHECK(status == UR_E_MEMORY);
  }
  ur_buffer_free(&good);
  ur_trainer_free(trainer);
}

/* Whatever allocation fails, the buffer says so. */
static void test_gradcheck(void) {
  static const char *const activations[] = {"tanh", "sigmoid"};
  ur_gradcheck check;
  for (int i = 0; i < 2; i++) {
    ur_trainer *trainer = run_new("rnn_lm", (const char *[]){"activation", activations[i], NULL});
    CHECK(ur_trainer_gradcheck(trainer, 0, &check) == UR_OK && check.worst < 1e-6);
    CHECK(check.checked == ur_params_size(ur_trainer_params(trainer)));
    ur_trainer_free(trainer);
  }
  ur_trainer *window = run_new("window_lm", NULL), *counts = run_new("ngram_lm", NULL);
  CHECK(ur_trainer_gradcheck(window, 0, &check) == UR_OK && check.worst < 1e-6);
  CHECK(ur_trainer_gradcheck(counts, 0, &check) == UR_E_STATE && ur_trainer_params(counts) == NULL);
  ur_trainer_free(window);
  ur_trainer_free(counts);
}

/* Every cell of E is scaled, exactly; nothing else begins elsewhere, and at 1 nothing does. */
static void test_embedding_std(void) {
  static const char *const with_table[] = {"rnn_lm", "lstm_lm", "gru_lm", "window_lm", "classifier"};
  for (int m = 0; m < 5; m++) {
    ur_trainer *of[3] = {NULL, NULL, NULL};
    static const char *const std[] = {NULL, "1", "0.3"};
    ur_settings settings;
    for (int i = 0; i < 3; i++) {
      const int whole = strcmp(with_table[m], "classifier") == 0;
      CHECK(ur_settings_init(&settings, with_table[m], whole ? "remember" : "lines") == UR_OK);
      CHECK(ur_settings_set(&settings, "hidden_size", "6") == UR_OK);
      if (std[i] != NULL) CHECK(ur_settings_set(&settings, "embedding_std", std[i]) == UR_OK);
      CHECK(ur_trainer_create(&settings, whole ? (ur_bytes){NULL, 0} : run_corpus(), &of[i]) == UR_OK);
    }
    if (!CHECK(of[0] != NULL && of[1] != NULL && of[2] != NULL)) continue;
    ur_params *const params = ur_trainer_params(of[2]);
    const ur_param_view E = ur_params_view(params, 0);
    const float *as_before = ur_params_data(ur_trainer_params(of[0])), *small = ur_params_data(params);
    CHECK(strcmp(E.name, "E") == 0 && E.offset == 0);
    CHECK(ur_trainer_hash(of[0]) == ur_trainer_hash(of[1]));
    for (size_t i = 0; i < ur_params_size(params); i++)
      CHECK(small[i] == (i < E.size ? as_before[i] * 0.3f : as_before[i]));
    for (int i = 0; i < 3; i++) ur_trainer_free(of[i]);
  }
}

int main(void) {
  TEST("the same run twice") { test_same(); }
  TEST("learns") { test_learns(); }
  TEST("reports") { test_reports(); }
  TEST("batch larger than the text") { test_batch_clamped(); }
  TEST("live settings") { test_set(); }
  TEST("broken by its rate") {
    test_breaks("sgd", "relu", "1000");
    test_breaks("momentum", "relu", "100");
    test_breaks("adam", "relu", "1000");
    test_breaks("adam", "tanh", "1000");
  }
  TEST("goes on after a failure") { test_goes_on(); }
  TEST("refused") { test_refused(); }
  TEST("no memory") {
    for (int m = 0; m < MODELS; m++) test_no_memory(models[m]);
  }
  TEST("gradients") { test_gradcheck(); }
  TEST("size of the letter vectors") { test_embedding_std(); }
  return check_done();
}
