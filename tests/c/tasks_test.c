/* Text to tokens, the split, the order of training, and the arrays of a batch. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "batches.h"
#include "check.h"
#include "tasks.h"
#include "texts.h"
#include "vocabulary.h"

static ur_bytes bytes(const char *text) { return (ur_bytes){(const uint8_t *)text, strlen(text)}; }

static void test_read(void) {
  ur__corpus corpus;
  const char text[] = "\xEF\xBB\xBF"
                      "ba b\r\n\n  \t \nüc  \n😀";
  if (!CHECK(ur__corpus_read(bytes(text), NULL, &corpus) == UR_OK)) return;
  static const char *const vocabulary[] = {"<start>", "<end>", " ", "a", "b", "c", "ü", "😀"};
  static const int32_t tokens[] = {4, 3, 2, 4, 6, 5, 7};
  CHECK(corpus.vocabulary_size == 8 && corpus.sequences == 3 && corpus.longest == 4);
  for (int i = 0; i < 8; i++) CHECK(strcmp(corpus.texts[i], vocabulary[i]) == 0);
  CHECK(corpus.starts[1] == 4 && corpus.starts[2] == 6 && corpus.starts[3] == 7);
  CHECK(memcmp(corpus.tokens, tokens, sizeof tokens) == 0);

  int32_t room[4];
  int count;
  CHECK(ur__corpus_encode(&corpus, "aü", room, 4, &count) == UR_OK && count == 2 && room[0] == 3 &&
        room[1] == 6);
  CHECK(ur__corpus_encode(&corpus, "", room, 4, &count) == UR_OK && count == 0);
  CHECK(ur__corpus_encode(&corpus, "aébz", room, 4, &count) == UR_E_TEXT);
  CHECK(strstr(ur_last_error()->message, " é z") != NULL);
  CHECK(ur__corpus_encode(&corpus, "aaaaa", room, 4, &count) == UR_E_TEXT);
  CHECK(ur__corpus_encode(&corpus, "a\xFF", room, 4, &count) == UR_E_TEXT);

  ur__corpus again, other = {0};
  ur__vocabulary_begin(&other, NULL);
  CHECK(ur__corpus_read(bytes("cab\nü"), &corpus, &again) == UR_OK && again.vocabulary_size == 8);
  CHECK(again.tokens[0] == 5 && again.tokens[3] == 6);
  ur__corpus_free(&again);
  CHECK(ur__corpus_read(bytes("cab\nxa"), &corpus, &again) == UR_E_TEXT);
  CHECK(strstr(ur_last_error()->message, "line 2 has x") != NULL);
  for (int i = UR__MARKS; i < 8; i++) CHECK(ur__corpus_add_token(&other, corpus.texts[i]) == UR_OK);
  CHECK(memcmp(other.texts, corpus.texts, sizeof other.texts) == 0);
  CHECK(ur__corpus_add_token(&other, "a") == UR_E_TEXT && ur__corpus_add_token(&other, "") == UR_E_TEXT);
  CHECK(ur__corpus_add_token(&other, "😁😁") == UR_E_TEXT && other.vocabulary_size == 8);
  ur__corpus_free(&corpus);
}

static void check_refused(ur_bytes text, const char *says) {
  ur__corpus corpus;
  if (!CHECK(ur__corpus_read(text, NULL, &corpus) == UR_E_TEXT &&
             strstr(ur_last_error()->message, says) != NULL))
    printf("       %s\n", ur_last_error()->message);
  CHECK(corpus.tokens == NULL);
}

static void test_refused(void) {
  check_refused((ur_bytes){NULL, 0}, "no lines");
  check_refused(bytes(" \n\n"), "no lines");
  check_refused(bytes("one\n"), "one line");
  check_refused(bytes("one\n\nt\xFFwo"), "line 3 is not UTF-8 at its byte 2");
  check_refused(bytes("one\ntw\x01o"), "line 2 has the control character U+0001");
  check_refused(bytes("one\n12345678901234567890123456789012345678901234567890123456789012345"),
                "line 2 has 65");
  ur_buffer text = {0};
  for (uint32_t code = 0x4E00; code < 0x4E00 + 511; code++) {
    const char utf8[] = {(char)(0xE0 | code >> 12), (char)(0x80 | (code >> 6 & 63)),
                         (char)(0x80 | (code & 63)), '\n'};
    ur_buffer_append(&text, utf8, 4);
  }
  check_refused((ur_bytes){text.data, text.size}, "line 511 brings more than 510");
  ur__corpus corpus;
  CHECK(ur__corpus_read((ur_bytes){text.data, text.size - 4}, NULL, &corpus) == UR_OK &&
        corpus.vocabulary_size == 512);
  ur__corpus_free(&corpus);
  text.size = 0;
  while (text.size <= UR__CORPUS_MAX) ur_buffer_append(&text, "some line\n", 10);
  check_refused((ur_bytes){text.data, text.size}, "use at most 1048576");
  ur_buffer_free(&text);
}

static void test_split(const ur__corpus *corpus) {
  ur__batches one, same, other;
  CHECK(ur__batches_create(corpus, 1, 0.1, &one) == UR_OK &&
        ur__batches_create(corpus, 1, 0.1, &same) == UR_OK);
  CHECK(ur__batches_create(corpus, 2, 0.1, &other) == UR_OK);
  CHECK(one.sides.train == 7200 && one.sides.validation == 800);
  CHECK(memcmp(one.order, same.order, 8000 * sizeof *one.order) == 0);
  CHECK(memcmp(one.order, other.order, 8000 * sizeof *one.order) != 0);
  uint8_t *seen = calloc(8000, 1);
  int unseen_differs = 0, sorted = 1;
  for (uint32_t i = 0; i < 8000; i++) seen[one.order[i]]++;
  for (uint32_t i = 0; i < 8000; i++) CHECK(seen[i] == 1);
  memset(seen, 0, 8000);
  for (uint32_t i = 7200; i < 8000; i++) seen[one.order[i]] = 1;
  for (uint32_t i = 7200; i < 8000; i++) unseen_differs += !seen[other.order[i]];
  CHECK(unseen_differs > 600);
  for (uint32_t i = 1; i < 7200; i++) {
    const uint32_t *s = corpus->starts, a = one.order[i - 1], b = one.order[i];
    sorted &= s[a + 1] - s[a] <= s[b + 1] - s[b];
  }
  CHECK(sorted);

  /* An epoch sees every training sequence once and no other; the next one in another order. */
  uint32_t *first = malloc(7200 * sizeof *first);
  for (int epoch = 0; epoch < 2; epoch++) {
    uint32_t used = 0;
    int differs = 0;
    while (used < 7200) {
      const ur__picked picked = ur__batches_next(&one, 1000);
      CHECK(picked.count == (used == 7000 ? 200 : 1000));
      for (int i = 0; i < picked.count; i++, used++) {
        CHECK(!seen[picked.sequences[i]]);
        if (epoch == 0)
          first[used] = picked.sequences[i];
        else
          differs += first[used] != picked.sequences[i];
      }
    }
    CHECK(one.epoch == (uint64_t)epoch && (epoch == 0 || differs > 7000));
  }
  /* Sought, the order is the same. */
  ur__batches_seek(&same, 1, 6000);
  ur__batches_seek(&one, 1, 6000);
  const ur__picked a = ur__batches_next(&one, 32), b = ur__batches_next(&same, 32);
  CHECK(memcmp(a.sequences, b.sequences, 32 * sizeof *a.sequences) == 0);
  free(first);
  free(seen);
  ur__batches_free(&one);
  ur__batches_free(&same);
  ur__batches_free(&other);
}

