/* How far gradients reach: sizes against the chain rule by hand, terms against their sum and against the
 * whole gradient, saliency against differences. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "check.h"
#include "reach.h"
#include "run.h"
#include "unroll/measure.h"

#define WITH(...) ((const char *[]){__VA_ARGS__, NULL})
static const char text[] = "badge";
enum { T = 6, H = 6 };

static const float *value_at(ur_tape *tape, int t, const char *name) {
  char path[64];
  snprintf(path, sizeof path, "rnn.%d.%s", t, name);
  return ur_tape_value(tape, ur_tape_find(tape, path));
}

static const float *param(ur_trainer *trainer, const char *name) {
  ur_params *params = ur_trainer_params(trainer);
  for (int i = 0; i < ur_params_count(params); i++)
    if (strcmp(ur_params_view(params, i).name, name) == 0)
      return ur_params_data(params) + ur_params_view(params, i).offset;
  return NULL;
}

/* dh^(t) = U^T (y_hat - y), then dh^(i-1) = W_h^T (dh^(i) (1 - h^(i)^2)), in double. */
static void test_sizes(void) {
  ur_trainer *trainer = run_new("rnn_lm", NULL);
  ur_measure *measure = NULL;
  ur_walk *walk = NULL;
  run_steps(trainer, 20);
  CHECK(ur_measure_create(trainer, text, &measure) == UR_OK && ur_walk_create(trainer, text, &walk) == UR_OK);
  CHECK(ur_measure_length(measure) == T && ur_measure_layers(measure) == 1);
  CHECK(ur_walk_to(walk, ur_tape_walk_length(ur_walk_tape(walk)) / 2) == UR_OK);
  const float *U = param(trainer, "U"), *W_h = param(trainer, "W_h");
  const int V = ur_trainer_vocabulary_size(trainer);
  for (int t = 1; t <= T; t++) {
    double h[T], c[T], g[H] = {0}, next[H];
    CHECK(ur_measure_through_time(measure, t, 1, h, c) == UR_OK);
    const float *y_hat = value_at(ur_walk_tape(walk), t, "y_hat");
    char path[32];
    snprintf(path, sizeof path, "rnn.%d.y", t);
    const int y = *(int32_t *)ur_tape_value(ur_walk_tape(walk), ur_tape_find(ur_walk_tape(walk), path));
    for (int j = 0; j < H; j++)
      for (int v = 0; v < V; v++) g[j] += (double)U[v * H + j] * ((double)y_hat[v] - (v == y));
    for (int i = t; i >= 1; i--) {
      const float *state = value_at(ur_walk_tape(walk), i, "h");
      double size = 0;
      for (int j = 0; j < H; j++) size += g[j] * g[j];
      CHECK_NEAR(h[i - 1], sqrt(size), 1e-5 * sqrt(size));
      CHECK(c[i - 1] == -1);
      for (int j = 0; j < H; j++) {
        next[j] = 0;
        for (int k = 0; k < H; k++)
          next[j] += (double)W_h[k * H + j] * g[k] * (1 - (double)state[k] * state[k]);
      }
      memcpy(g, next, sizeof g);
    }
  }
  double h[T];
  CHECK(ur_measure_through_time(measure, 0, 1, h, NULL) == UR_E_ARGUMENT);
  CHECK(ur_measure_through_time(measure, T + 1, 1, h, NULL) == UR_E_ARGUMENT);
  CHECK(ur_measure_through_time(measure, 1, 2, h, NULL) == UR_E_ARGUMENT);
  ur_measure_free(measure);
  ur_walk_free(walk);
  ur_trainer_free(trainer);
}

