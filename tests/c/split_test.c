/* Unseen is unseen: whatever is written how often, all copies of a sequence are on one side. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "batches.h"
#include "check.h"
#include "run.h"
#include "tasks.h"
#include "trainer.h"

enum { MOST = 400 };

/* The split as it is without repeats: a shuffle of all, and the last are unseen. */
static uint32_t plain(uint32_t n, uint64_t seed, double share, uint32_t *order) {
  uint32_t unseen = (uint32_t)(n * share + 0.5);
  ur_rng stream = ur_rng_stream(seed, "split", 0);
  for (uint32_t i = 0; i < n; i++) order[i] = i;
  ur__shuffle(order, n, &stream);
  unseen = unseen < 1 ? 1 : unseen > n - 1 ? n - 1 : unseen;
  return n - unseen;
}

static int same(const ur__keys *keys, uint32_t a, uint32_t b) {
  const uint32_t *s = keys->starts;
  if (s[a + 1] - s[a] != s[b + 1] - s[b]) return 0;
  for (uint32_t i = 0; i < s[a + 1] - s[a]; i++)
    if (keys->tokens[s[a] + i] != keys->tokens[s[b] + i]) return 0;
  return 1;
}

/* Of a split: nothing missing, nothing twice, nothing on both sides, the counts true, the share as near as
 * whole groups of copies allow. */
static void check_split(const ur__keys *keys, uint64_t seed, double share) {
  static uint32_t order[MOST], again[MOST], place[MOST];
  const uint32_t n = keys->count;
  ur__sides sides, other;
  if (!CHECK(ur__split(keys, seed, share, order, &sides) == UR_OK)) return;
  CHECK(ur__split(keys, seed, share, again, &other) == UR_OK && memcmp(&sides, &other, sizeof sides) == 0 &&
        memcmp(order, again, n * sizeof *order) == 0);
  CHECK(sides.train >= 1 && sides.validation >= 1 && sides.train + sides.validation == n);
  memset(place, 0xFF, sizeof place);
  for (uint32_t i = 0; i < n; i++) {
    CHECK(order[i] < n && place[order[i]] == UINT32_MAX);
    place[order[i]] = i;
  }
  uint32_t distinct[2] = {0, 0}, target = (uint32_t)(n * share + 0.5), fewest[2] = {n, n};
  for (uint32_t i = 0; i < n; i++) {
    const int side = place[i] >= sides.train;
    uint32_t copies = 0, first = 1;
    for (uint32_t j = 0; j < n; j++) {
      if (!same(keys, i, j)) continue;
      CHECK((place[j] >= sides.train) == side);
      copies++;
      first = first && j >= i;
    }
    distinct[side] += first;
    if (copies < fewest[side]) fewest[side] = copies;
  }
  CHECK(sides.train_distinct == distinct[0] && sides.validation_distinct == distinct[1]);
  if (target < 1) target = 1;
  if (sides.validation <= target)
    CHECK(sides.validation + fewest[0] > target); /* no other would have fitted */
  else
    CHECK(sides.validation_distinct == 1 && fewest[1] <= fewest[0]); /* none fitted: the rarest */
}

static void test_random(void) {
  static int32_t tokens[MOST * 3];
  static uint32_t starts[MOST + 1], order[MOST], expected[MOST];
  static const double shares[] = {0.01, 0.1, 0.25, 0.5};
  int without = 0;
  for (uint64_t round = 0; round < 300; round++) {
    ur_rng random = ur_rng_stream(round, "texts", 0);
    const uint32_t n = 2 + ur_rng_below(&random, round % 3 == 0 ? 12 : MOST - 1);
    const uint32_t letters = 1 + ur_rng_below(&random, round % 4 == 0 ? 60 : 4);
    uint32_t at = 0;
    for (uint32_t i = 0; i < n; i++) {
      starts[i] = at;
      const uint32_t length = 1 + ur_rng_below(&random, 3);
      for (uint32_t t = 0; t < length; t++) tokens[at++] = (int32_t)ur_rng_below(&random, letters);
    }
    starts[n] = at;
    const ur__keys keys = {tokens, starts, n};
    uint32_t repeats = 0;
    for (uint32_t i = 0; i < n; i++)
      for (uint32_t j = 0; j < i && repeats < n; j++) repeats += (uint32_t)same(&keys, i, j);
    ur__sides sides;
    const double share = shares[round % 4];
    if (ur__split(&keys, round, share, order, &sides) == UR_E_TEXT) {
      for (uint32_t i = 1; i < n; i++) CHECK(same(&keys, 0, i));
      CHECK(strstr(ur_last_error()->message, "are the same") != NULL);
      continue;
    }
    check_split(&keys, round, share);
    if (repeats > 0) continue;
    without++;
    CHECK(plain(n, round, share, expected) == sides.train);
    CHECK(memcmp(order, expected, n * sizeof *order) == 0);
  }
  CHECK(without > 10);
}

