/* Texts from outside. The first byte says how the rest is read: lines, pieces, pairs in words or characters
 * and either way, tunes, a text in the vocabulary of another, symbols to remember, numbers to add, a source
 * with or without what is written for it, pictures, sentences of a few words. */
#include <string.h>

#include "bars.h"
#include "examples.h"
#include "fuzz.h"
#include "sentences.h"
#include "vocabulary.h"

static void check_corpus(const ur__corpus *corpus) {
  MUST(corpus->sequences >= 2 && corpus->longest <= UR__SEQUENCE_MAX);
  MUST(corpus->vocabulary_size > UR__MARKS && corpus->vocabulary_size <= UR__VOCABULARY_MAX);
  for (uint32_t s = 0; s < corpus->sequences; s++) {
    MUST(corpus->starts[s] < corpus->starts[s + 1]);
    MUST(corpus->starts[s + 1] - corpus->starts[s] <= (uint32_t)corpus->longest);
  }
  for (uint32_t i = 0; i < corpus->starts[corpus->sequences]; i++)
    MUST(corpus->tokens[i] >= UR__MARKS && corpus->tokens[i] < corpus->vocabulary_size);
  for (int i = UR__MARKS + 1; i < corpus->vocabulary_size; i++)
    MUST(strcmp(corpus->texts[i - 1], corpus->texts[i]) < 0);
}

static int same(const ur__corpus *corpus, uint32_t a, uint32_t b) {
  const uint32_t *starts = corpus->starts, length = starts[a + 1] - starts[a];
  return length == starts[b + 1] - starts[b] &&
         memcmp(corpus->tokens + starts[a], corpus->tokens + starts[b], length * sizeof *corpus->tokens) == 0;
}

/* Nothing unseen is trained on. */
static void check_split(const ur__corpus *corpus) {
  ur__batches batches;
  const ur_status status = ur__batches_create(corpus, 1, 0.1, &batches);
  if (status == UR_OK) {
    const ur__sides *sides = &batches.sides;
    MUST(sides->train >= sides->train_distinct && sides->train_distinct >= 1);
    MUST(sides->validation >= sides->validation_distinct && sides->validation_distinct >= 1);
    MUST(sides->train + sides->validation == corpus->sequences);
    for (uint32_t i = sides->train; i < corpus->sequences && i < sides->train + 50; i++)
      for (uint32_t k = 0; k < sides->train; k++) MUST(!same(corpus, batches.order[i], batches.order[k]));
  } else {
    for (uint32_t i = 1; i < corpus->sequences; i++) MUST(same(corpus, 0, i));
  }
  ur__batches_free(&batches);
}

static void read_text(ur_bytes text, int pieces, const ur__corpus *known) {
  ur__corpus corpus;
  const ur_status status =
      pieces ? ur__corpus_read_pieces(text, known, &corpus) : ur__corpus_read(text, known, &corpus);
  if (status == UR_OK) {
    check_corpus(&corpus);
    check_split(&corpus);
  } else {
    MUST(corpus.tokens == NULL && ur_last_error()->message[0] != 0);
  }
  ur__corpus_free(&corpus);
}

/* Each side as it is written is read as the same tokens again. */
static void check_side(const ur__corpus *corpus, const int32_t *tokens, const uint32_t *start) {
  ur_buffer written = {0};
  int32_t again[UR__SEQUENCE_MAX];
  int count;
  ur__corpus_write(corpus, tokens + start[0], (int)(start[1] - start[0]), 1, &written);
  MUST(ur__corpus_encode(corpus, (const char *)written.data, again, UR__SEQUENCE_MAX, &count) == UR_OK);
  MUST(count == (int)(start[1] - start[0]) &&
       memcmp(again, tokens + start[0], (size_t)count * sizeof *again) == 0);
  ur_buffer_free(&written);
}

static void read_pairs(ur_bytes text, int words, int back) {
  ur__corpus corpus, again;
  const ur__pairing how = {words, back};
  if (ur__pairs_read(text, &how, NULL, &corpus) == UR_OK) {
    check_corpus(&corpus);
    check_split(&corpus);
    for (uint32_t s = 0; s < corpus.sequences; s++) {
      MUST(corpus.target_starts[s] < corpus.target_starts[s + 1]);
      check_side(&corpus, corpus.tokens, corpus.starts + s);
      check_side(&corpus, corpus.targets, corpus.target_starts + s);
    }
    MUST(ur__pairs_read(text, &how, &corpus, &again) == UR_OK && ur__vocabulary_same(&corpus, &again));
    ur__corpus_free(&again);
  } else {
    MUST(corpus.tokens == NULL && corpus.targets == NULL && ur_last_error()->message[0] != 0);
  }
  ur__corpus_free(&corpus);
}

static void read_pair(ur_bytes text) {
  static const char known[] = "two days\t2 days\nan hour\t1 hour\none day\t1 day\n";
  ur__corpus corpus;
  ur__batch batch;
  char *copy = malloc(text.size + 1);
  MUST(ur__pairs_read((ur_bytes){(const uint8_t *)known, sizeof known - 1}, &(ur__pairing){1, 0}, NULL,
                      &corpus) == UR_OK);
  MUST(copy != NULL && ur__batch_room(ur__task_find("phrases")->arrays, 1, 9, 8, &batch) == UR_OK);
  if (text.size > 0) memcpy(copy, text.data, text.size);
  copy[text.size] = '\0';
  if (ur__pair_read(&corpus, copy, 8, &batch) == UR_OK)
    MUST(batch.source >= 1 && batch.source <= 8 && (batch.length == 0 || batch.length == 3));
  else
    MUST(ur_last_error()->message[0] != 0);
  ur__batch_free(&batch);
  ur__corpus_free(&corpus);
  free(copy);
}

