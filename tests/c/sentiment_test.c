/* Sentences that praise or blame: the grammar, its mirrors, what is unseen; what a bag of words cannot do;
 * the chance that a classifier gives, in both lowerings. */
#include <string.h>

#include "examples.h"
#include "sentiment.h"
#include "trained.h"
#include "trainer.h"
#include "vocabulary.h"

enum { MANY = 4096 };

static ur__sentiment sentences[MANY];

static int ascending(const void *a, const void *b) { return *(const int32_t *)a - *(const int32_t *)b; }

static int same_words(const ur__sentiment *a, const ur__sentiment *b) {
  ur__sentiment one = *a, two = *b;
  qsort(one.tokens, (size_t)one.count, sizeof *one.tokens, ascending);
  qsort(two.tokens, (size_t)two.count, sizeof *two.tokens, ascending);
  return one.count == two.count &&
         memcmp(one.tokens, two.tokens, (size_t)one.count * sizeof *one.tokens) == 0;
}

static int same(const ur__sentiment *a, const ur__sentiment *b) {
  return a->count == b->count && memcmp(a->tokens, b->tokens, (size_t)a->count * sizeof *a->tokens) == 0;
}

static ur_settings settings_for(const char *model, const char *task) {
  ur_settings settings;
  CHECK(ur_settings_init(&settings, model, task) == UR_OK);
  if (strcmp(model, "mlp") == 0) {
    CHECK(ur_settings_set(&settings, "error", "bernoulli") == UR_OK);
    CHECK(ur_settings_set(&settings, "hidden_1", "0") == UR_OK);
    CHECK(ur_settings_set(&settings, "hidden_2", "0") == UR_OK);
  }
  return settings;
}

/* Sentence i of a side, as a batch of one of the task gives it. */
static void drawn(const ur__examples *examples, int unseen, uint64_t i, ur__batch *batch,
                  ur__sentiment *out) {
  batch->count = 1;
  ur__examples_fill(examples, unseen, i, batch);
  const int32_t *x = ur__batch_tokens(batch, "x");
  *out = (ur__sentiment){.count = batch->lengths[0], .praise = ur__batch_reals(batch, "y")[0] == 1};
  memcpy(out->tokens, x, (size_t)out->count * sizeof *x);
}

static void test_grammar(void) {
  const ur_settings settings = settings_for("classifier", "sentiment");
  ur_trainer *trainer = trainer_of(&settings, 0);
  const ur__examples *examples = &trainer->examples;
  ur__batch *batch = &trainer->net.room;
  const int capacity = batch->count, longest = trainer->corpus.longest;
  int praise = 0, met = 0, longest_met = 0;
  CHECK(trainer->corpus.vocabulary_size == UR__MARKS + UR__SENTIMENT_WORDS && trainer->corpus.words);
  for (uint64_t i = 0; i < UR__UNSEEN; i++) drawn(examples, 1, i, batch, &sentences[i]);
  for (int i = 0; i < UR__UNSEEN; i += 2) {
    CHECK(same_words(&sentences[i], &sentences[i + 1]) && !same(&sentences[i], &sentences[i + 1]));
    CHECK(sentences[i].praise == 1 && sentences[i + 1].praise == 0);
  }
  for (uint64_t i = 0; i < 2500; i++) {
    ur__sentiment one;
    drawn(examples, 0, i, batch, &one);
    praise += one.praise;
    longest_met = one.count > longest_met ? one.count : longest_met;
    for (int k = 0; k < UR__UNSEEN; k++) met += same(&one, &sentences[k]);
    if (i < 2000)
      sentences[UR__UNSEEN + i] = one;
    else
      CHECK(same(&one, &sentences[UR__UNSEEN + i - 2000])); /* from the beginning again */
  }
  CHECK(met == 0 && praise > 1150 && praise < 1350 && longest_met == longest);
  batch->count = capacity;
  ur_trainer_free(trainer);
}

/* What a sentence of the grammar says is found again by the rule for sentences of one's own. */
static void test_read(void) {
  static const struct {
    const char *text;
    int praise;
  } own[] = {{"the food was good , not bad at all .", 1},
             {"the food was bad , not good at all .", 0},
             {"superb food", 1},
             {"the film was not good", 0},
             {"never dull", 1},
             {"not very good , not really lovely", 0}};
  const ur_settings settings = settings_for("classifier", "sentiment");
  ur_trainer *trainer = trainer_of(&settings, 0);
  ur__batch *batch = &trainer->net.room;
  for (int i = 0; i < 1000; i++) {
    ur_buffer text = {0};
    ur__sentiment one, again;
    drawn(&trainer->examples, i % 2, (uint64_t)i / 2, batch, &one);
    ur__example_print(trainer->task, &trainer->corpus, batch, 0, &text);
    ur_buffer_append(&text, "", 1);
    CHECK(ur__sentiment_read(&trainer->corpus, (const char *)text.data, 64, &again) == UR_OK);
    if (!CHECK(same(&one, &again) && one.praise == again.praise))
      printf("       %s\n", (const char *)text.data);
    ur_buffer_free(&text);
  }
  for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
    ur__sentiment one;
    CHECK(ur__sentiment_read(&trainer->corpus, own[i].text, 64, &one) == UR_OK &&
          one.praise == own[i].praise);
  }
  ur__sentiment one;
  CHECK(ur__sentiment_read(&trainer->corpus, "the food was .", 64, &one) == UR_E_TEXT &&
        strstr(ur_last_error()->message, "nothing in it praises or blames") != NULL);
  CHECK(ur__sentiment_read(&trainer->corpus, "the soup was good", 64, &one) == UR_E_TEXT);
  CHECK(ur__sentiment_read(&trainer->corpus, "", 64, &one) == UR_E_TEXT);
  ur_trainer_free(trainer);
}

