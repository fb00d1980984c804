/* Corpora of pairs: words and characters, what is refused, both sides of the split, batches, and what a model
 * over them reads and writes. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "check.h"
#include "decode.h"
#include "reading.h"
#include "texts.h"
#include "trainer.h"
#include "unroll/texts.h"
#include "vocabulary.h"
#include "words.h"

static ur_bytes bytes(const char *text) { return (ur_bytes){(const uint8_t *)text, strlen(text)}; }

static void check_written(const char *text, const char *wanted, int count) {
  ur_buffer out = {0}, again = {0};
  size_t at = 0;
  int n = 0;
  ur_buffer_append(&out, "", 0);
  ur_buffer_append(&again, "", 0);
  while (ur__words_next(bytes(text), &at).size > 0) n++;
  ur__words_write(bytes(text), &out);
  ur__words_write((ur_bytes){out.data, out.size}, &again);
  if (!CHECK(strcmp((char *)out.data, wanted) == 0 && n == count))
    printf("       %s: %s, %d\n", text, (char *)out.data, n);
  CHECK(strcmp((char *)again.data, wanted) == 0);
  ur_buffer_free(&out);
  ur_buffer_free(&again);
}

static void test_words(void) {
  check_written("", "", 0);
  check_written("  ", "", 0);
  check_written("2 days  ago", "2 days ago", 3);
  check_written("1 0 7 days ago", "107 days ago", 5);
  check_written("107days", "107 days", 4);
  check_written("July 8 , 1 9 0 0", "July 8, 1900", 7);
  check_written("2 6 . August 1 9 0 0", "26. August 1900", 8);
  check_written("1 9 0 0 - 0 5 - 0 8", "1900-05-08", 10);
  check_written("quatre - vingt", "quatre - vingt", 3);
  check_written("l'ann\xC3\xA9"
                "e\xC2\xA0suivante",
                "l'ann\xC3\xA9"
                "e suivante",
                2);
}

static const char text[] = "two days\t2 days\n\nan hour\t1 hour\r\none day\t1 day\n";

static void test_read(void) {
  static const char *const words[] = {"<start>", "<end>", "1",    "2",   "an",
                                      "day",     "days",  "hour", "one", "two"};
  static const int32_t sources[] = {9, 6, 4, 7, 8, 5}, targets[] = {3, 6, 2, 7, 2, 5};
  ur__corpus corpus, back;
  if (!CHECK(ur__pairs_read(bytes(text), &(ur__pairing){1, 0}, NULL, &corpus) == UR_OK)) return;
  CHECK(corpus.vocabulary_size == 10 && corpus.sequences == 3 && corpus.longest == 2 && corpus.words);
  for (int i = 0; i < 10; i++) CHECK(strcmp(corpus.texts[i], words[i]) == 0);
  CHECK(memcmp(corpus.tokens, sources, sizeof sources) == 0);
  CHECK(memcmp(corpus.targets, targets, sizeof targets) == 0);
  CHECK(corpus.starts[3] == 6 && corpus.target_starts[1] == 2);
  CHECK(ur__pairs_read(bytes(text), &(ur__pairing){1, 1}, &corpus, &back) == UR_OK);
  CHECK(memcmp(back.tokens, targets, sizeof targets) == 0 &&
        memcmp(back.targets, sources, sizeof sources) == 0 && ur__vocabulary_same(&corpus, &back));
  ur__corpus_free(&back);
  CHECK(ur__pairs_read(bytes("two hours\t2 hour\none day\t1 day"), &(ur__pairing){1, 0}, &corpus, &back) ==
        UR_E_TEXT);
  CHECK(strstr(ur_last_error()->message, "line 1 has hours, which") != NULL && back.tokens == NULL);
  ur__corpus_free(&corpus);

  CHECK(ur__pairs_read(bytes("1 0 m\tx\n5 . m\tyy"), &(ur__pairing){0, 0}, NULL, &corpus) == UR_OK);
  CHECK(corpus.vocabulary_size == 10 && corpus.longest == 4 && corpus.starts[1] == 4 && !corpus.words);
  ur_buffer out = {0};
  ur__corpus_write(&corpus, corpus.tokens + 4, 4, 1, &out);
  CHECK(strcmp((char *)out.data, "5. m") == 0);
  ur_buffer_free(&out);
  ur__corpus_free(&corpus);
}

static void check_refused(const char *wrong, const char *says) {
  ur__corpus corpus;
  if (!CHECK(ur__pairs_read(bytes(wrong), &(ur__pairing){1, 0}, NULL, &corpus) == UR_E_TEXT &&
             strstr(ur_last_error()->message, says) != NULL))
    printf("       %s\n", ur_last_error()->message);
  CHECK(corpus.tokens == NULL && corpus.targets == NULL);
}

static void test_refused(void) {
  ur_buffer longest = {0};
  check_refused("", "no pairs");
  check_refused("a\tb\n", "one pair");
  check_refused("a\tb\n\nc d\n", "line 3 has no tab between two sides");
  check_refused("a\tb\nc\td\te\n", "line 2 has more than one tab");
  check_refused("a\t b\n\xC2\xA0\tc\n", "line 2 has no tab");
  check_refused("a\t b\nx \xE2\x80\x83\xC2\xA0\t \xE2\x80\x83\n", "line 2 has no tab");
  check_refused("a\tb\nc\td\xFF\n", "line 2 is not UTF-8 at its byte 4");
  check_refused("a\tb\nc\x01\td\n", "line 2 has the control character U+0001");
  check_refused("a\tb\nc\tabcdefghijklmnopqrstuvwxyzabcdefg\n", "line 2 has a word of 33 bytes");
  ur_buffer_print(&longest, "a\tb\nc\t");
  for (int i = 0; i < 65; i++) ur_buffer_print(&longest, "7");
  check_refused((char *)longest.data, "line 2 has 65 words and signs on one side; use at most 64");
  longest.size = 0;
  for (int i = 0; i < 600; i++) ur_buffer_print(&longest, "w%c%c\tx\n", 'a' + i / 26, 'a' + i % 26);
  check_refused((char *)longest.data, "more than 510 different words");
  ur_buffer_free(&longest);
}

/* Every corpus that ships, read each way: its words are those that stand in it with spaces between, and no
 * source is on both sides. */