/* Each line as a strain, and all of them as tunes. */
static void read_tunes(ur_bytes text) {
  static ur__tune tune;
  ur__corpus corpus;
  ur__tune_read((const char *)text.data, text.size, &tune);
  MUST(tune.note_count <= UR__TUNE_MAX && tune.bar_count <= UR__TUNE_MAX);
  for (int i = 0; i < tune.note_count; i++)
    MUST(tune.notes[i].ticks > 0 && tune.notes[i].end > tune.notes[i].first && tune.notes[i].pitch >= -1);
  for (int i = 0; i < tune.bar_count; i++)
    MUST(tune.bars[i].end > tune.bars[i].first && tune.bars[i].kind < UR__BAR_KINDS);
  if (ur__corpus_read_tunes(text, NULL, &corpus) == UR_OK) {
    check_corpus(&corpus);
    for (uint32_t s = 1; s < corpus.sequences; s++) MUST(corpus.tunes[s] >= corpus.tunes[s - 1]);
  }
  ur__corpus_free(&corpus);
}

static void read_with_known(ur_bytes text) {
  static const char known_text[] = "abc\nde \xC3\xA9\n";
  ur__corpus known;
  MUST(ur__corpus_read((ur_bytes){(const uint8_t *)known_text, sizeof known_text - 1}, NULL, &known) ==
       UR_OK);
  read_text(text, 0, &known);
  ur__corpus_free(&known);
}

static void read_example(ur_bytes text, const char *task_name) {
  const ur__task *task = ur__task_find(task_name);
  const double values[UR__BALL_SETTINGS] = {8, 5, 0.01, 1, 0.9};
  const int pair = task->right == UR__RIGHT_SEQUENCE;
  ur__batch batch;
  ur__corpus corpus;
  char *copy = malloc(text.size + 1);
  MUST(copy != NULL && ur__batch_room(task->arrays, 1, 16 + pair, 16, &batch) == UR_OK);
  MUST(ur__examples_vocabulary(task, values, &corpus) == UR_OK);
  if (text.size > 0) memcpy(copy, text.data, text.size);
  copy[text.size] = '\0';
  if (ur__example_read(task, values, &corpus, copy, 16, &batch) != UR_OK)
    MUST(ur_last_error()->message[0] != 0);
  else if (batch.length == 0)
    MUST(ur__has_pictures(task)); /* of one thing alone nothing is known to be right */
  else
    MUST(batch.count == 1 && batch.length <= 16 + pair && batch.lengths[0] == batch.length &&
         (!pair || batch.source_lengths[0] == batch.source));
  ur__corpus_free(&corpus);
  ur__batch_free(&batch);
  free(copy);
}

/* As a text of its own, each of whose lines is then read; and read by the words that come with the task. */
static void read_sentences(ur_bytes text) {
  const ur__task *task = ur__task_find("sentence");
  ur__batch batch;
  ur__corpus own, known;
  char *copy = malloc(text.size + 1);
  MUST(copy != NULL && ur__batch_room(task->arrays, 1, 16, 16, &batch) == UR_OK);
  if (text.size > 0) memcpy(copy, text.data, text.size);
  copy[text.size] = '\0';
  batch.count = 1;
  if (ur__sentences_read(text, 3, &own) == UR_OK) {
    ur__sentences_fill(&own, 0, &batch);
    MUST(batch.lengths[0] >= 1 && batch.source_lengths[0] >= 1);
    MUST(ur__batch_tokens(&batch, "y")[0] <= batch.lengths[0]);
    ur__corpus_free(&own);
  } else {
    MUST(ur_last_error()->message[0] != 0);
  }
  MUST(ur__sentences_read((ur_bytes){NULL, 0}, 1, &known) == UR_OK);
  if (ur__sentence_read(&known, copy, &batch) != UR_OK) MUST(ur_last_error()->message[0] != 0);
  ur__corpus_free(&known);
  ur__batch_free(&batch);
  free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0) return 0;
  const ur_bytes text = {data + 1, size - 1};
  switch (data[0]) {
  case 'l': read_text(text, 0, NULL); break;
  case 'p': read_text(text, 1, NULL); break;
  case 'j': read_tunes(text); break;
  case 'k': read_with_known(text); break;
  case 'w': read_pairs(text, 1, 0); break;
  case 'b': read_pairs(text, 1, 1); break;
  case 'c': read_pairs(text, 0, 0); break;
  case 'o': read_pair(text); break;
  case 'r': read_example(text, "remember"); break;
  case 'm': read_example(text, "ball"); break;
  case 'h': read_example(text, "protein"); break;
  case 'd': read_example(text, "digits"); break;
  case 'y': read_example(text, "days"); break;
  case 'e': read_example(text, "sentiment"); break;
  case 'g': read_example(text, "sentiment_bag"); break;
  case 'i': read_example(text, "sentiment_places"); break;
  case 'u': read_example(text, "caption"); break;
  case 'a': read_example(text, "adding"); break;
  case 'v': read_example(text, "reverse"); break;
  case 's': read_example(text, "sort"); break;
  case 'f': read_example(text, "order"); break;
  case 'n': read_example(text, "before"); break;
  case 't': read_sentences(text); break;
  default: break;
  }
  return 0;
}