static const float *seen_by(const char *task, const char *key, const char *value, const char *places,
                            const char *text) {
  static float row[UR__SENTIMENT_SEEN * UR__SENTIMENT_WORDS];
  ur_settings settings = settings_for("mlp", task);
  if (key != NULL) {
    CHECK(ur_settings_set(&settings, key, value) == UR_OK);
    CHECK(ur_settings_set(&settings, "places", places) == UR_OK);
  }
  ur_trainer *trainer = trainer_of(&settings, 0);
  ur__batch *batch = &trainer->net.room;
  const int count = batch->count;
  CHECK(ur__example_read(trainer->task, ur__task_values(&settings), &trainer->corpus, text, 64, batch) ==
        UR_OK);
  memcpy(row, ur__batch_reals(batch, "x"), (size_t)trainer->net.io.features * sizeof *row);
  batch->count = count;
  ur_trainer_free(trainer);
  return row;
}

/* The words are 45 in the order of their bytes: "," is 0, "." 1, "all" 3, "at" 5, "good" 16, "not" 25. */
static void test_seen(void) {
  const char *text = "the food was good , not bad at all .";
  const float *bag = seen_by("sentiment_bag", NULL, NULL, NULL, "good , good .");
  float sum = 0;
  for (int i = 0; i < UR__SENTIMENT_WORDS; i++) sum += bag[i];
  CHECK(bag[0] == 1 && bag[1] == 1 && bag[16] == 2 && sum == 4);
  const float *first = seen_by("sentiment_places", "seen", "first", "5", text);
  sum = 0;
  for (int i = 0; i < UR__SENTIMENT_SEEN * UR__SENTIMENT_WORDS; i++) sum += first[i];
  CHECK(first[39] == 1 && first[3 * 45 + 16] == 1 && first[4 * 45] == 1 && sum == 5);
  const float *last = seen_by("sentiment_places", "seen", "last", "3", text);
  sum = 0;
  for (int i = 0; i < UR__SENTIMENT_SEEN * UR__SENTIMENT_WORDS; i++) sum += last[i];
  CHECK(last[5] == 1 && last[45 + 3] == 1 && last[90 + 1] == 1 && sum == 3);
  const float *few = seen_by("sentiment_places", "seen", "last", "5", "good .");
  CHECK(few[3 * 45 + 16] == 1 && few[4 * 45 + 1] == 1); /* the last place has the last word */
}

/* A bag of words has exactly one of each pair right, whatever it has learned; a classifier learns. */
static void test_pairs(void) {
  for (int updates = 0; updates <= 40; updates += 20) {
    const ur_settings settings = settings_for("mlp", "sentiment_bag");
    ur_trainer *trainer = trainer_of(&settings, updates);
    ur_pairs pairs;
    ur_evaluation e;
    CHECK(ur_trainer_pairs(trainer, &pairs) == UR_OK && pairs.pairs == 256 && pairs.both == 0 &&
          pairs.one == 256);
    CHECK(ur_trainer_evaluate(trainer, 1, &e) == UR_OK && e.right == 0.5);
    ur_trainer_free(trainer);
  }
  ur_settings settings = settings_for("classifier", "sentiment");
  const char *const set[][2] = {{"cell", "rnn"},
                                {"hidden_size", "16"},
                                {"embedding_size", "8"},
                                {"learning_rate", "0.02"},
                                {"batch_size", "33"}}; /* pairs go over batches */
  for (size_t i = 0; i < sizeof set / sizeof *set; i++)
    CHECK(ur_settings_set(&settings, set[i][0], set[i][1]) == UR_OK);
  ur_trainer *trainer = trainer_of(&settings, 150);
  ur_pairs pairs;
  ur_evaluation e;
  CHECK(ur_trainer_pairs(trainer, &pairs) == UR_OK && ur_trainer_evaluate(trainer, 1, &e) == UR_OK);
  CHECK(e.right > 0.9 && e.right == (2 * pairs.both + pairs.one) / 512.0);
  ur_trainer_free(trainer);
  const ur_settings others = settings_for("classifier", "remember");
  trainer = trainer_of(&others, 0);
  CHECK(ur_trainer_pairs(trainer, &pairs) == UR_E_STATE);
  ur_trainer_free(trainer);
}

int main(void) {
  TEST("the grammar, its mirrors and what is unseen") test_grammar();
  TEST("a sentence is read as it was meant") test_read();
  TEST("what a bag and places see") test_seen();
  TEST("pairs that are right") test_pairs();
  return check_done();
}