/* Terms add up to what backward gives; and the losses of all steps to the gradient of their mean. */
static void check_terms(const char *model, const char *name, const char *const *more) {
  ur_trainer *trainer = run_new(model, more);
  ur_measure *measure = NULL;
  ur_walk *walk = NULL;
  ur_terms terms = {0};
  run_steps(trainer, 20);
  CHECK(ur_measure_create(trainer, text, &measure) == UR_OK && ur_walk_create(trainer, text, &walk) == UR_OK);
  CHECK(ur_walk_to(walk, ur_tape_walk_length(ur_walk_tape(walk))) == UR_OK);
  const float *whole = ur_tape_grad(ur_walk_tape(walk), ur_tape_find(ur_walk_tape(walk), name));
  CHECK(ur_measure_terms(measure, 1, name, &terms) == UR_OK);
  double *sum = calloc(terms.size, sizeof *sum), off = 0, norm = 0;
  for (int t = 1; t <= T; t++) {
    CHECK(ur_measure_terms(measure, t, name, &terms) == UR_OK && terms.steps == t);
    double difference = 0, size = 0;
    for (size_t i = 0; i < terms.size; i++) {
      double added = 0;
      for (int s = 0; s < t; s++) added += terms.terms[(size_t)s * terms.size + i];
      difference += pow(added - terms.sum[i], 2);
      size += pow(terms.sum[i], 2);
      sum[i] += terms.sum[i] / T;
    }
    CHECK(size > 0 || t == 1); /* h^(0) is 0: W_h has no part in the first step */
    CHECK(sqrt(difference) <= 1e-6 * sqrt(size));
    for (int s = 0; s < t; s++) {
      double n = 0;
      for (size_t i = 0; i < terms.size; i++) n += pow(terms.terms[(size_t)s * terms.size + i], 2);
      CHECK_NEAR(terms.norms[s], sqrt(n), 1e-9 * (1 + sqrt(n)));
    }
  }
  for (size_t i = 0; i < terms.size; i++) off += pow(sum[i] - whole[i], 2), norm += pow(whole[i], 2);
  CHECK(norm > 0 && sqrt(off) <= 1e-5 * sqrt(norm));
  CHECK(ur_measure_terms(measure, 1, "nothing", &terms) == UR_E_NAME);
  CHECK(ur_measure_terms(measure, 1, "J", &terms) == UR_E_NAME);
  free(sum);
  ur_measure_free(measure);
  ur_walk_free(walk);
  ur_trainer_free(trainer);
}

/* "badge": all letters differ, so that e^(i) is one row of E, and z can be had from its difference. */
static void check_saliency(const char *model) {
  ur_trainer *trainer = run_new(model, NULL);
  ur_measure *measure = NULL;
  double sizes[T];
  int32_t tokens[8];
  int count, E = 3, token = 4;
  run_steps(trainer, 40);
  CHECK(ur_measure_create(trainer, text, &measure) == UR_OK);
  CHECK(ur_trainer_encode(trainer, text, tokens + 1, 7, &count) == UR_OK);
  tokens[0] = 0;
  CHECK(ur_measure_saliency(measure, T, token, sizes) == UR_OK);
  float *table = (float *)param(trainer, "E");
  for (int i = 0; i < T; i++) {
    double squares = 0;
    for (int j = 0; j < E; j++) {
      float *cell = table + tokens[i] * E + j, kept = *cell, z[2];
      for (int side = 0; side < 2; side++) {
        ur_walk *walk = NULL;
        *cell = kept + (side ? -0.01f : 0.01f);
        CHECK(ur_walk_create(trainer, text, &walk) == UR_OK);
        CHECK(ur_walk_to(walk, ur_tape_walk_length(ur_walk_tape(walk)) / 2) == UR_OK);
        z[side] = value_at(ur_walk_tape(walk), T, "logits")[token];
        ur_walk_free(walk);
      }
      *cell = kept;
      squares += pow(((double)z[0] - z[1]) / 0.02, 2);
    }
    CHECK_NEAR(sizes[i], sqrt(squares), 1e-3 * sqrt(squares) + 1e-4);
  }
  CHECK(ur_measure_saliency(measure, T, -1, sizes) == UR_E_ARGUMENT);
  CHECK(ur_measure_saliency(measure, 0, 1, sizes) == UR_E_ARGUMENT);
  ur_measure_free(measure);
  ur_trainer_free(trainer);
}

/* The cell's way back: the forget gates in a row, where everything else is held. */
static void test_cell(void) {
  ur_trainer *trainer = run_new("lstm_lm", WITH("hold_i", "0", "hold_f", "0.5", "hold_o", "0"));
  ur_measure *measure = NULL;
  double h[T], c[T];
  CHECK(ur_measure_create(trainer, text, &measure) == UR_OK);
  CHECK(ur_measure_through_time(measure, T, 1, h, c) == UR_OK && h[T - 1] > 0 && c[T - 1] == 0);
  CHECK(ur_trainer_set(trainer, "hold_o", "1") == UR_OK); /* now c is seen, and only in h^(T) */
  CHECK(ur_measure_through_time(measure, T, 1, h, c) == UR_OK && c[T - 1] > 0);
  for (int i = 1; i < T; i++) {
    CHECK_NEAR(c[i - 1], c[i] / 2, 1e-6 * c[i]); /* c = f c_before, f = 1/2 */
    CHECK(h[i - 1] == 0);                        /* gates that are held do not look at h */
  }
  ur_measure_free(measure);
  ur_trainer_free(trainer);
}