static void test_fill(void) {
  ur__corpus corpus;
  int32_t x[8], y[8], lengths[2];
  ur__batch batch = {.arrays = ur__task_find("lines")->arrays, .cells = {x, y}, .lengths = lengths};
  static const uint32_t both[] = {0, 1};
  static const int32_t want_x[] = {0, 0, 2, 4, 3, 1, 4, 1}, want_y[] = {2, 4, 3, 1, 4, -1, 1, -1};
  CHECK(ur__corpus_read(bytes("abc\nc"), NULL, &corpus) == UR_OK);
  ur__batch_fill(&corpus, (ur__picked){both, 2}, &batch);
  CHECK(batch.count == 2 && batch.length == 4 && batch.predicted == 6);
  CHECK(lengths[0] == 4 && lengths[1] == 2);
  CHECK(memcmp(x, want_x, sizeof x) == 0 && memcmp(y, want_y, sizeof y) == 0);
  ur__batch_fill(&corpus, (ur__picked){both + 1, 1}, &batch);
  CHECK(batch.length == 2 && x[0] == 0 && x[1] == 4 && y[0] == 4 && y[1] == 1 && batch.predicted == 2);

  /* Two lines: one on each side, whatever the share. */
  ur__batches batches;
  CHECK(ur__batches_create(&corpus, 5, 0.01, &batches) == UR_OK && batches.sides.train == 1 &&
        batches.sides.validation == 1);
  CHECK(ur__batches_next(&batches, 32).count == 1 && ur__batches_next(&batches, 32).count == 1 &&
        batches.epoch == 1);
  ur__batches_free(&batches);
  ur__corpus_free(&corpus);
}

int main(void) {
  TEST("text to tokens") { test_read(); }
  TEST("texts refused") { test_refused(); }
  TEST("split and order") {
    ur__corpus names;
    if (CHECK(ur__corpus_read(ur__text_find("names"), NULL, &names) == UR_OK)) {
      CHECK(names.sequences == 8000 && names.vocabulary_size == 28);
      test_split(&names);
      ur__corpus_free(&names);
    }
  }
  TEST("batch") { test_fill(); }
  return check_done();
}
