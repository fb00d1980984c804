/* Weights and snapshots: a run that is stored and brought back goes on bit for bit, and a file from outside
 * is not believed. */
#include <math.h>

#include "run.h"
#include "saved.h"

/* 10 updates, a snapshot, 25 more: the same end from the first trainer, from one that loaded the snapshot,
 * and from the first one put back. Epochs end in between, and a live setting has been changed. */
static void test_goes_on(const char *optimizer) {
  ur_trainer *trainer = run_new("rnn_lm", (const char *[]){"optimizer", optimizer, "steps", "30", NULL}),
             *loaded = NULL;
  run_steps(trainer, 4);
  CHECK(ur_trainer_set(trainer, "learning_rate", "0.01") == UR_OK);
  run_steps(trainer, 6);
  ur_buffer snapshot = run_saved(trainer, 1);
  run_steps(trainer, 25);
  ur_buffer end = run_saved(trainer, 1);

  if (!CHECK(ur_trainer_load(bytes_of(&snapshot), run_corpus(), &loaded) == UR_OK))
    printf("       %s\n", ur_last_error()->message);
  CHECK(ur_trainer_updates(loaded) == 10);
  ur_buffer again = run_saved(loaded, 1);
  CHECK(same_bytes(&again, &snapshot));
  run_steps(loaded, 25);
  ur_buffer loaded_end = run_saved(loaded, 1);
  CHECK(same_bytes(&loaded_end, &end));

  CHECK(ur_trainer_restore(trainer, bytes_of(&snapshot)) == UR_OK && ur_trainer_updates(trainer) == 10);
  run_steps(trainer, 25);
  ur_buffer restored_end = run_saved(trainer, 1);
  CHECK(same_bytes(&restored_end, &end));

  ur_buffer *const all[] = {&snapshot, &end, &again, &loaded_end, &restored_end};
  for (int i = 0; i < 5; i++) ur_buffer_free(all[i]);
  ur_trainer_free(trainer);
  ur_trainer_free(loaded);
}

static void test_weights(void) {
  ur_trainer *trainer = run_new("rnn_lm", NULL), *loaded = NULL, *bare = NULL;
  run_steps(trainer, 7);
  ur_buffer weights = run_saved(trainer, 0);
  CHECK(ur_trainer_load(bytes_of(&weights), run_corpus(), &loaded) == UR_OK);
  CHECK(ur_trainer_updates(loaded) == 0 && ur_trainer_hash(loaded) == ur_trainer_hash(trainer));
  run_steps(loaded, 1);

  /* Without their text: usable, but not trainable. */
  CHECK(ur_trainer_load(bytes_of(&weights), (ur_bytes){NULL, 0}, &bare) == UR_OK);
  const ur_sampling how = {1, 0, 1};
  ur_buffer one = {0}, other = {0};
  ur_step_report report;
  ur_evaluation evaluation;
  CHECK(ur_trainer_sample(trainer, &how, 3, "", &one) == UR_OK &&
        ur_trainer_sample(bare, &how, 3, "", &other) == UR_OK);
  CHECK(same_bytes(&one, &other));
  CHECK(ur_trainer_step(bare, &report) == UR_E_STATE &&
        ur_trainer_evaluate(bare, 1, &evaluation) == UR_E_STATE);
  const ur_sequences sequences = ur_trainer_sequences(bare);
  CHECK(sequences.train == 0 && sequences.validation == 0 && sequences.train_symbols == 0);
  CHECK(ur_trainer_unlearned(bare, NULL, 0) == 0);
  ur_trainer_free(bare);
  bare = NULL;

  /* Another text is encoded with the file's vocabulary. */
  static const char known[] = "bad\ncab\nabe\n", unknown[] = "bad\nbox\n";
  CHECK(ur_trainer_load(bytes_of(&weights), (ur_bytes){(const uint8_t *)known, sizeof known - 1}, &bare) ==
        UR_OK);
  CHECK(ur_trainer_vocabulary_size(bare) == ur_trainer_vocabulary_size(trainer));
  ur_trainer_free(bare);
  CHECK(ur_trainer_load(bytes_of(&weights), (ur_bytes){(const uint8_t *)unknown, sizeof unknown - 1},
                        &bare) == UR_E_TEXT);
  CHECK(strstr(ur_last_error()->message, "line 2 has o") != NULL && bare == NULL);
  ur_buffer_free(&one);
  ur_buffer_free(&other);
  ur_buffer_free(&weights);
  ur_trainer_free(trainer);
  ur_trainer_free(loaded);
}

