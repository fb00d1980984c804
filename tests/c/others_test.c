/* Sequences that are no text, read by the model encoder: both lowerings, examples that are what they are
 * called, their text, classes and a number that are learned, what is refused. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alike.h"
#include "check.h"
#include "others.h"
#include "trained.h"
#include "trainer.h"

static const char *const tasks[] = {"protein", "digits", "days"};
enum { TASKS = 3, MANY = 512 };

static ur_settings small(const char *task, const char *positions) {
  static const char *const set[][2] = {
      {"hidden_size", "12"}, {"num_heads", "3"}, {"feed_forward_size", "20"}, {"learning_rate", "0.01"}};
  ur_settings settings;
  CHECK(ur_settings_init(&settings, "encoder", task) == UR_OK);
  for (size_t i = 0; i < sizeof set / sizeof *set; i++)
    CHECK(ur_settings_set(&settings, set[i][0], set[i][1]) == UR_OK);
  CHECK(ur_settings_set(&settings, "positions", positions) == UR_OK);
  return settings;
}

/* Many examples of a task, of those trained on or of the unseen; to be freed. */
static ur__batch many(const char *task, int unseen) {
  const ur__task *of = ur__task_find(task);
  const double values[] = {0.15};
  static ur__examples examples;
  ur__batch batch;
  CHECK(ur__batch_room(of->arrays, MANY, ur__other_length(of), 0, &batch) == UR_OK);
  ur__examples_begin(of, values, 1, &examples);
  ur__examples_fill(&examples, unseen, 0, &batch);
  return batch;
}

static const float *value(ur_tape *tape, const char *path) {
  return ur_tape_value(tape, ur_tape_find(tape, path));
}

/* Values equal bit for bit, gradients to 1e-6 of their norm; and against differences. */
static void test_lowerings(void) {
  static const char *const positions[] = {"learned", "sinusoidal", "none"};
  for (int i = 0; i < TASKS; i++) {
    const ur_settings settings = small(tasks[i], positions[i]);
    ur_trainer *trainer = trainer_of(&settings, 2);
    ur_params *params = ur_trainer_params(trainer);
    ur__batch batch = trainer->net.room;
    ur_tape *tapes[2] = {NULL, NULL};
    batch.count = 4;
    ur__examples_fill(&trainer->examples, 0, 0, &batch);
    for (int k = 0; k < 2; k++) {
      const ur_tape_options options = {.batch = 4, .length = batch.length, .gradients = 1, .edges = k};
      CHECK(ur__net_tape(&settings, params, k ? UR__UNROLLED : UR__FUSED, &options, &tapes[k]) == UR_OK);
      CHECK(ur__net_feed(tapes[k], &batch) == UR_OK && ur_tape_forward(tapes[k]) == UR_OK &&
            ur_tape_backward(tapes[k]) == UR_OK);
    }
    const size_t said = 4 * (size_t)trainer->net.io.numbers * sizeof(float);
    CHECK(memcmp(value(tapes[0], "y_hat"), value(tapes[1], "y_hat"), said) == 0);
    CHECK(*value(tapes[0], "J") == *value(tapes[1], "J") && *value(tapes[0], "J") > 0);
    CHECK(check_alike(ur_tape_param_grads(tapes[0]), ur_tape_param_grads(tapes[1]), ur_params_size(params),
                      tasks[i]) > 0);
    for (int k = 0; k < 2; k++) ur_tape_free(tapes[k]);
    ur_gradcheck result;
    CHECK(ur_trainer_gradcheck(trainer, CHECK_OF(12, 3), &result) == UR_OK && result.worst < 1e-6 &&
          result.checked > CHECK_OF(100, 20));
    ur_trainer_free(trainer);
  }
}

