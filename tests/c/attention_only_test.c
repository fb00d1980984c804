/* Self-attention by hand: numbers thrown with a die and changed one by one, worked through in double; what a
 * shuffle does; what is held; another sentence's keys; what is refused. */
#include <math.h>
#include <string.h>

#include "check.h"
#include "trainer.h"

enum { D = 4 };

static ur_bytes bytes_of(const char *text) { return (ur_bytes){(const uint8_t *)text, strlen(text)}; }

/* NULL after a failure, which is then the last error. */
static ur_trainer *open_run(const char *text, const char *own) {
  ur_settings settings;
  ur_trainer *trainer = NULL;
  char key[32], value[32];
  int used;
  CHECK(ur_settings_init(&settings, "attention_only", "sentence") == UR_OK);
  for (; sscanf(text, " %31[^=]=%31s%n", key, value, &used) == 2; text += used)
    if (ur_settings_set(&settings, key, value) != UR_OK) return NULL;
  ur_trainer_create(&settings, own ? bytes_of(own) : (ur_bytes){NULL, 0}, &trainer);
  return trainer;
}

/* The walk over a text, to its turn. */
static ur_walk *read_text(ur_trainer *trainer, const char *text) {
  ur_walk *walk = NULL;
  CHECK(ur_walk_create(trainer, text, &walk) == UR_OK);
  if (walk) CHECK(ur_walk_to(walk, ur_tape_walk_length(ur_walk_tape(walk))) == UR_OK);
  return walk;
}

static const float *at(ur_walk *walk, const char *path) {
  ur_tape *tape = ur_walk_tape(walk);
  const int id = ur_tape_find(tape, path);
  return CHECK(id != UR_NODE_NONE) ? ur_tape_value(tape, id) : NULL;
}

static const float *parameter(ur_trainer *trainer, const char *name) {
  ur_params *params = ur_trainer_params(trainer);
  for (int p = 0; p < ur_params_count(params); p++) {
    const ur_param_view view = ur_params_view(params, p);
    if (strcmp(view.name, name) == 0) return ur_params_data(params) + view.offset;
  }
  CHECK(!"a parameter of this name");
  return NULL;
}

/* ---- the die ---- */
static void test_thrown(void) {
  int seen[3] = {0};
  for (uint64_t seed = 0; seed < 30; seed++) {
    char text[32];
    snprintf(text, sizeof text, "seed=%d", (int)seed);
    ur_trainer *trainer = open_run(text, NULL);
    const float *all = ur_params_data(ur_trainer_params(trainer));
    for (size_t i = 0; i < ur_params_size(ur_trainer_params(trainer)); i++) {
      CHECK(all[i] == -1 || all[i] == 0 || all[i] == 1);
      seen[(int)all[i] + 1]++;
    }
    ur_trainer_free(trainer);
  }
  const int n = seen[0] + seen[1] + seen[2];
  for (int i = 0; i < 3; i++) CHECK_NEAR((double)seen[i] / n, 1.0 / 3, 0.05);
}

/* The same word has the same vector, and the matrices are the same, whatever else is read. */
static void test_own_words(void) {
  ur_trainer *given = open_run("seed=7", NULL), *own = open_run("seed=7", "tea for Zuko");
  ur_walk *one = read_text(given, "Zuko made tea"), *other = read_text(own, "tea for Zuko");
  CHECK(memcmp(at(one, "head.x"), at(other, "head.x") + 2 * D, D * sizeof(float)) == 0);
  CHECK(memcmp(at(one, "head.x") + 2 * D, at(other, "head.x"), D * sizeof(float)) == 0);
  for (int i = 0; i < 3; i++) {
    static const char *const names[] = {"Q", "K", "V"};
    CHECK(memcmp(parameter(given, names[i]), parameter(own, names[i]), D * D * sizeof(float)) == 0);
  }
  ur_walk_free(one);
  ur_walk_free(other);
  ur_trainer_free(given);
  ur_trainer_free(own);
}

/* One setting, one number; the others stay as they were thrown. Words in the order of their alphabet. */
static void test_changed(void) {
  ur_trainer *thrown = open_run("", NULL), *changed = open_run("query_2_3=5 value_4_1=-2.5 word_1_2=9", NULL);
  const float *before = ur_params_data(ur_trainer_params(thrown)), *E = parameter(changed, "E");
  const float *after = ur_params_data(ur_trainer_params(changed));
  size_t others = 0;
  CHECK(parameter(changed, "Q")[1 * D + 2] == 5);
  CHECK(parameter(changed, "V")[3 * D] == -2.5f);
  CHECK(strcmp(ur_trainer_token(changed, 2), "Zuko") == 0 && E[2 * D + 1] == 9);
  for (size_t i = 0; i < ur_params_size(ur_trainer_params(thrown)); i++) others += before[i] != after[i];
  CHECK(others == 3);
  ur_trainer_free(thrown);
  ur_trainer_free(changed);
  CHECK(open_run("query_2_3=100.5", NULL) == NULL);
  CHECK(strstr(ur_last_error()->message, "query_2_3") != NULL);
  CHECK(open_run("query_2_5=1", NULL) == NULL);
}