static void test_others(void) {
  static const char *const models[] = {"window_lm", "gru_lm", "rnn_lm"};
  double h[T], c[T];
  for (int m = 0; m < 3; m++) {
    ur_trainer *trainer = run_new(models[m], m ? WITH("num_layers", "2") : NULL);
    ur_measure *measure = NULL;
    ur_terms terms;
    CHECK(ur_measure_create(trainer, text, &measure) == UR_OK && ur_measure_layers(measure) == (m ? 2 : 0));
    CHECK(ur_measure_through_time(measure, T, 2, h, c) == (m ? UR_OK : UR_E_ARGUMENT));
    if (m) CHECK(h[0] > 0 && ur_measure_through_time(measure, T, 1, h, c) == UR_OK && h[0] > 0);
    CHECK(ur_measure_terms(measure, 2, m ? "layer2.W_h" : "W", &terms) == UR_OK);
    ur_measure_free(measure);
    ur_trainer_free(trainer);
  }
  ur_settings settings;
  ur_trainer *adding = NULL, *counts = run_new("ngram_lm", NULL);
  ur_measure *measure = NULL;
  CHECK(ur_measure_create(counts, text, &measure) == UR_E_STATE && measure == NULL);
  ur_trainer *pairs = NULL;
  ur_units units;
  CHECK(ur_settings_init(&settings, "seq2seq", "reverse") == UR_OK &&
        ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &pairs) == UR_OK);
  CHECK(ur_measure_create(pairs, "badce", &measure) == UR_E_STATE && measure == NULL);
  CHECK(ur_units_read(pairs, "badce", 1, &units) == UR_E_STATE && units.h == NULL);
  ur_trainer_free(pairs);
  CHECK(ur_settings_init(&settings, "classifier", "adding") == UR_OK &&
        ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &adding) == UR_OK);
  CHECK(ur_measure_create(adding, "0.5 *0.25 *1", &measure) == UR_OK && ur_measure_length(measure) == 3);
  CHECK(ur_measure_through_time(measure, 2, 1, h, c) == UR_E_ARGUMENT);
  CHECK(ur_measure_through_time(measure, 3, 1, h, c) == UR_OK && h[0] > 0 && c[0] > 0);
  CHECK(ur_measure_saliency(measure, 3, 0, h) == UR_E_STATE);
  ur_measure_free(measure);
  ur_trainer_free(adding);
  ur_trainer_free(counts);
}

/* Backward from another node, and from one cell of it; a walk goes on from the loss. */
static void test_backward_from(void) {
  ur_trainer *trainer = run_new("rnn_lm", NULL);
  ur_walk *walk = NULL;
  CHECK(ur_walk_create(trainer, text, &walk) == UR_OK);
  ur_tape *tape = ur_walk_tape(walk);
  const int J = ur_tape_find(tape, "rnn.2.J"), logits = ur_tape_find(tape, "rnn.2.logits"),
            U = ur_tape_find(tape, "U"), x = ur_tape_find(tape, "rnn.2.x");
  CHECK(ur_tape_backward_from(tape, J, UR_ALL_CELLS) == UR_E_STATE);
  CHECK(ur_tape_forward(tape) == UR_OK);
  CHECK(ur_tape_backward_from(tape, x, UR_ALL_CELLS) == UR_E_ARGUMENT);
  CHECK(ur_tape_backward_from(tape, logits, 1000) == UR_E_ARGUMENT);
  CHECK(ur_tape_backward_from(tape, logits, 3) == UR_OK);
  const float *grad = ur_tape_grad(tape, U), *h = value_at(tape, 2, "h");
  for (int v = 0; v < ur_trainer_vocabulary_size(trainer); v++)
    for (int j = 0; j < H; j++) CHECK(grad[v * H + j] == (v == 3 ? h[j] : 0));
  CHECK(((float *)ur_tape_grad(tape, ur_tape_find(tape, "rnn.3.h")))[0] == 0);
  CHECK(ur_tape_walk_to(tape, ur_tape_walk_length(tape)) == UR_OK);
  float kept[H];
  memcpy(kept, grad, sizeof kept);
  CHECK(ur_tape_forward(tape) == UR_OK && ur_tape_backward(tape) == UR_OK);
  CHECK(memcmp(kept, grad, sizeof kept) == 0);
  ur_walk_free(walk);
  ur_trainer_free(trainer);
}

