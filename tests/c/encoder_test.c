/* The model encoder and the tasks that ask where a symbol stands: both lowerings, padding, what order is to
 * it with places and without, a start drawn anew, examples that are what they are called, what is refused. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alike.h"
#include "alloc.h"
#include "check.h"
#include "trained.h"
#include "trainer.h"

/* "key=value ..." over a small net. */
static ur_settings small(const char *task, const char *more) {
  static const char *const set[][2] = {{"hidden_size", "12"},       {"num_heads", "3"},
                                       {"feed_forward_size", "20"}, {"batch_size", "8"},
                                       {"context_size", "40"},      {"length", "12"}};
  ur_settings settings;
  char key[32], value[32];
  int used;
  CHECK(ur_settings_init(&settings, "encoder", task) == UR_OK);
  for (size_t i = 0; i < sizeof set / sizeof *set; i++)
    CHECK(ur_settings_set(&settings, set[i][0], set[i][1]) == UR_OK);
  for (; sscanf(more, " %31[^=]=%31s%n", key, value, &used) == 2; more += used)
    CHECK(ur_settings_set(&settings, key, value) == UR_OK);
  return settings;
}

static const char *const forms[] = {"positions=sinusoidal", "positions=learned", "positions=none",
                                    "positions=sinusoidal positions_join=concatenated hidden_size=24",
                                    "positions=learned positions_join=concatenated random_start=20"};
enum { FORMS = sizeof forms / sizeof *forms };

static const float *value(ur_tape *tape, const char *path) {
  return ur_tape_value(tape, ur_tape_find(tape, path));
}

/* Values equal bit for bit, gradients to 1e-6 of their norm, over a batch of different lengths. */
static void test_lowerings(void) {
  for (int f = 0; f < FORMS; f++) {
    const ur_settings settings = small("order", forms[f]);
    ur_trainer *trainer = trainer_of(&settings, 0);
    ur_params *params = ur_trainer_params(trainer);
    ur__batch batch = trainer->net.room;
    ur_tape *tapes[2] = {NULL, NULL};
    batch.count = 8;
    ur__examples_fill(&trainer->examples, 0, 0, &batch);
    for (int i = 0; i < 2; i++) {
      const ur_tape_options options = {.batch = 8, .length = 13, .gradients = 1, .edges = i};
      CHECK(ur__net_tape(&settings, params, i ? UR__UNROLLED : UR__FUSED, &options, &tapes[i]) == UR_OK);
      CHECK(ur__net_feed(tapes[i], &batch) == UR_OK && ur_tape_forward(tapes[i]) == UR_OK &&
            ur_tape_backward(tapes[i]) == UR_OK);
    }
    const size_t logits = 8 * (size_t)ur_trainer_vocabulary_size(trainer) * sizeof(float);
    CHECK(memcmp(value(tapes[0], "logits"), value(tapes[1], "logits"), logits) == 0);
    CHECK(*value(tapes[0], "J") == *value(tapes[1], "J"));
    CHECK(check_alike(ur_tape_param_grads(tapes[0]), ur_tape_param_grads(tapes[1]), ur_params_size(params),
                      forms[f]) > 0);
    for (int i = 0; i < 2; i++) ur_tape_free(tapes[i]);
    ur_gradcheck result;
    CHECK(ur_trainer_gradcheck(trainer, CHECK_OF(12, 3), &result) == UR_OK && result.worst < 1e-6 &&
          result.checked > 100);
    ur_trainer_free(trainer);
  }
}

