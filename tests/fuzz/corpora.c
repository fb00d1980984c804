/* Texts from outside. The first byte says how the rest is read: lines, pieces, a text in the vocabulary of
 * another, symbols to remember, numbers to add. */
#include <string.h>

#include "examples.h"
#include "fuzz.h"

static void check_corpus(const ur__corpus *corpus) {
  MUST(corpus->sequences >= 2 && corpus->longest <= UR__SEQUENCE_MAX);
  MUST(corpus->vocabulary_size > UR__MARKS && corpus->vocabulary_size <= UR__VOCABULARY_MAX);
  for (uint32_t s = 0; s < corpus->sequences; s++) {
    MUST(corpus->starts[s] < corpus->starts[s + 1]);
    MUST(corpus->starts[s + 1] - corpus->starts[s] <= (uint32_t)corpus->longest);
  }
  for (uint32_t i = 0; i < corpus->starts[corpus->sequences]; i++)
    MUST(corpus->tokens[i] >= UR__MARKS && corpus->tokens[i] < corpus->vocabulary_size);
  for (int i = UR__MARKS + 1; i < corpus->vocabulary_size; i++) MUST(corpus->codes[i - 1] < corpus->codes[i]);
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
  const double values[] = {8, 5};
  const int pair = task->right == UR__RIGHT_SEQUENCE;
  ur__batch batch;
  ur__corpus corpus;
  char *copy = malloc(text.size + 1);
  MUST(copy != NULL && ur__batch_room(task->arrays, 1, 16 + pair, 16, &batch) == UR_OK);
  MUST(ur__examples_vocabulary(task, values, &corpus) == UR_OK);
  if (text.size > 0) memcpy(copy, text.data, text.size);
  copy[text.size] = '\0';
  if (ur__example_read(task, &corpus, copy, 16, &batch) == UR_OK)
    MUST(batch.count == 1 && batch.length >= 1 && batch.length <= 16 + pair &&
         batch.lengths[0] == batch.length && (!pair || batch.source_lengths[0] == batch.length - 1));
  else
    MUST(ur_last_error()->message[0] != 0);
  ur__corpus_free(&corpus);
  ur__batch_free(&batch);
  free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0) return 0;
  const ur_bytes text = {data + 1, size - 1};
  switch (data[0]) {
  case 'l': read_text(text, 0, NULL); break;
  case 'p': read_text(text, 1, NULL); break;
  case 'k': read_with_known(text); break;
  case 'r': read_example(text, "remember"); break;
  case 'a': read_example(text, "adding"); break;
  case 'v': read_example(text, "reverse"); break;
  case 's': read_example(text, "sort"); break;
  default: break;
  }
  return 0;
}