static int same(const ur__corpus *c, uint32_t a, uint32_t b) {
  const uint32_t *s = c->starts, n = s[a + 1] - s[a];
  return n == s[b + 1] - s[b] && memcmp(c->tokens + s[a], c->tokens + s[b], n * sizeof *c->tokens) == 0;
}

static void check_sides(const ur__corpus *corpus) {
  ur__batches batches;
  if (!CHECK(ur__batches_create(corpus, 1, 0.1, &batches) == UR_OK)) return;
  int both = 0;
  for (uint32_t i = batches.sides.train; i < corpus->sequences; i++)
    for (uint32_t k = 0; k < batches.sides.train; k++)
      both += same(corpus, batches.order[i], batches.order[k]);
  CHECK(both == 0 && batches.sides.validation_distinct == batches.sides.validation);
  ur__batches_free(&batches);
}

static void check_shipped(const char *task_name, const char *key, const char *choice) {
  for (int way = 0; way < 4; way++) {
    ur_settings settings;
    ur__corpus corpus;
    char name[32];
    CHECK(ur_settings_init(&settings, "seq2seq", task_name) == UR_OK);
    if (key != NULL) CHECK(ur_settings_set(&settings, key, choice) == UR_OK);
    if (way % 2 == 1 && ur_settings_set(&settings, "translate", "to_english") != UR_OK) continue;
    CHECK(ur_settings_set(&settings, "tokens", way < 2 ? "words" : "characters") == UR_OK);
    const ur__task *task = ur__task_find(task_name);
    const double *values = ur__task_values(&settings);
    const ur_bytes shipped = ur__task_text(task, values);
    ur_text_name(&settings, name, sizeof name);
    if (!CHECK(shipped.size > 0 && strstr(name, choice != NULL ? choice : task_name) != NULL)) return;
    if (!CHECK(ur__trainer_corpus(task, values, shipped, NULL, &corpus) == UR_OK)) {
      printf("       %s: %s\n", name, ur_last_error()->message);
      return;
    }
    size_t gaps = 0;
    for (size_t i = 0; i < shipped.size; i++) gaps += strchr(" \t\n", shipped.data[i]) != NULL;
    if (way < 2) CHECK(corpus.starts[corpus.sequences] + corpus.target_starts[corpus.sequences] == gaps);
    if (way != 2) check_sides(&corpus);
    ur__corpus_free(&corpus);
  }
}