/* Of one text alone, and beside longer ones: the same probabilities to the bit. */
static void test_padding(void) {
  const ur_settings settings = small("order", "positions=sinusoidal");
  ur_trainer *trainer = trainer_of(&settings, 5);
  const int V = ur_trainer_vocabulary_size(trainer);
  ur_buffer text = {0};
  double sum = 0;
  ur__batch batch = trainer->net.room;
  batch.count = 8;
  ur__examples_fill(&trainer->examples, 1, 0, &batch);
  CHECK(ur__net_evaluate(&trainer->net, &batch, &sum) == UR_OK);
  float *kept = malloc(8 * (size_t)V * sizeof *kept);
  memcpy(kept, ur__net_logits(&trainer->net), 8 * (size_t)V * sizeof *kept);
  int shorter = 0;
  for (int b = 0; b < 8; b++) {
    ur_walk *walk = NULL;
    text.size = 0;
    shorter += batch.lengths[b] < batch.length;
    ur__example_print(trainer->task, &trainer->corpus, &batch, b, &text);
    CHECK((int)text.size == batch.lengths[b] - 1);
    ur_buffer_append(&text, "", 1);
    CHECK(ur_walk_create(trainer, (const char *)text.data, &walk) == UR_OK);
    CHECK(ur_tape_forward(ur_walk_tape(walk)) == UR_OK);
    CHECK(memcmp(value(ur_walk_tape(walk), "logits"), kept + b * V, (size_t)V * sizeof *kept) == 0);
    ur_walk_free(walk);
  }
  CHECK(shorter > 0);
  ur_buffer_free(&text);
  free(kept);
  ur_trainer_free(trainer);
}

/* logits of a text. */
static void read_text(ur_trainer *trainer, const char *text, float *out) {
  ur_walk *walk = NULL;
  if (!CHECK(ur_walk_create(trainer, text, &walk) == UR_OK)) return;
  CHECK(ur_tape_forward(ur_walk_tape(walk)) == UR_OK);
  memcpy(out, value(ur_walk_tape(walk), "logits"), (size_t)ur_trainer_vocabulary_size(trainer) * sizeof *out);
  ur_walk_free(walk);
}

/* Without places a shuffle changes nothing beyond rounding; with them it does. */
static void test_order(void) {
  for (int f = 0; f < FORMS; f++) {
    const ur_settings settings = small("order", forms[f]);
    ur_trainer *trainer = trainer_of(&settings, 0);
    float one[16], other[16];
    double most = 0;
    read_text(trainer, "acdbe", one);
    read_text(trainer, "ebdca", other);
    for (int i = 0; i < ur_trainer_vocabulary_size(trainer); i++)
      most = fmax(most, fabs((double)one[i] - other[i]));
    CHECK(f == 2 ? most < 1e-5 : most > 1e-3);
    ur_trainer_free(trainer);
  }
}

/* The start of the count is drawn for each update, up to what was asked for and what the table has; nothing
 * is drawn where places are read. The same run trained again has the same bits. */
static void test_start(void) {
  const ur_settings settings = small("order", "positions=learned random_start=1000");
  ur_trainer *trainer = trainer_of(&settings, 0), *again = trainer_of(&settings, 40);
  int seen[40] = {0}, different = 0;
  for (int i = 0; i < 40; i++) {
    ur_step_report report;
    CHECK(ur_trainer_step(trainer, &report) == UR_OK);
    const ur_tape *tape = trainer->net.train;
    const int id = ur_tape_find(tape, "place");
    const int32_t *place = ur_tape_value(trainer->net.train, id);
    const int length = ur_tape_node(tape, id).shape[0];
    CHECK(place[0] >= 0 && place[0] + length <= 40 && place[8] == place[0] + 1);
    if (place[0] >= 0 && place[0] < 40) different += seen[place[0]]++ == 0;
  }
  CHECK(different > 12);
  const size_t bytes = ur_params_size(ur_trainer_params(trainer)) * sizeof(float);
  CHECK(memcmp(ur_params_data(ur_trainer_params(trainer)), ur_params_data(ur_trainer_params(again)), bytes) ==
        0);
  ur_evaluation evaluation;
  CHECK(ur_trainer_evaluate(trainer, 1, &evaluation) == UR_OK);
  const ur_tape *tape = trainer->net.evaluate;
  CHECK(((const int32_t *)ur_tape_value(trainer->net.evaluate, ur_tape_find(tape, "place")))[0] == 0);
  ur_trainer_free(trainer);
  ur_trainer_free(again);
}

/* Elsewhere than it was trained: as long as in training the same as a trainer of that length says, and
 * longer; what is not read is refused, and nothing is changed. */