static void test_counts(void) {
  ur_trainer *trainer = run_new("ngram_lm", (const char *[]){"order", "4", NULL}), *loaded = NULL;
  ur_evaluation one, other;
  run_steps(trainer, 1);
  ur_buffer weights = run_saved(trainer, 0);
  CHECK(ur_trainer_load(bytes_of(&weights), run_corpus(), &loaded) == UR_OK);
  CHECK(ur_trainer_hash(loaded) == ur_trainer_hash(trainer));
  CHECK(ur_trainer_evaluate(trainer, 1, &one) == UR_OK && ur_trainer_evaluate(loaded, 1, &other) == UR_OK);
  CHECK(one.loss == other.loss);
  ur_buffer_free(&weights);
  ur_trainer_free(trainer);
  ur_trainer_free(loaded);
}

static void test_other_runs(void) {
  ur_trainer *trainer = run_new("rnn_lm", NULL), *loaded = NULL;
  ur_buffer snapshot = run_saved(trainer, 1), weights = run_saved(trainer, 0);
  static const char text[] = "abacab\nbadge\nface\n";
  CHECK(ur_trainer_load(bytes_of(&snapshot), (ur_bytes){NULL, 0}, &loaded) == UR_E_TEXT && loaded == NULL);
  CHECK(ur_trainer_load(bytes_of(&snapshot), (ur_bytes){(const uint8_t *)text, sizeof text - 1}, &loaded) ==
        UR_E_TEXT);
  CHECK(ur_trainer_restore(trainer, bytes_of(&weights)) == UR_E_STATE);
  static const char *const others[][3] = {
      {"seed", "2", NULL}, {"hidden_size", "7", NULL}, {"batch_size", "5", NULL}};
  for (int i = 0; i < 3; i++) {
    ur_trainer *other = run_new("rnn_lm", others[i]);
    const uint64_t hash = ur_trainer_hash(other);
    CHECK(ur_trainer_restore(other, bytes_of(&snapshot)) == UR_E_STATE && ur_trainer_hash(other) == hash);
    ur_trainer_free(other);
  }
  ur_buffer_free(&snapshot);
  ur_buffer_free(&weights);
  ur_trainer_free(trainer);
}

/* The file with one piece of its header replaced by another of the same length. */
static ur_status load_changed(const ur_buffer *good, const char *from, const char *to) {
  ur_buffer bad = {0};
  ur_trainer *loaded = NULL;
  ur_buffer_append(&bad, good->data, good->size);
  const size_t length = strlen(from);
  int found = 0;
  for (size_t at = 0; at + length <= bad.size && !found; at++) {
    found = memcmp(bad.data + at, from, length) == 0;
    if (found) memcpy(bad.data + at, to, strlen(to));
  }
  if (!CHECK(found && strlen(to) == length)) printf("       %s\n", from);
  const ur_status status = ur_trainer_load(bytes_of(&bad), run_corpus(), &loaded);
  CHECK((status == UR_OK) == (loaded != NULL));
  ur_trainer_free(loaded);
  ur_buffer_free(&bad);
  return status;
}

static void test_hostile(void) {
  static const struct {
    const char *from, *to, *says;
  } cases[] = {
      {"\"program\":\"unroll\"", "\"program\":\"pytest\"", "written by pytest"},
      {"\"kind\":\"snapshot\"", "\"kind\":\"snapsnot\"", "of kind snapsnot"},
      {"\"model\":\"rnn_lm\"", "\"model\":\"nnn_lm\"", "there is no model nnn_lm"},
      {"\"task\":\"lines\"", "\"task\":\"liens\"", "there is no task liens"},
      {"\"seed\":\"1\"", "\"seed\":\"x\"", "seed should be"},
      {"\"updates\":\"5\"", "\"updates\":\"-\"", "updates"},
      {"\"updates\"", "\"upbates\"", "lacks updates"},
      {"hidden_size\\\":\\\"6", "hidden_size\\\":\\\"0", "hidden_size should be"},
      {"hidden_size\\\":\\\"6", "hidden_size\\\":\\\"7", "has not the shape"},
      {"hidden_size\\\":\\\"6", "hidden_sise\\\":\\\"6", "no setting hidden_sise"},
      {"\\\"<start>\\\"", "\\\"<sturt>\\\"", "begin with <start>"},
      {"\\\"a\\\",\\\"b\\\"", "\\\"b\\\",\\\"a\\\"", "out of order"},
      {"\"W_h\":{", "\"W_x\":{", "lacks the tensor W_h"},
      {"\"first.W_h\":{", "\"first.W_x\":{", "lacks the tensor first.W_h"},
      {"\"epoch\":\"1\"", "\"epoch\":\"x\"", "epoch is not"},
      {"\"changes\":\"[]\"", "\"changes\":\"{}\"", "changes is not"},
      {"\"corpus\":\"", "\"corpas\":\"", "lacks corpus"},
  };
  ur_trainer *trainer = run_new("rnn_lm", NULL);
  run_steps(trainer, 5);
  ur_buffer good = run_saved(trainer, 1);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const ur_status status = load_changed(&good, cases[i].from, cases[i].to);
    if (!CHECK(status == UR_E_FORMAT && strstr(ur_last_error()->message, cases[i].says) != NULL))
      printf("       %s: %s\n", cases[i].to, status == UR_OK ? "accepted" : ur_last_error()->message);
  }
  CHECK(load_changed(&good, "\"cursor\":\"8\"", "\"cursor\":\"9\"") == UR_OK); /* nothing wrong with it */

  /* A weight that is no number. */
  ur_trainer *loaded = NULL;
  const float bad = INFINITY;
  memcpy(good.data + good.size - sizeof bad, &bad, sizeof bad);
  CHECK(ur_trainer_load(bytes_of(&good), run_corpus(), &loaded) == UR_E_FORMAT);
  CHECK(strstr(ur_last_error()->message, "second.b_2 is not a finite number at cell") != NULL &&
        loaded == NULL);
  const uint64_t hash = ur_trainer_hash(trainer);
  CHECK(ur_trainer_restore(trainer, bytes_of(&good)) == UR_E_FORMAT && ur_trainer_hash(trainer) == hash);
  ur_buffer_free(&good);
  ur_trainer_free(trainer);
}