static void test_shipped(void) {
  check_shipped("dates", NULL, NULL);
  static const char *const numbers[] = {"en", "fr", "sw"}, *const phrases[] = {"sw", "fr", "de", "es"};
  for (int i = 0; i < 3; i++) check_shipped("numbers", "language", numbers[i]);
  for (int i = 0; i < 4; i++) check_shipped("phrases", "language", phrases[i]);
}

static void test_batch(void) {
  static const int32_t source[] = {9, 4, 6, 1}, x[] = {0, 0, 3, 2, 6, 1}, y[] = {3, 2, 6, 1, 1, -1};
  static const uint32_t picked[] = {0, 1};
  ur__corpus corpus;
  ur__batch batch;
  CHECK(ur__pairs_read(bytes("two days\t2 days\nan\t1\none day hour\t1 day hour"), &(ur__pairing){1, 0}, NULL,
                       &corpus) == UR_OK);
  CHECK(ur__batch_room(ur__task_find("phrases")->arrays, 2, 4, 3, &batch) == UR_OK);
  ur__pairs_fill(&corpus, (ur__picked){picked, 2}, &batch);
  CHECK(batch.source == 2 && batch.length == 3 && batch.predicted == 5);
  CHECK(batch.source_lengths[0] == 2 && batch.source_lengths[1] == 1 && batch.lengths[1] == 2);
  CHECK(memcmp(ur__batch_tokens(&batch, "source"), source, sizeof source) == 0);
  CHECK(memcmp(ur__batch_tokens(&batch, "x"), x, sizeof x) == 0);
  CHECK(memcmp(ur__batch_tokens(&batch, "y"), y, sizeof y) == 0);

  static const int32_t days[] = {3, 6, 1}, own[] = {2, 1};
  CHECK(ur__pair_read(&corpus, "two  days", 3, &batch) == UR_OK && batch.source == 2 && batch.length == 3);
  CHECK(memcmp(ur__batch_tokens(&batch, "y"), days, sizeof days) == 0);
  CHECK(ur__pair_read(&corpus, "two two", 3, &batch) == UR_OK && batch.source == 2 && batch.length == 0);
  ur__pair_target(own, 1, &batch);
  CHECK(batch.length == 2 && memcmp(ur__batch_tokens(&batch, "y"), own, sizeof own) == 0);
  CHECK(ur__pair_read(&corpus, "two weeks years", 3, &batch) == UR_E_TEXT &&
        strstr(ur_last_error()->message, "knows no weeks years;") != NULL);
  CHECK(ur__pair_read(&corpus, "two two two two", 3, &batch) == UR_E_TEXT &&
        strstr(ur_last_error()->message, "4 words and signs; write at most 3") != NULL);
  CHECK(ur__pair_read(&corpus, " \t", 3, &batch) == UR_E_TEXT &&
        strstr(ur_last_error()->message, "the source is empty; write at least one word") != NULL);
  ur__batch_free(&batch);
  ur__corpus_free(&corpus);
}

/* ---- a model over them ---- */

