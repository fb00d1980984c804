/* Fixed workloads, timed: a matrix product of four sizes, and one update of a recurrent language model. The
 * data, the rule of timing and the counts of operations are the same for every program that is compared. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "command.h"
#include "kernels.h"
#include "net.h"

/* Vocabulary, embedding, hidden, time, batch. */
enum { V = 64, E = 32, H = 128, T = 64, B = 16 };

static uint32_t next_number(uint32_t *state) {
  *state = *state * 1664525u + 1013904223u;
  return *state >> 8;
}

static void fill_floats(float *out, size_t n, uint32_t seed) {
  for (size_t i = 0; i < n; i++) out[i] = (float)next_number(&seed) / 8388608.0f - 1;
}

typedef struct workload {
  char name[24];
  double operations; /* of the mathematics: 2 a multiply and add */
  void (*step)(struct workload *w);
  int n; /* of a product */
  float *a, *b, *c, *work;
  ur_params *params; /* of the model */
  ur_tape *tape;
  float *moments, *loss;
  uint64_t updates;
} workload;

static void step_product(workload *w) {
  const size_t n = (size_t)w->n;
  ur__f32_matmul(w->c, w->a, w->b, n, n, n, 0, 0, w->work);
}

static int open_product(workload *w, int n) {
  const size_t cells = (size_t)n * (size_t)n;
  *w = (workload){.operations = 2.0 * n * n * n, .step = step_product, .n = n};
  snprintf(w->name, sizeof w->name, "matmul_%d", n);
  w->a = ur__alloc_array(3 * cells + ur__f32_matmul_pack_size((size_t)n, (size_t)n), sizeof *w->a);
  if (w->a == NULL) return 0;
  w->b = w->a + cells;
  w->c = w->b + cells;
  w->work = w->c + cells;
  fill_floats(w->a, cells, 1);
  fill_floats(w->b, cells, 2);
  return 1;
}

/* Forward, backward, Adam with rate 1e-3, and the loss read back. */
static void step_training(workload *w) {
  static const double training[UR__TRAINING_SETTINGS] = {[UR__OPTIMIZER] = UR__ADAM,
                                                         [UR__LEARNING_RATE] = 1e-3,
                                                         [UR__BETA1] = 0.9,
                                                         [UR__BETA2] = 0.999,
                                                         [UR__EPSILON] = 1e-8};
  const ur__rule rule = ur__rule_of(training, ++w->updates);
  const size_t n = ur_params_size(w->params);
  const ur__slot slot = {ur_params_data(w->params), w->moments, w->moments + n, n};
  ur_tape_forward(w->tape);
  ur_tape_backward(w->tape);
  ur__rule_apply(&rule, &slot, ur_tape_param_grads(w->tape));
  const float loss = *(const float *)ur_tape_value(w->tape, ur_tape_find(w->tape, "J"));
  if (w->updates == 1) w->loss[0] = loss;
  w->loss[1] = loss;
}

/* B sequences of T + 1 tokens; inputs are the first T, targets the last. */
static ur_status feed_tokens(ur_tape *tape) {
  static int32_t x[T * B], y[T * B];
  uint32_t state = 7;
  for (int b = 0; b < B; b++) {
    int32_t before = (int32_t)(next_number(&state) % V);
    for (int t = 0; t < T; t++) {
      x[t * B + b] = before;
      y[t * B + b] = before = (int32_t)(next_number(&state) % V);
    }
  }
  const ur__batch batch = {.x = x, .y = y, .count = B, .length = T, .predicted = T * B};
  return ur__net_feed(tape, &batch);
}