/* A vector of a patch by hand: E x + b_E, and its place's. */
static void test_embedding(void) {
  const ur_settings settings = small("digits", "learned");
  ur_trainer *trainer = trainer_of(&settings, 0);
  ur_params *params = ur_trainer_params(trainer);
  ur_walk *walk = NULL;
  char text[160] = "3 ";
  memset(text + 2, '0', 144);
  for (int i = 0; i < 144; i += 5) text[2 + i] = (char)('0' + i % 10);
  CHECK(ur_walk_create(trainer, text, &walk) == UR_OK);
  ur_tape *tape = ur_walk_tape(walk);
  CHECK(ur_tape_forward(tape) == UR_OK);
  const float *E = ur_params_data(params), *b = E + 12 * 16, *P = b + 12, *h = value(tape, "h");
  const int patch = 5; /* rows 4 to 7, columns 4 to 7 */
  for (int d = 0; d < 12; d++) {
    double sum = (double)b[d] + P[patch * 12 + d];
    for (int i = 0; i < 16; i++)
      sum += (double)E[d * 16 + i] * (text[2 + (4 + i / 4) * 12 + 4 + i % 4] - '0') / 9;
    CHECK_NEAR(h[patch * 12 + d], sum, 1e-5);
    CHECK_NEAR(h[d], (double)b[d] + P[d], 1e-6); /* <start> is zeros */
  }
  ur_walk_free(walk);
  ur_trainer_free(trainer);
}

/* The stretch by hand, in one of the two thirds, either as often; residues as often as they are in proteins.
 */
static void test_protein(void) {
  ur__batch batch = many("protein", 0);
  const int32_t *x = ur__batch_tokens(&batch, "x");
  const float *y = ur__batch_reals(&batch, "y");
  int tails = 0, leucine = 0, tryptophan = 0;
  for (int b = 0; b < MANY; b++) {
    double mean;
    const int first = ur__protein_stretch(x + MANY + b, UR__PROTEIN_STEPS, MANY, &mean);
    CHECK(x[b] == UR__START && mean >= 2 && (first <= 5 || first >= 12) && batch.lengths[b] == 25);
    CHECK(y[2 * b + 1] == (first >= 12) && y[2 * b] + y[2 * b + 1] == 1);
    tails += y[2 * b + 1] == 1;
    for (int t = 1; t <= UR__PROTEIN_STEPS; t++) {
      leucine += UR__RESIDUES[x[t * MANY + b] - UR__MARKS] == 'L';
      tryptophan += UR__RESIDUES[x[t * MANY + b] - UR__MARKS] == 'W';
    }
  }
  CHECK(tails > 200 && tails < 312 && leucine > 8 * tryptophan && tryptophan > 50);
  ur__batch_free(&batch);
  const int32_t chain[] = {2, 3, 9, 9, 9, 9, 9, 9, 9, 3}; /* A C I I I I I I I C */
  double mean;
  CHECK(ur__protein_stretch(chain, 10, 1, &mean) == 2);
  CHECK_NEAR(mean, 4.5, 1e-12);
  CHECK(ur__protein_stretch(chain, 2, 1, &mean) == 0);
  CHECK_NEAR(mean, (1.8 + 2.5) / 2, 1e-12);
}

/* Of ten digits each is met, its mean has ink where its strokes are and none in the corners. */
static void test_digits(void) {
  ur__batch batch = many("digits", 0);
  const float *x = ur__batch_reals(&batch, "x"), *y = ur__batch_reals(&batch, "y");
  int met[10] = {0};
  double middle[10] = {0}, corner = 0;
  for (int b = 0; b < MANY; b++) {
    int digit = 0;
    while (y[10 * b + digit] == 0) digit++;
    met[digit]++;
    for (int i = 0; i < 16; i++) {
      CHECK(x[16 * b + i] == 0);
      middle[digit] += (double)x[(5 * MANY + b) * 16 + i] / 16;
    }
    corner += (double)x[(MANY + b) * 16] / MANY;
  }
  for (int digit = 0; digit < 10; digit++) CHECK(met[digit] > 25);
  CHECK(corner < 0.1 && middle[0] / met[0] < middle[8] / met[8]);
  ur__batch_free(&batch);
}