static ur_settings small(const char *tokens) {
  static const char *const more[] = {"attention",   "dot", "embedding_size", "6",
                                     "hidden_size", "8",   "batch_size",     "16"};
  ur_settings settings;
  CHECK(ur_settings_init(&settings, "seq2seq", "phrases") == UR_OK);
  CHECK(ur_settings_set(&settings, "tokens", tokens) == UR_OK);
  for (size_t i = 0; i < sizeof more / sizeof *more; i += 2)
    CHECK(ur_settings_set(&settings, more[i], more[i + 1]) == UR_OK);
  return settings;
}

/* What the walk of `source` is led by. */
static void check_read(ur_trainer *trainer, const char *source, const char *target, const char *wanted) {
  ur__batch batch;
  ur_buffer out = {0};
  const ur_status status = target != NULL ? ur__reading_pair(trainer, source, target, &batch)
                                          : ur__reading_of(trainer, source, &batch);
  ur_buffer_append(&out, "", 0);
  if (!CHECK(status == UR_OK)) return;
  ur__corpus_write(&trainer->corpus, ur__batch_tokens(&batch, "y"), batch.length, 1, &out);
  if (!CHECK(strcmp((char *)out.data, wanted) == 0)) printf("       %s: %s\n", source, (char *)out.data);
  ur_buffer_free(&out);
  ur__batch_free(&batch);
}

static void check_alignment(ur_trainer *trainer, const char *source, const char *target) {
  ur_alignment a;
  ur_walk *walk;
  if (!CHECK(ur_trainer_alignment(trainer, source, target, &a) == UR_OK)) return;
  if (!CHECK((target != NULL ? ur_walk_create_pair(trainer, source, target, &walk)
                             : ur_walk_create(trainer, source, &walk)) == UR_OK))
    return;
  ur_tape *tape = ur_walk_tape(walk);
  CHECK(ur_walk_to(walk, ur_tape_walk_length(tape) / 2) == UR_OK);
  for (int t = 0; t < a.length; t++) {
    char path[32];
    snprintf(path, sizeof path, "decoder.%d.alpha", t + 1);
    const float *row = a.weights + t * a.source;
    double sum = 0;
    for (int s = 0; s < a.source; s++) sum += (double)row[s];
    CHECK(fabs(sum - 1) < 1e-5);
    CHECK(memcmp(ur_tape_value(tape, ur_tape_find(tape, path)), row, (size_t)a.source * sizeof *row) == 0);
  }
  ur_walk_free(walk);
  ur_alignment_free(&a);
}

static void test_model(void) {
  ur_settings settings = small("words");
  ur_trainer *trainer, *loaded;
  ur_step_report report;
  ur_buffer file = {0}, own = {0};
  ur_alignment none;
  if (!CHECK(ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer) == UR_OK)) return;
  for (int i = 0; i < 5; i++) CHECK(ur_trainer_step(trainer, &report) == UR_OK);
  int32_t tokens[UR_WRITTEN_MAX];
  int count;
  check_read(trainer, "100 days ago", NULL, "siku 100 zilizopita");
  check_read(trainer, "1 0 0 days ago", "lita 9", "lita 9");
  CHECK(ur_trainer_answer(trainer, "100 days ago", tokens, &count) == UR_OK && count == 6);
  /* Nobody knows what is right for this one, so it is what the model writes. */
  CHECK(ur_trainer_answer(trainer, "ago ago ago", tokens, &count) == UR_OK && count == 0);
  CHECK(ur_trainer_guess(trainer, "ago ago ago", tokens, &count) == UR_OK);
  ur_buffer_append(&own, "", 0);
  ur_trainer_text(trainer, tokens, count, &own);
  check_read(trainer, "ago ago ago", NULL, (const char *)own.data);
  check_alignment(trainer, "100 days ago", NULL);
  check_alignment(trainer, "100 days ago", "lita 9");
  check_alignment(trainer, "ago ago ago", NULL);

  /* Weights find the words that they were made with, with their text and without. */
  CHECK(ur_trainer_save(trainer, 1, &file) == UR_OK);
  CHECK(ur_trainer_load((ur_bytes){file.data, file.size}, (ur_bytes){NULL, 0}, &loaded) == UR_OK);
  CHECK(ur_trainer_step(trainer, &report) == UR_OK && ur_trainer_step(loaded, &report) == UR_OK);
  CHECK(ur_trainer_hash(trainer) == ur_trainer_hash(loaded));
  check_read(loaded, "100 days ago", NULL, "siku 100 zilizopita");
  ur_trainer_free(loaded);
  ur_trainer_free(trainer);
  ur_buffer_free(&own);

  settings = small("characters");
  CHECK(ur_settings_set(&settings, "attention", "none") == UR_OK);
  CHECK(ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer) == UR_OK);
  check_read(trainer, "100 days ago", NULL, "siku 100 zilizopita");
  CHECK(ur_trainer_alignment(trainer, "100 days ago", NULL, &none) == UR_E_STATE);
  CHECK(trainer->corpus.longest < UR__SEQUENCE_MAX && !trainer->corpus.words);
  /* Words in place of characters: the file says which of the two it has. */
  CHECK(ur_trainer_restore(trainer, (ur_bytes){file.data, file.size}) == UR_E_STATE);
  ur_trainer_free(trainer);
  ur_buffer_free(&file);
}