static void test_longer(void) {
  const ur_settings settings = small("order", "random_start=9 shortest=4");
  const ur_settings four = small("order", "random_start=9 length=4 shortest=4");
  ur_trainer *trainer = trainer_of(&settings, 30), *of_four = trainer_of(&four, 0);
  ur_params *params = ur_trainer_params(trainer);
  const size_t bytes = ur_params_size(params) * sizeof(float);
  const uint64_t hash = ur_trainer_hash(trainer);
  ur_evaluation at, same;
  memcpy(ur_params_data(ur_trainer_params(of_four)), ur_params_data(params), bytes);
  CHECK(ur_trainer_evaluate_at(trainer, 4, &at) == UR_OK && ur_trainer_evaluate(of_four, 1, &same) == UR_OK);
  CHECK(at.loss == same.loss && at.right == same.right && at.sequences == same.sequences);
  CHECK(ur_trainer_evaluate_at(trainer, 39, &at) == UR_OK && at.tokens == 512 && at.loss != same.loss);
  CHECK(ur_trainer_evaluate_at(trainer, 40, &at) == UR_E_TEXT); /* with <start> more than context_size */
  CHECK(ur_trainer_evaluate_at(trainer, 0, &at) == UR_E_SETTING);
  CHECK(ur_trainer_hash(trainer) == hash);
  ur_settings other;
  CHECK(ur_settings_init(&other, "rnn_lm", "names") == UR_OK);
  ur_trainer *writes = trainer_of(&other, 0);
  CHECK(ur_trainer_evaluate_at(writes, 4, &at) == UR_E_SETTING && strstr(ur_last_error()->message, "length"));
  ur_trainer_free(writes);
  ur_trainer_free(of_four);
  ur_trainer_free(trainer);
}

/* Thrown while it trains: counted from 1 before, from anywhere after. */
static void test_thrown(void) {
  const ur_settings settings = small("order", "positions=sinusoidal");
  ur_trainer *trainer = trainer_of(&settings, 0);
  const ur_tape *tape = trainer->net.train;
  ur_step_report report;
  int moved[2] = {0};
  for (int i = 0; i < 40; i++) {
    if (i == 20) CHECK(ur_trainer_set(trainer, "random_start", "24") == UR_OK);
    CHECK(ur_trainer_step(trainer, &report) == UR_OK);
    moved[i >= 20] += *(const int32_t *)ur_tape_value(trainer->net.train, ur_tape_find(tape, "place")) > 0;
  }
  CHECK(moved[0] == 0 && moved[1] > 12);
  ur_trainer_free(trainer);
}

/* Which of two came first; which is before one: as it is called, every length met, none trained on and
 * unseen. */
static void test_examples(void) {
  static const char *const tasks[] = {"order", "before"};
  for (int k = 0; k < 2; k++) {
    const ur_settings settings = small(tasks[k], "shortest=3 length=7");
    ur_trainer *trainer = trainer_of(&settings, 0);
    ur__batch batch = trainer->net.room;
    int lengths[9] = {0}, firsts = 0;
    batch.count = 50;
    for (uint64_t from = 0; from < 1000; from += 50) {
      ur__examples_fill(&trainer->examples, 0, from, &batch);
      const int32_t *x = ur__batch_tokens(&batch, "x"), *y = ur__batch_tokens(&batch, "y");
      for (int b = 0; b < 50; b++) {
        const int n = batch.lengths[b];
        int a = 0, other = 0, count[2] = {0};
        CHECK(x[b] == UR__START && n >= 4 && n <= 8 && n <= batch.length);
        for (int t = 1; t < batch.length; t++) {
          const int32_t token = x[t * 50 + b];
          CHECK(t < n ? token >= UR__MARKS && token < UR__MARKS + 10 : token == UR__END);
          if (token == UR__MARKS) a = t, count[0]++;
          if (token == UR__MARKS + 1) other = t, count[1]++;
        }
        lengths[n]++;
        CHECK(count[0] == 1 && (k == 1 || count[1] == 1));
        if (k == 0) CHECK(y[b] == (a < other ? UR__MARKS : UR__MARKS + 1));
        if (k == 1) CHECK(a > 1 && y[b] == x[(a - 1) * 50 + b]);
        firsts += y[b] == UR__MARKS;
      }
    }
    for (int n = 4; n <= 8; n++) CHECK(lengths[n] > 140);
    CHECK(k == 1 ? firsts == 0 : firsts > 420 && firsts < 580);
    ur_trainer_free(trainer);
  }
}

