/* Settings by key and text: what is taken, what is refused and with which sentence. */
#include <string.h>

#include "check.h"
#include "training.h"

static int refused(ur_settings *settings, const char *key, const char *value, const char *says) {
  const ur_settings before = *settings;
  const ur_status status = ur_settings_set(settings, key, value);
  const ur_error *error = ur_last_error();
  const int good = status == UR_E_SETTING && strcmp(error->node, key) == 0 &&
                   strstr(error->message, says) != NULL && memcmp(&before, settings, sizeof before) == 0;
  if (!good) printf("       %s=%s: %s\n", key, value, status == UR_OK ? "accepted" : error->message);
  return good;
}

static void test_refusals(void) {
  ur_settings s;
  CHECK(ur_settings_init(&s, "rnn_lm", "names") == UR_OK);
  CHECK(refused(&s, "hidden_size", "0", "a whole number from 1 to 1024, not \"0\""));
  CHECK(refused(&s, "hidden_size", "1025", "1 to 1024"));
  CHECK(refused(&s, "hidden_size", "8.5", "whole number"));
  CHECK(refused(&s, "hidden_size", "", "not \"\""));
  CHECK(refused(&s, "hidden_size", " 8", "whole number"));
  CHECK(refused(&s, "hidden_size", "0x8", "whole number"));
  CHECK(refused(&s, "learning_rate", "nan", "a number from 0 to 1000"));
  CHECK(refused(&s, "learning_rate", "inf", "a number"));
  CHECK(refused(&s, "learning_rate", "1e999", "a number"));
  CHECK(refused(&s, "learning_rate", "-1", "a number"));
  CHECK(refused(&s, "learning_rate", "1e", "a number"));
  CHECK(refused(&s, "activation", "gelu", "one of tanh|sigmoid|relu, not \"gelu\""));
  CHECK(refused(&s, "activation", "tan", "one of"));
  CHECK(refused(&s, "activation", "", "one of"));
  CHECK(refused(&s, "seed", "-1", "whole number"));
  CHECK(refused(&s, "seed", "18446744073709551616", "whole number"));
  CHECK(refused(&s, "seed", "1.5", "whole number"));
  CHECK(
      refused(&s, "window", "3", "there is no setting window; there are seed, embedding_size, hidden_size"));
  CHECK(strstr(ur_last_error()->message, "steps") != NULL);
}

static void test_names(void) {
  ur_settings s;
  CHECK(ur_settings_init(&s, "lstm", "names") == UR_E_NAME);
  CHECK(
      strstr(ur_last_error()->message,
             "there is no model lstm; there are rnn_lm, lstm_lm, gru_lm, classifier, forecaster, window_lm, "
             "ngram_lm, seq2seq, mlp, attention_only") != NULL);
  CHECK(ur_settings_init(&s, "rnn_lm", "translate") == UR_E_NAME);
  CHECK(strstr(ur_last_error()->message,
               "there are names, prose, lines, abc, remember, adding, reverse, sort, "
               "dates, numbers, phrases") != NULL);
}

/* What goes together follows from what is given and what is taken. */
static void test_fits(void) {
  static const char *const groups[][13] = {
      {"names", "prose", "lines", "abc", NULL},
      {"remember", "adding", "order", "before", "protein", "sentiment", NULL},
      {"reverse", "sort", "dates", "numbers", "phrases", NULL},
      {"curve", "circles", "xor", "spiral", "moons", "arms", "marks", "pass", "passes", "grade",
       "sentiment_bag", "sentiment_places", NULL},
      {"sentence", NULL},
      {"remember", "order", "before", "protein", "digits", "days", "sentiment", NULL},
      {"ball", NULL},
      {"reverse", "sort", "dates", "numbers", "phrases", "caption", "relation", NULL}};
  for (int m = 0; m < ur__model_count; m++) {
    const int once = strcmp(ur__models[m]->name, "classifier") == 0,
              source = strcmp(ur__models[m]->name, "seq2seq") == 0 ||
                       strcmp(ur__models[m]->name, "transformer") == 0,
              points = strcmp(ur__models[m]->name, "mlp") == 0,
              sentence = strcmp(ur__models[m]->name, "attention_only") == 0,
              encoder = strcmp(ur__models[m]->name, "encoder") == 0,
              numbers = strcmp(ur__models[m]->name, "forecaster") == 0,
              patches = strcmp(ur__models[m]->name, "transformer") == 0;
    const char *const *tasks = groups[once       ? 1
                                      : patches  ? 7
                                      : source   ? 2
                                      : points   ? 3
                                      : sentence ? 4
                                      : encoder  ? 5
                                      : numbers  ? 6
                                                 : 0];
    CHECK(ur__answers_once(ur__models[m]) == (once || points || sentence || encoder) &&
          ur__reads_source(ur__models[m]) == source);
    for (int t = 0; t < ur__task_count; t++) {
      int expected = 0;
      for (int k = 0; tasks[k] != NULL; k++) expected |= strcmp(ur__tasks[t].name, tasks[k]) == 0;
      CHECK(ur__fits(ur__models[m], &ur__tasks[t]) == expected);
    }
  }
  /* An array that nobody takes, one that is missing, one of another kind: none goes with the model. */
  static const ur__array more[] = {{.name = "x", .axes = "TB"},
                                   {.name = "y", .axes = "TB"},
                                   {.name = "z", .axes = "TB"},
                                   {.name = NULL}},
                         less[] = {{.name = "y", .axes = "TB"}, {.name = NULL}},
                         real[] = {{.name = "x", .axes = "TB", .real = 1},
                                   {.name = "y", .axes = "TB"},
                                   {.name = NULL}},
                         same[] = {{.name = "y", .axes = "TB"}, {.name = "x", .axes = "TB"}, {.name = NULL}};
  const ur__array *const tables[] = {more, less, real, same};
  for (int i = 0; i < 4; i++)
    CHECK(ur__fits(ur__model_find("rnn_lm"), &(ur__task){.name = "made", .arrays = tables[i]}) == (i == 3));
}