/* Every changed byte of the header, and a seeded choice of several at once: refused or read, never worse. */
static void test_damaged(const char *model) {
  ur_trainer *trainer = run_new(model, NULL);
  ur_rng stream = ur_rng_stream(1, "damage", 0);
  run_steps(trainer, 1);
  ur_buffer good = run_saved(trainer, 1);
  uint64_t header;
  int refused = 0;
  memcpy(&header, good.data, 8);
  for (int round = 0; round < 1500; round++) {
    ur_buffer bad = {0};
    ur_trainer *loaded = NULL;
    ur_buffer_append(&bad, good.data, good.size);
    const int changes = round % 3 + 1;
    for (int i = 0; i < changes; i++)
      bad.data[8 + ur_rng_below(&stream, (uint32_t)header)] =
          (uint8_t) "0123456789\"\\[]{},:azE. -\x80"[ur_rng_below(&stream, 24)];
    const ur_status status = ur_trainer_load(bytes_of(&bad), run_corpus(), &loaded);
    CHECK((status == UR_OK) == (loaded != NULL));
    refused += status != UR_OK;
    ur_trainer_free(loaded);
    ur_buffer_free(&bad);
  }
  CHECK(refused > 1000);
  ur_buffer_free(&good);
  ur_trainer_free(trainer);
}

static int holds_text(const ur_buffer *bytes, const char *text) {
  const size_t n = strlen(text);
  for (size_t i = 0; i + n <= bytes->size; i++) {
    if (memcmp(bytes->data + i, text, n) == 0) return 1;
  }
  return 0;
}

/* A setting that came after files were about: told where it is not its default, which is what it was. */
static void test_later_setting(void) {
  ur_trainer *plain = run_new("rnn_lm", NULL), *loaded = NULL;
  ur_trainer *small = run_new("rnn_lm", (const char *[]){"embedding_std", "0.3", NULL});
  ur_buffer old = run_saved(plain, 0), new = run_saved(small, 0);
  CHECK(!holds_text(&old, "embedding_std") && holds_text(&new, "\\\"embedding_std\\\":\\\"0.3\\\""));
  CHECK(ur_trainer_load(bytes_of(&old), run_corpus(), &loaded) == UR_OK);
  CHECK(loaded != NULL && ur_setting_get(ur_trainer_settings(loaded), "embedding_std") == 1);
  ur_trainer_free(loaded);
  CHECK(ur_trainer_load(bytes_of(&new), run_corpus(), &loaded) == UR_OK);
  CHECK(loaded != NULL && ur_setting_get(ur_trainer_settings(loaded), "embedding_std") == 0.3);
  ur_trainer_free(loaded);
  ur_buffer_free(&old);
  ur_buffer_free(&new);
  ur_trainer_free(plain);
  ur_trainer_free(small);
}

int main(void) {
  TEST("goes on") {
    test_goes_on("sgd");
    test_goes_on("momentum");
    test_goes_on("adam");
  }
  TEST("weights") { test_weights(); }
  TEST("counts") { test_counts(); }
  TEST("other runs") { test_other_runs(); }
  TEST("a later setting") { test_later_setting(); }
  TEST("hostile") { test_hostile(); }
  TEST("damaged") {
    test_damaged("rnn_lm");
    test_damaged("ngram_lm");
  }
  return check_done();
}