/* What comes with the tasks has no repeats, so that its split is the shuffle that it always was. */
static void test_shipped(void) {
  static const char *const names[] = {"names", "prose"};
  static const double values[] = {0.1};
  for (int i = 0; i < 2; i++) {
    const ur__task *task = ur__task_find(names[i]);
    ur__corpus corpus;
    if (!CHECK(ur__trainer_corpus(task, values, ur__task_text(task, values), NULL, &corpus) == UR_OK))
      continue;
    const ur__keys keys = {corpus.tokens, corpus.starts, corpus.sequences};
    uint32_t *order = malloc(2 * corpus.sequences * sizeof *order), *expected = order + corpus.sequences;
    ur__sides sides;
    for (uint64_t seed = 1; seed <= 3; seed++) {
      CHECK(ur__split(&keys, seed, 0.1, order, &sides) == UR_OK);
      CHECK(plain(corpus.sequences, seed, 0.1, expected) == sides.train);
      CHECK(memcmp(order, expected, corpus.sequences * sizeof *order) == 0);
      CHECK(sides.train_distinct == sides.train && sides.validation_distinct == sides.validation);
    }
    free(order);
    ur__corpus_free(&corpus);
  }
}

static ur_trainer *open_text(const char *task, const char *text, const char *share) {
  ur_settings settings;
  ur_trainer *trainer = NULL;
  CHECK(ur_settings_init(&settings, "ngram_lm", task) == UR_OK &&
        ur_settings_set(&settings, "validation_share", share) == UR_OK);
  const ur_status status =
      ur_trainer_create(&settings, (ur_bytes){(const uint8_t *)text, strlen(text)}, &trainer);
  CHECK((status == UR_OK) == (trainer != NULL));
  return trainer;
}

/* What a run tells of its text. */
static void test_told(void) {
  ur_trainer *trainer = open_text("lines", "ab\nab\n ab \nba\nb\nb\nab\nab\nab\nab\n", "0.3");
  if (CHECK(trainer != NULL)) {
    const ur_sequences s = ur_trainer_sequences(trainer);
    CHECK(s.train == 7 && s.validation == 3 && s.train_distinct == 1 && s.validation_distinct == 2);
    CHECK(s.train_symbols == 2 && s.validation_symbols == 2);
    CHECK(ur_trainer_unlearned(trainer, NULL, 0) == 0);
  }
  ur_trainer_free(trainer);
  /* Two lines: the letters of one are never learned. */
  trainer = open_text("lines", "ab\ncb", "0.5");
  if (CHECK(trainer != NULL)) {
    const ur_sequences s = ur_trainer_sequences(trainer);
    int32_t token = -1;
    CHECK(s.train_distinct == 1 && s.validation_distinct == 1 && s.train_symbols == 2);
    CHECK(ur_trainer_unlearned(trainer, &token, 1) == 1);
    CHECK(token >= UR__MARKS && strchr("ac", ur_trainer_token(trainer, token)[0]) != NULL);
  }
  ur_trainer_free(trainer);
  CHECK(open_text("lines", "anna\nanna\r\n anna\n", "0.1") == NULL);
  CHECK(strstr(ur_last_error()->message, "all 3 sequences are the same") != NULL);
  ur_buffer piece = {0};
  for (int i = 0; i < 64 * 4; i++) ur_buffer_append(&piece, "a", 1);
  CHECK(open_text("prose", (const char *)piece.data, "0.1") == NULL);
  CHECK(strstr(ur_last_error()->message, "all 4 sequences are the same") != NULL);
  ur_buffer_append(&piece, "b", 1);
  ur_trainer_free(trainer = open_text("prose", (const char *)piece.data, "0.1"));
  CHECK(trainer != NULL);
  ur_buffer_free(&piece);
}

static void test_no_memory(void) {
  static const int32_t tokens[] = {2, 2, 3};
  static const uint32_t starts[] = {0, 1, 2, 3};
  const ur__keys keys = {tokens, starts, 3};
  uint32_t order[3];
  ur__sides sides;
  int failures = 0;
  for (long n = 0;; n++) {
    ur__alloc_fail_after(n);
    const ur_status status = ur__split(&keys, 1, 0.1, order, &sides);
    ur__alloc_fail_after(-1);
    if (status == UR_OK) break;
    CHECK(status == UR_E_MEMORY);
    failures++;
  }
  CHECK(failures == 5);
}

int main(void) {
  TEST("random texts") { test_random(); }
  TEST("shipped texts") { test_shipped(); }
  TEST("what a run tells") { test_told(); }
  TEST("no memory") { test_no_memory(); }
  return check_done();
}