/* Of corpora the sides do not change with the seed of the parameters alone: exact match and tokens by length
 * add up to all unseen. */
static void test_groups(void) {
  ur_settings settings = small("words");
  ur_trainer *trainer;
  ur_group groups[UR_GROUPS];
  ur_evaluation all;
  uint64_t sequences = 0, right = 0, tokens = 0;
  CHECK(ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer) == UR_OK);
  CHECK(ur_trainer_groups(trainer, 1, groups) == UR_OK && ur_trainer_evaluate(trainer, 1, &all) == UR_OK);
  for (int n = 0; n < UR_GROUPS; n++) {
    sequences += groups[n].sequences;
    right += groups[n].right;
    tokens += groups[n].tokens;
  }
  CHECK(sequences == all.sequences && tokens == all.tokens && (double)right / (double)sequences == all.right);
  CHECK(groups[1].sequences == 0 && groups[3].sequences > 0);
  ur_trainer_free(trainer);
}

/* A host's own text takes the place of what is compiled in. */
static void test_brought(void) {
  ur_settings settings = small("words");
  ur_trainer *trainer;
  CHECK(ur_text_bring("phrases-en-xx", bytes(text)) == UR_E_NAME);
  CHECK(ur_text_bring("phrases-en-sw", bytes(text)) == UR_OK);
  CHECK(ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer) == UR_OK);
  CHECK(trainer->corpus.sequences == 3);
  ur_trainer_free(trainer);
  CHECK(ur_text_bring("phrases-en-sw", (ur_bytes){NULL, 0}) == UR_OK);
  CHECK(ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer) == UR_OK);
  CHECK(trainer->corpus.sequences == 3591);
  ur_trainer_free(trainer);
}

/* Every allocation fails once: the error says so, and nothing is left behind. */
static void test_memory(void) {
  ur_settings settings = small("words");
  for (long after = 0;; after++) {
    ur_trainer *trainer = NULL;
    ur_alignment a = {0};
    ur__alloc_fail_after(after);
    ur_status status = ur_trainer_create(&settings, bytes(text), &trainer);
    if (status == UR_OK) status = ur_trainer_alignment(trainer, "two hour", NULL, &a);
    const int failed = status != UR_OK;
    ur__alloc_fail_after(-1);
    CHECK(!failed || status == UR_E_MEMORY);
    ur_alignment_free(&a);
    ur_trainer_free(trainer);
    if (!failed) break;
  }
}

int main(void) {
  TEST("text as words and signs") { test_words(); }
  TEST("pairs read") { test_read(); }
  TEST("pairs refused") { test_refused(); }
  TEST("what ships, both ways") { test_shipped(); }
  TEST("batches of pairs") { test_batch(); }
  TEST("a model of pairs") { test_model(); }
  TEST("right by length") { test_groups(); }
  TEST("texts brought") { test_brought(); }
  TEST("memory that runs out") { test_memory(); }
  return check_done();
}