static void test_reach(void) {
  ur_settings settings;
  ur_trainer *trainer = NULL;
  ur__reach reach, again;
  CHECK(ur_settings_init(&settings, "rnn_lm", "names") == UR_OK);
  CHECK(ur_settings_set(&settings, "start", "identity") == UR_OK &&
        ur_settings_set(&settings, "activation", "relu") == UR_OK);
  CHECK(ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer) == UR_OK);
  CHECK(ur__reach_of(trainer, &reach) == UR_OK && ur__reach_of(trainer, &again) == UR_OK);
  CHECK(reach.near == again.near && reach.far > 0 && reach.near < 20 * reach.far && reach.whole > 0);
  ur_trainer_free(trainer);
}

/* The fused graph over a text has the walk's own states and gates. */
static void check_units(const char *model, const char *const *more, const char *scope, int layer,
                        const char *names) {
  ur_trainer *trainer = run_new(model, more);
  ur_walk *walk = NULL;
  ur_units units;
  const int parts = (int)strlen(names);
  run_steps(trainer, 20);
  CHECK(ur_units_read(trainer, text, layer, &units) == UR_OK &&
        ur_walk_create(trainer, text, &walk) == UR_OK);
  CHECK(ur_walk_to(walk, ur_tape_walk_length(ur_walk_tape(walk)) / 2) == UR_OK);
  CHECK(units.steps == T && units.hidden == H && strcmp(units.gate_names, names) == 0);
  CHECK((units.c != NULL) == (parts == 4) && (units.gates != NULL) == (parts > 0));
  for (int t = 1; t <= T; t++) {
    const size_t at = (size_t)(t - 1) * H;
    char name[32];
    snprintf(name, sizeof name, "%sh", scope);
    CHECK(memcmp(units.h + at, value_at(ur_walk_tape(walk), t, name), H * sizeof(float)) == 0);
    snprintf(name, sizeof name, "%sc", scope);
    if (units.c) CHECK(memcmp(units.c + at, value_at(ur_walk_tape(walk), t, name), H * sizeof(float)) == 0);
    for (int k = 0; k < parts; k++) {
      const float *gate = units.gates + (at * (size_t)parts + (size_t)k * H);
      snprintf(name, sizeof name, "%s%c", scope, names[k]);
      CHECK(memcmp(gate, value_at(ur_walk_tape(walk), t, name), H * sizeof(float)) == 0);
    }
    CHECK(units.tokens[t - 1] == *(const int32_t *)value_at(ur_walk_tape(walk), t, "x"));
  }
  ur_walk_free(walk);
  ur_trainer_free(trainer);
  CHECK(units.h[0] != 0); /* they outlive the trainer */
  ur_units_free(&units);
}

static void test_long_units(void) {
  enum { LONG = UR_UNITS_MAX };
  ur_trainer *trainer = run_new("lstm_lm", NULL);
  ur_units units, some;
  char *many = malloc(LONG + 2);
  for (int i = 0; i <= LONG; i++) many[i] = "badge"[i % 5];
  many[LONG + 1] = '\0';
  CHECK(ur_units_read(trainer, many, 1, &units) == UR_E_TEXT && units.h == NULL);
  many[LONG] = '\0';
  CHECK(ur_units_read(trainer, many, 1, &units) == UR_OK && units.steps == LONG + 1);
  CHECK(units.tokens[0] == 0 && units.tokens[LONG] == units.tokens[LONG - 5]);
  many[200] = '\0';
  CHECK(ur_units_read(trainer, many, 1, &some) == UR_OK && some.steps == 201);
  CHECK(memcmp(some.h, units.h, 201 * H * sizeof(float)) == 0);
  CHECK(memcmp(some.gates, units.gates, 4 * 201 * H * sizeof(float)) == 0);
  ur_units_free(&some);
  ur_units_free(&units);
  CHECK(ur_trainer_set(trainer, "hold_f", "0.25") == UR_OK);
  CHECK(ur_units_read(trainer, text, 1, &units) == UR_OK);
  for (int j = 0; j < H; j++) CHECK(units.gates[H + j] == 0.25f);
  ur_units_free(&units);
  CHECK(ur_units_read(trainer, "", 1, &units) == UR_E_TEXT);
  CHECK(ur_units_read(trainer, "xyz", 1, &units) == UR_E_TEXT);
  CHECK(ur_units_read(trainer, text, 0, &units) == UR_E_ARGUMENT);
  CHECK(ur_units_read(trainer, text, 2, &units) == UR_E_ARGUMENT && units.tape == NULL);
  ur_trainer_free(trainer);
  free(many);
}