/* gates: how many products with [H,E] and [H,H] a step takes. */
static ur_status open_training(workload *w, const ur__model *model, const char *name, int gates) {
  const ur_tape_options options = {.dtype = UR_F32, .batch = B, .length = T, .gradients = 1};
  ur_rng stream = ur_rng_stream(1, "init", 0);
  ur_settings settings;
  *w = (workload){.step = step_training};
  snprintf(w->name, sizeof w->name, "%s", name);
  w->operations = 3.0 * 2 * T * B * (gates * (E * H + H * H) + H * V);
  ur_status status = ur_settings_init(&settings, model->name, "names");
  if (status == UR_OK) status = ur_settings_set(&settings, "embedding_size", "32");
  if (status == UR_OK) status = ur_settings_set(&settings, "hidden_size", "128");
  if (status == UR_OK) status = ur_params_create(&w->params);
  if (status != UR_OK) return status;
  model->declare(ur__model_values(&settings), &(ur__io){.vocabulary = V}, w->params);
  status = ur_params_finish(w->params, &stream);
  if (status == UR_OK) status = ur__net_tape(&settings, w->params, UR__FUSED, &options, &w->tape);
  if (status == UR_OK) status = feed_tokens(w->tape);
  if (status != UR_OK) return status;
  w->moments = ur__alloc_array(2 * ur_params_size(w->params) + 2, sizeof *w->moments);
  if (w->moments == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left to measure");
  w->loss = w->moments + 2 * ur_params_size(w->params);
  return UR_OK;
}

static void close_workload(workload *w) {
  ur__free(w->a);
  ur__free(w->moments);
  ur_tape_free(w->tape);
  ur_params_free(w->params);
}

static int ascending(const void *a, const void *b) {
  const double left = *(const double *)a, right = *(const double *)b;
  return (left > right) - (left < right);
}

/* A second to warm up; then at least 20 samples, and more until three seconds have passed. A sample of
 * something very short is the mean of several calls, because the clock of a browser is coarse. */
static void measure(const cli *c, workload *w) {
  enum { LEAST = 20, MOST = 200 };
  const ur_host *host = c->host;
  double samples[MOST], started = host->clock_ms(host->context), now = started;
  int count = 0, calls = 0;
  for (; calls < 3 || now - started < 1000; calls++, now = host->clock_ms(host->context)) w->step(w);
  started = host->clock_ms(host->context);
  w->step(w);
  const double once = host->clock_ms(host->context) - started;
  const int repeats = once > 4 ? 1 : (int)(4 / (once > 1e-3 ? once : 1e-3)) + 1;
  started = now = host->clock_ms(host->context);
  while (count < LEAST || (now - started < 3000 && count < MOST)) {
    const double before = now;
    for (int i = 0; i < repeats; i++) w->step(w);
    now = host->clock_ms(host->context);
    samples[count++] = (now - before) / repeats;
  }
  qsort(samples, (size_t)count, sizeof *samples, ascending);
  const double median = samples[count / 2];
  cli_print(
      c,
      "{\"peer\":\"unroll-%s@%s\",\"workload\":\"%s\",\"ms_median\":%.4g,\"ms_min\":%.4g,\"samples\":%d,"
      "\"gflops\":%.4g",
      ur_simd_name(), host->runtime, w->name, median, samples[0], count, w->operations / median / 1e6);
  if (w->loss != NULL) cli_print(c, ",\"loss_first\":%.4f,\"loss_last\":%.4f", w->loss[0], w->loss[1]);
  cli_print(c, "}\n");
}

static int wanted(const cli *c, const char *name) {
  const char *only = cli_value(c, "workload");
  return only == NULL || strcmp(only, name) == 0;
}

static int run(cli *c) {
  static const int sizes[] = {64, 128, 256, 512};
  workload w;
  int known = cli_value(c, "workload") == NULL;
  for (int i = 0; i < 4; i++) {
    if (!open_product(&w, sizes[i])) return cli_error(c, "there is no memory left to measure");
    if (wanted(c, w.name)) measure(c, &w);
    known |= wanted(c, w.name);
    close_workload(&w);
  }
  for (int gated = 0; gated < 2; gated++) {
    const char *name = gated ? "lstm_train" : "rnn_train";
    if (!wanted(c, name)) continue;
    known = 1;
    const ur_status status = open_training(&w, gated ? &ur__lstm_lm : &ur__rnn_lm, name, gated ? 4 : 1);
    if (status == UR_OK) measure(c, &w);
    close_workload(&w);
    if (status != UR_OK) return cli_last_error(c);
  }
  return known
             ? CLI_OK
             : cli_error(c, "there is no workload %.40s; see unroll bench --help", cli_value(c, "workload"));
}

const cli_command cli_bench = {
    "bench",
    NULL,
    "time fixed workloads, one line of JSON each",
    run,
    {{"workload", "NAME", NULL,
      "only matmul_64, matmul_128, matmul_256, matmul_512, rnn_train or lstm_train"}}};