/* Not further apart than was asked for, whichever is first. */
static void test_apart(void) {
  const ur_settings settings = small("order", "apart=2");
  ur_trainer *trainer = trainer_of(&settings, 0);
  ur__batch batch = trainer->net.room;
  int met[5] = {0}; /* by distance, from -2 */
  batch.count = 64;
  for (uint64_t from = 0; from < 640; from += 64) {
    ur__examples_fill(&trainer->examples, 0, from, &batch);
    const int32_t *x = ur__batch_tokens(&batch, "x");
    for (int b = 0; b < 64; b++) {
      int d = 0;
      for (int t = 1; t < batch.length; t++)
        d += x[t * 64 + b] == UR__MARKS ? t : x[t * 64 + b] == UR__MARKS + 1 ? -t : 0;
      if (CHECK(d >= -2 && d <= 2 && d != 0)) met[d + 2]++;
    }
  }
  for (int d = 0; d < 5; d++) CHECK(d == 2 || met[d] > 100);
  ur_trainer_free(trainer);
}

/* However few there are, some are left to train on: a run of the smallest goes on. */
static void test_few(void) {
  static const char *const sizes[] = {"length=2 shortest=2 symbols=3", "length=3 shortest=3 symbols=26",
                                      "length=3 shortest=9 symbols=3 apart=1"};
  for (int k = 0; k < 2; k++)
    for (int i = 0; i < 3; i++) {
      const ur_settings settings = small(k ? "before" : "order", sizes[i]);
      ur_trainer *trainer = trainer_of(&settings, 2);
      ur_evaluation evaluation;
      CHECK(ur_trainer_evaluate(trainer, 1, &evaluation) == UR_OK);
      ur_trainer_free(trainer);
    }
}

static void test_refused(void) {
  static const char *const bad[2][4] = {{"cde", "aab", "abz", ""}, {"cde", "abc", "bba a", ""}};
  for (int k = 0; k < 2; k++) {
    const ur_settings settings = small(k ? "before" : "order", "");
    ur_trainer *trainer = trainer_of(&settings, 0);
    ur_walk *walk = NULL;
    for (int i = 0; i < 4; i++) CHECK(ur_walk_create(trainer, bad[k][i], &walk) == UR_E_TEXT);
    CHECK(ur_walk_create(trainer, k ? "bbab" : "ab", &walk) == UR_OK);
    ur_walk_free(walk);
    ur_trainer_free(trainer);
  }
  ur_trainer *trainer = NULL;
  ur_settings odd = small("order", "hidden_size=9 positions=sinusoidal");
  CHECK(ur_trainer_create(&odd, (ur_bytes){NULL, 0}, &trainer) == UR_E_SETTING);
  CHECK(strstr(ur_last_error()->message, "waves come in pairs") != NULL);
  odd = small("order", "context_size=12");
  CHECK(ur_trainer_create(&odd, (ur_bytes){NULL, 0}, &trainer) == UR_E_TEXT);
  CHECK(strstr(ur_last_error()->message, "context_size") != NULL);
}

/* Wherever memory runs out: an error, and nothing leaks. */
static void test_memory(void) {
  const ur_settings settings = small("before", "positions=learned");
  int done = 0, n = 0;
  for (; !done && n < 5000; n++) {
    ur_trainer *trainer = NULL;
    ur_walk *walk = NULL;
    ur_step_report report;
    ur__alloc_fail_after(n);
    ur_status status = ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer);
    if (status == UR_OK) status = ur_trainer_step(trainer, &report);
    if (status == UR_OK) status = ur_walk_create(trainer, "bcad", &walk);
    ur__alloc_fail_after(-1);
    CHECK(status == UR_OK || status == UR_E_MEMORY);
    done = status == UR_OK;
    ur_walk_free(walk);
    ur_trainer_free(trainer);
  }
  CHECK(done && n > 50);
}

int main(void) {
  TEST("lowerings") { test_lowerings(); }
  TEST("padding") { test_padding(); }
  TEST("order") { test_order(); }
  TEST("start") { test_start(); }
  TEST("longer") { test_longer(); }
  TEST("thrown") { test_thrown(); }
  TEST("examples") { test_examples(); }
  TEST("apart") { test_apart(); }
  TEST("few") { test_few(); }
  TEST("refused") { test_refused(); }
  TEST("memory") { test_memory(); }
  return check_done();
}