/* ---- the sentence, in double ---- */
static void multiply(const float *W, const double *x, double *out) {
  for (int i = 0; i < D; i++) {
    out[i] = 0;
    for (int k = 0; k < D; k++) out[i] += (double)W[i * D + k] * x[k];
  }
}

static void check_by_hand(const char *settings, int scaled) {
  enum { T = 5 };
  static const char *const sentence[T] = {"Zuko", "made", "his", "uncle", "tea"};
  ur_trainer *trainer = open_run(settings, NULL);
  ur_walk *walk = read_text(trainer, "Zuko made his uncle tea");
  const float *Q = parameter(trainer, "Q"), *K = parameter(trainer, "K"), *V = parameter(trainer, "V");
  const float *E = parameter(trainer, "E");
  double q[T][D], k[T][D], v[T][D];
  for (int t = 0; t < T; t++) {
    double x[D];
    int token = 2;
    while (strcmp(ur_trainer_token(trainer, token), sentence[t]) != 0) token++;
    for (int i = 0; i < D; i++) x[i] = E[token * D + i];
    multiply(Q, x, q[t]);
    multiply(K, x, k[t]);
    multiply(V, x, v[t]);
  }
  for (int t = 0; t < T; t++) {
    double a[T], o[D] = {0}, sum = 0;
    for (int s = 0; s < T; s++) {
      double e = 0;
      for (int i = 0; i < D; i++) e += q[t][i] * k[s][i];
      CHECK_NEAR(at(walk, "head.e")[t * T + s], e, 1e-5);
      a[s] = exp(scaled ? e / sqrt(D) : e);
      sum += a[s];
    }
    for (int s = 0; s < T; s++) {
      CHECK_NEAR(at(walk, "head.a")[t * T + s], a[s] / sum, 1e-6);
      for (int i = 0; i < D; i++) o[i] += a[s] / sum * v[s][i];
    }
    for (int i = 0; i < D; i++) CHECK_NEAR(at(walk, "head.o")[t * D + i], o[i], 1e-5);
  }
  CHECK(at(walk, "J")[0] == at(walk, "head.o")[3 * D + 1]); /* uncle, the second number */
  ur_walk_free(walk);
  ur_trainer_free(trainer);
}
static void test_by_hand(void) {
  check_by_hand("", 1);
  check_by_hand("scale=off key_3_3=4 word_5_2=2", 0);
}

/* Not one number of a row changes by more than the order of its sum can. */
static void test_shuffled(void) {
  static const int to[] = {2, 4, 0, 3, 1}; /* the same words in another order: where each came from */
  ur_trainer *trainer = open_run("", NULL);
  ur_walk *one = read_text(trainer, "Zuko made his uncle tea"),
          *other = read_text(trainer, "his tea Zuko uncle made");
  for (int t = 0; t < 5; t++) {
    CHECK(memcmp(at(one, "head.q") + to[t] * D, at(other, "head.q") + t * D, D * sizeof(float)) == 0);
    for (int s = 0; s < 5; s++) CHECK(at(one, "head.e")[to[t] * 5 + to[s]] == at(other, "head.e")[t * 5 + s]);
    for (int i = 0; i < D; i++)
      CHECK_NEAR(at(one, "head.o")[to[t] * D + i], at(other, "head.o")[t * D + i], 1e-6);
  }
  ur_walk_free(one);
  ur_walk_free(other);
  ur_trainer_free(trainer);
}

/* Held, the weights are those of the numbers as they were thrown, o is linear in v, and no gradient goes
 * through them. */
static void test_held(void) {
  static const char *const text = "Zuko made his uncle tea";
  ur_trainer *thrown = open_run("", NULL), *doubled = open_run("alpha=held word_1_1=7 query_1_1=5", NULL);
  ur_trainer *free_one = open_run("word_1_1=7 query_1_1=5", NULL);
  ur_walk *before = read_text(thrown, text), *held = read_text(doubled, text),
          *free_walk = read_text(free_one, text);
  CHECK(memcmp(at(before, "head.a"), at(held, "head.a"), 25 * sizeof(float)) == 0);
  CHECK(memcmp(at(before, "head.a"), at(free_walk, "head.a"), 25 * sizeof(float)) != 0);
  CHECK(memcmp(at(held, "head.v"), at(free_walk, "head.v"), 5 * D * sizeof(float)) == 0);
  /* what the first word's v gained comes into every o as much as its weight says */
  for (int t = 0; t < 5; t++)
    for (int i = 0; i < D; i++) {
      const double gained = (double)at(held, "head.v")[i] - at(before, "head.v")[i];
      CHECK_NEAR(at(held, "head.o")[t * D + i] - at(before, "head.o")[t * D + i],
                 at(held, "head.a")[t * 5] * gained, 1e-5);
    }
  ur_tape *tape = ur_walk_tape(held);
  CHECK(ur_tape_node(tape, ur_tape_find(tape, "head.q")).gradient == 0);
  CHECK(ur_tape_node(tape, ur_tape_find(tape, "head.v")).gradient == 1);
  CHECK(ur_tape_node(ur_walk_tape(free_walk), ur_tape_find(ur_walk_tape(free_walk), "head.q")).gradient == 1);
  ur_walk_free(before);
  ur_walk_free(held);
  ur_walk_free(free_walk);
  ur_trainer_free(thrown);
  ur_trainer_free(doubled);
  ur_trainer_free(free_one);
}