/* Half of the shops have a week: a week before is then nearer than yesterday; of the others it is not. */
static void test_days(void) {
  ur__batch batch = many("days", 1);
  const float *x = ur__batch_reals(&batch, "x"), *y = ur__batch_reals(&batch, "y");
  double yesterday = 0, week = 0;
  int nearer = 0;
  for (int b = 0; b < MANY; b++) {
    const double by_day = fabs((double)y[b] - x[14 * MANY + b]),
                 by_week = fabs((double)y[b] - x[8 * MANY + b]);
    CHECK(x[b] == 0 && y[b] >= 0 && y[b] < 10);
    yesterday += by_day * by_day / MANY, week += by_week * by_week / MANY;
    nearer += by_week < by_day;
  }
  CHECK(sqrt(yesterday) > 0.5 && sqrt(week) > 0.4 && nearer > 180 && nearer < 380);
  ur__batch_free(&batch);
}

/* An example's text is read as the same numbers and the same answer; trained on and unseen are others. */
static void test_text(void) {
  for (int i = 0; i < TASKS; i++) {
    const ur_settings settings = small(tasks[i], "learned");
    ur_trainer *trainer = trainer_of(&settings, 0);
    const ur__task *task = ur__task_find(tasks[i]);
    ur__batch batch = many(tasks[i], 1), read;
    CHECK(ur__batch_room(task->arrays, 1, 64, 0, &read) == UR_OK);
    for (int b = 0; b < 20; b++) {
      ur_buffer text = {0};
      ur__example_print(task, &trainer->corpus, &batch, b, &text);
      ur_buffer_append(&text, "", 1);
      CHECK(ur__example_read(task, ur__task_values(&settings), &trainer->corpus, (const char *)text.data, 64,
                             &read) == UR_OK);
      CHECK(read.length == batch.length);
      for (int k = 0; k < 2; k++) {
        const int width = task->arrays[k].real ? task->arrays[k].width : 1, steps = k == 0 ? batch.length : 1;
        for (int t = 0; t < steps; t++)
          CHECK(memcmp((const int32_t *)read.cells[k] + t * width,
                       (const int32_t *)batch.cells[k] + (t * MANY + b) * width,
                       (size_t)width * sizeof(int32_t)) == 0);
      }
      ur_buffer_free(&text);
    }
    ur__batch_free(&batch);
    ur__batch_free(&read);
    ur_trainer_free(trainer);
  }
}

static void test_learned(void) {
  static const double least[] = {0.8, 0.25};
  for (int i = 0; i < TASKS; i++) {
    const ur_settings settings = small(tasks[i], "learned");
    ur_trainer *trainer = trainer_of(&settings, CHECK_OF(250, 60));
    ur_evaluation before, after;
    ur_trainer *fresh = trainer_of(&settings, 0);
    CHECK(ur_trainer_evaluate(fresh, 1, &before) == UR_OK &&
          ur_trainer_evaluate(trainer, 1, &after) == UR_OK);
    CHECK(after.loss < before.loss);
    CHECK(i == 2 ? after.right == -1 && after.loss < CHECK_OF(0.15, 0.5)
                 : after.right > least[i] * CHECK_OF(1, 0.1));
    ur_trainer_free(trainer);
    ur_trainer_free(fresh);
  }
}

static void test_refused(void) {
  static const char *const bad[TASKS][5] = {
      {"", "MKb", "M K", "mkv", "?"}, {"", "12", "7 0123", "a 0", "7"}, {"", "1", "1 2 x", "1 -2", "1 12"}};
  for (int i = 0; i < TASKS; i++) {
    const ur_settings settings = small(tasks[i], "learned");
    ur_trainer *trainer = trainer_of(&settings, 0);
    ur_walk *walk = NULL;
    for (int k = 0; k < 5; k++)
      CHECK(ur_walk_create(trainer, bad[i][k], &walk) == UR_E_TEXT && ur_last_error()->message[0] != 0);
    ur_trainer_free(trainer);
  }
}

int main(void) {
  TEST("lowerings") { test_lowerings(); }
  TEST("a patch's vector") { test_embedding(); }
  TEST("protein") { test_protein(); }
  TEST("digits") { test_digits(); }
  TEST("days") { test_days(); }
  TEST("text") { test_text(); }
  TEST("learned") { test_learned(); }
  TEST("refused") { test_refused(); }
  return check_done();
}