/* Every row of every model with every task: its default is within its limits, its key is the only one of that
 * name, it has a help text, and its value comes back from its own text. */
static void test_rows(void) {
  for (int m = 0; m < ur__model_count; m++) {
    for (int t = 0; t < ur__task_count; t++) {
      ur_settings s, back;
      const ur_status status = ur_settings_init(&s, ur__models[m]->name, ur__tasks[t].name);
      if (!ur__fits(ur__models[m], &ur__tasks[t])) {
        CHECK(status == UR_E_NAME && strstr(ur_last_error()->message, "its tasks are ") != NULL);
        continue;
      }
      CHECK(status == UR_OK);
      const int training = ur__models[m]->counting ? 0 : UR__TRAINING_SETTINGS;
      CHECK(s.count == ur__models[m]->setting_count + ur__tasks[t].setting_count + training);
      CHECK(ur__task_values(&s) == s.values + ur__models[m]->setting_count);
      back = s;
      for (int i = 0; i < s.count; i++) {
        const ur_setting *row = s.rows[i];
        char text[64];
        CHECK(row->def >= row->min && row->def <= row->max && row->min <= row->max && row->help[0] != 0);
        for (int k = 0; k < i; k++) CHECK(strcmp(s.rows[k]->key, row->key) != 0);
        CHECK(ur_setting_get(&s, row->key) == row->def);
        const double values[] = {row->min, row->max, row->type == UR_SETTING_REAL ? row->max / 3 : row->def};
        for (int k = 0; k < 3; k++) {
          s.values[i] = values[k];
          CHECK(ur_setting_text(&s, i, text, sizeof text) == UR_OK);
          CHECK(ur_settings_set(&back, row->key, text) == UR_OK && back.values[i] == values[k]);
        }
      }
    }
  }
}

static void test_text(void) {
  ur_settings s;
  char text[64];
  CHECK(ur_settings_init(&s, "rnn_lm", "names") == UR_OK);
  CHECK(ur_setting_text(&s, 0, text, sizeof text) == UR_OK && strcmp(text, "32") == 0);
  CHECK(ur_settings_set(&s, "activation", "relu") == UR_OK);
  CHECK(ur_setting_text(&s, 2, text, sizeof text) == UR_OK && strcmp(text, "relu") == 0);
  for (int i = 0; i < s.count; i++) {
    if (strcmp(s.rows[i]->key, "learning_rate") == 0)
      CHECK(ur_setting_text(&s, i, text, sizeof text) == UR_OK && strcmp(text, "0.003") == 0);
  }
  CHECK(ur_setting_text(&s, 0, text, 2) == UR_E_ARGUMENT);
  CHECK(ur_setting_text(&s, s.count, text, sizeof text) == UR_E_ARGUMENT);
  CHECK(ur_settings_set(&s, "seed", "18446744073709551615") == UR_OK && s.seed == UINT64_MAX);
}

static void test_schedule(void) {
  double training[UR__TRAINING_SETTINGS] = {
      [UR__LEARNING_RATE] = 0.4, [UR__SCHEDULE] = UR__LINEAR, [UR__STEPS] = 8};
  static const double want[] = {0.4, 0.4, 0.4, 0.4, 0.4, 0.3, 0.2, 0.1, 0.1, 0.1};
  for (uint64_t step = 1; step <= 10; step++)
    CHECK_NEAR(ur__learning_rate(training, step), want[step - 1], 1e-15);
  training[UR__STEPS] = 1;
  CHECK(ur__learning_rate(training, 1) == 0.4 && ur__learning_rate(training, 2) == 0.4);
  training[UR__SCHEDULE] = UR__CONSTANT;
  CHECK(ur__learning_rate(training, 100) == 0.4);
}

int main(void) {
  TEST("refusals") { test_refusals(); }
  TEST("names") { test_names(); }
  TEST("rows") { test_rows(); }
  TEST("what goes together") { test_fits(); }
  TEST("text") { test_text(); }
  TEST("schedule") { test_schedule(); }
  return check_done();
}