/* Of another sentence: its words' keys and values; of the same words behind the bar, what self-attention
 * gives. */
static void test_crossed(void) {
  ur_trainer *same = open_run("", NULL), *other = open_run("keys=other", NULL);
  ur_walk *one = read_text(same, "Zuko made tea"), *again = read_text(other, "Zuko made tea | Zuko made tea");
  ur_walk *plain = read_text(other, "Zuko made tea"),
          *crossed = read_text(other, "Zuko made tea | his green tea likes");
  CHECK(memcmp(at(one, "head.o"), at(again, "head.o"), 3 * D * sizeof(float)) == 0);
  CHECK(memcmp(at(one, "head.o"), at(plain, "head.o"), 3 * D * sizeof(float)) == 0);
  const ur_node_view a = ur_tape_node(ur_walk_tape(crossed), ur_tape_find(ur_walk_tape(crossed), "head.a"));
  CHECK(a.shape[0] == 3 && a.shape[2] == 4);
  CHECK(memcmp(at(one, "head.q"), at(crossed, "head.q"), 3 * D * sizeof(float)) == 0);
  ur_walk_free(one);
  ur_walk_free(again);
  ur_walk_free(plain);
  ur_walk_free(crossed);
  ur_trainer_free(same);
  ur_trainer_free(other);
}

/* ---- what is refused, and what is printed ---- */
static void test_refused(void) {
  static const struct {
    const char *own, *says;
  } cases[] = {{"", "empty"},
               {" \n ", "empty"},
               {"a b\nc | | d", "line 2 has more than one bar"},
               {"a b\n\nc |", "line 3 has no word on one side"},
               {"a b c d e f g h i j k l m", "more than 12 different words"},
               {"a a a a a a a a a a a a a", "at most 12"},
               {"tea \x01", "line 1"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    CHECK(open_run("", cases[i].own) == NULL);
    if (!CHECK(strstr(ur_last_error()->message, cases[i].says) != NULL))
      printf("       %s\n", ur_last_error()->message);
  }
  ur_trainer *trainer = open_run("", NULL);
  ur_walk *walk;
  CHECK(ur_walk_create(trainer, "Zuko made soup", &walk) == UR_E_TEXT &&
        strstr(ur_last_error()->message, "soup"));
  CHECK(ur_walk_create(trainer, "", &walk) == UR_E_TEXT);
  CHECK(ur_walk_create(trainer, "tea | his | tea", &walk) == UR_E_TEXT);
  ur_trainer_free(trainer);
}

static void test_saved(void) {
  ur_trainer *trainer = open_run("query_1_1=3 asked_word=2", "tea for Zuko\nZuko | tea");
  ur_trainer *back = NULL;
  ur_buffer file = {0}, text = {0};
  ur_step_report report;
  CHECK(ur_trainer_step(trainer, &report) == UR_OK && report.tokens > 0);
  CHECK(ur_trainer_example(trainer, 1, &text) == UR_OK);
  CHECK(text.size == 10 && memcmp(text.data, "Zuko | tea", 10) == 0);
  CHECK(ur_trainer_save(trainer, 1, &file) == UR_OK);
  CHECK(ur_trainer_load((ur_bytes){file.data, file.size}, bytes_of("tea for Zuko\nZuko | tea"), &back) ==
        UR_OK);
  CHECK(back && ur_trainer_hash(back) == ur_trainer_hash(trainer));
  ur_trainer_free(back);
  CHECK(ur_trainer_load((ur_bytes){file.data, file.size}, (ur_bytes){NULL, 0}, &back) != UR_OK);
  ur_buffer_free(&file);
  ur_buffer_free(&text);
  ur_trainer_free(trainer);
}

int main(void) {
  TEST("thrown") { test_thrown(); }
  TEST("own words") { test_own_words(); }
  TEST("changed") { test_changed(); }
  TEST("by hand") { test_by_hand(); }
  TEST("shuffled") { test_shuffled(); }
  TEST("held") { test_held(); }
  TEST("crossed") { test_crossed(); }
  TEST("refused") { test_refused(); }
  TEST("saved") { test_saved(); }
  return check_done();
}