/* A classifier reads without a start mark; numbers are no tokens; a count and a window have no state. */
static void test_other_units(void) {
  static const char *const stateless[] = {"ngram_lm", "window_lm"};
  ur_settings settings;
  ur_trainer *trainer = NULL;
  ur_walk *walk = NULL;
  ur_units units;
  CHECK(ur_settings_init(&settings, "classifier", "adding") == UR_OK &&
        ur_settings_set(&settings, "directions", "2") == UR_OK &&
        ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer) == UR_OK);
  CHECK(ur_units_read(trainer, "0.5 *0.25 *1", 1, &units) == UR_OK && units.steps == 3 &&
        units.tokens == NULL);
  CHECK(ur_walk_create(trainer, "0.5 *0.25 *1", &walk) == UR_OK);
  CHECK(ur_walk_to(walk, ur_tape_walk_length(ur_walk_tape(walk)) / 2) == UR_OK);
  for (int t = 1; t <= 3; t++)
    CHECK(memcmp(units.h + (t - 1) * units.hidden, value_at(ur_walk_tape(walk), t, "h"),
                 (size_t)units.hidden * sizeof(float)) == 0);
  ur_units_free(&units);
  ur_walk_free(walk);
  ur_trainer_free(trainer);
  for (int m = 0; m < 2; m++) {
    trainer = run_new(stateless[m], NULL);
    CHECK(ur_units_read(trainer, text, 1, &units) == UR_E_STATE);
    ur_trainer_free(trainer);
  }
}

static void test_no_memory(void) {
  ur_trainer *trainer = run_new("gru_lm", NULL);
  ur_measure *measure = NULL;
  ur_terms terms;
  ur_status status = UR_E_MEMORY;
  for (long n = 0; status == UR_E_MEMORY; n++) {
    ur__alloc_fail_after(n);
    status = ur_measure_create(trainer, text, &measure);
    ur__alloc_fail_after(-1);
    CHECK((status == UR_OK) == (measure != NULL));
  }
  ur__alloc_fail_after(0);
  CHECK(ur_measure_terms(measure, 2, "W_h", &terms) == UR_E_MEMORY);
  ur__alloc_fail_after(-1);
  CHECK(ur_measure_terms(measure, 2, "W_h", &terms) == UR_OK);
  ur_measure_free(measure);
  status = UR_E_MEMORY;
  for (long n = 0; status == UR_E_MEMORY; n++) {
    ur_units units;
    ur__alloc_fail_after(n);
    status = ur_units_read(trainer, text, 1, &units);
    ur__alloc_fail_after(-1);
    CHECK((status == UR_OK) == (units.tape != NULL) && (status == UR_OK) == (units.h != NULL));
    ur_units_free(&units);
  }
  CHECK(status == UR_OK);
  ur_trainer_free(trainer);
}

int main(void) {
  TEST("sizes through time") { test_sizes(); }
  TEST("terms") {
    check_terms("rnn_lm", "W_h", NULL);
    check_terms("lstm_lm", "W_h", NULL);
    check_terms("gru_lm", "b_n", NULL);
    check_terms("lstm_lm", "layer2.W_e", WITH("num_layers", "2"));
  }
  TEST("saliency") {
    check_saliency("rnn_lm");
    check_saliency("lstm_lm");
  }
  TEST("cell state") { test_cell(); }
  TEST("other models") { test_others(); }
  TEST("units") {
    check_units("rnn_lm", NULL, "", 1, "");
    check_units("lstm_lm", NULL, "", 1, "ifgo");
    check_units("gru_lm", NULL, "", 1, "rzn");
    check_units("lstm_lm", WITH("num_layers", "2"), "layer2.", 2, "ifgo");
    check_units("gru_lm", WITH("num_layers", "2"), "layer1.", 1, "rzn");
    test_long_units();
    test_other_units();
  }
  TEST("backward from a node") { test_backward_from(); }
  TEST("reach") { test_reach(); }
  TEST("no memory") { test_no_memory(); }
  return check_done();
}
