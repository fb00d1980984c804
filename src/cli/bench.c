/* Fixed workloads, timed: what the machine can do at most, a matrix product of four sizes, and one update of
 * a recurrent language model, of an encoder and a decoder without attention and with, of a Transformer. The
 * data, the rule of timing and the counts of operations are the same for every program that is compared. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "bench.h"
#include "kernels.h"
#include "net.h"

enum { V = BENCH_V, E = BENCH_E, H = BENCH_H, T = BENCH_T, B = BENCH_B };

uint32_t bench_next(uint32_t *state) {
  *state = *state * 1664525u + 1013904223u;
  return *state >> 8;
}

void bench_fill(float *out, size_t n, uint32_t seed) {
  for (size_t i = 0; i < n; i++) out[i] = (float)bench_next(&seed) / 8388608.0f - 1;
}

/* ---- products ---- */
typedef struct product {
  size_t n;
  float *a, *b, *c, *work;
} product;

static void step_product(void *data) {
  product *p = data;
  ur__f32_matmul(p->c, p->a, p->b, p->n, p->n, p->n, 0, 0, p->work);
}

static int open_product(product *p, size_t n) {
  p->n = n;
  p->a = ur__alloc_array(3 * n * n + ur__f32_matmul_pack_size(n, n), sizeof *p->a);
  if (p->a == NULL) return 0;
  p->b = p->a + n * n;
  p->c = p->b + n * n;
  p->work = p->c + n * n;
  bench_fill(p->a, n * n, 1);
  bench_fill(p->b, n * n, 2);
  return 1;
}

/* ---- training ---- */
typedef struct training {
  ur_params *params;
  ur_tape *tape;
  float *moments, *loss; /* loss: of the first update and of the last */
  uint64_t updates;
} training;

/* Forward, backward, Adam with rate 1e-3, and the loss read back. */
static void step_training(void *data) {
  training *w = data;
  static const double values[UR__TRAINING_SETTINGS] = {[UR__OPTIMIZER] = UR__ADAM,
                                                       [UR__LEARNING_RATE] = 1e-3,
                                                       [UR__BETA1] = 0.9,
                                                       [UR__BETA2] = 0.999,
                                                       [UR__EPSILON] = 1e-8};
  const ur__rule rule = ur__rule_of(values, ++w->updates);
  const size_t n = ur_params_size(w->params);
  const ur__slot slot = {ur_params_data(w->params), w->moments, w->moments + n, n};
  ur_tape_forward(w->tape);
  ur_tape_backward(w->tape);
  ur__rule_apply(&rule, &slot, ur_tape_param_grads(w->tape));
  const float loss = *(const float *)ur_tape_value(w->tape, ur_tape_find(w->tape, "J"));
  if (w->updates == 1) w->loss[0] = loss;
  w->loss[1] = loss;
}

/* What is trained on what: the sizes of a batch, and the multiply-adds of its products, forwards. */
typedef struct workload {
  const char *name, *model, *task;
  const char *settings[7]; /* key, value, ...; NULL ends */
  int batch, length, source;
  double products;
} workload;

enum { CODER_H = 64, CODER_E = 32, CODER_B = 64, CODER_STEPS = 16 };
enum { GPT_D = 64, GPT_F = 256, GPT_BLOCKS = 2 };
#define RECURRENT(gates, e, h) ((gates) * ((e) * (h) + (double)(h) * (h))) /* of a step */
#define CODER_PRODUCTS(read)   (CODER_STEPS * CODER_B * (2 * RECURRENT(3, CODER_E, CODER_H) + (double)(read)*V))
static const workload workloads[] = {
    {"rnn_train",
     "rnn_lm",
     "names",
     {"embedding_size", "32", "hidden_size", "128"},
     B,
     T,
     0,
     T *B *(RECURRENT(1, E, H) + H * V)},
    {"lstm_train",
     "lstm_lm",
     "names",
     {"embedding_size", "32", "hidden_size", "128"},
     B,
     T,
     0,
     T *B *(RECURRENT(4, E, H) + H * V)},
    {"seq2seq_train",
     "seq2seq",
     "phrases",
     {"embedding_size", "32", "hidden_size", "64"},
     CODER_B,
     CODER_STEPS,
     CODER_STEPS,
     CODER_PRODUCTS(CODER_H)},
    {"attn_seq_train",
     "seq2seq",
     "phrases",
     {"embedding_size", "32", "hidden_size", "64", "attention", "dot"},
     CODER_B,
     CODER_STEPS,
     CODER_STEPS,
     CODER_PRODUCTS(2 * CODER_H) + 2.0 * CODER_STEPS *CODER_STEPS *CODER_B *CODER_H},
    {"gpt_train",
     "gpt",
     "names",
     {"hidden_size", "64", "feed_forward_size", "256", "context_size", "64"},
     B,
     T,
     0,
     T *B *(GPT_BLOCKS *(4 * GPT_D * GPT_D + 2 * GPT_D * GPT_F + 2 * T * GPT_D) + GPT_D * V)},
};
enum { TRAINED = sizeof workloads / sizeof *workloads, GATED = 1 };

/* Sequences of one token more than a length; inputs are the first of them, targets the last. Sources are as
 * long as they can be. */
static ur_status feed_tokens(ur_tape *tape, const workload *what) {
  ur__batch batch;
  const ur_status status =
      ur__batch_room(ur__task_find(what->task)->arrays, what->batch, what->length, what->source, &batch);
  if (status != UR_OK) return status;
  uint32_t state = 7;
  int32_t *x = ur__batch_tokens(&batch, "x"), *y = ur__batch_tokens(&batch, "y"),
          *source = ur__batch_tokens(&batch, "source");
  for (int b = 0; b < what->batch; b++) {
    int32_t before = (int32_t)(bench_next(&state) % V);
    for (int t = 0; t < what->length; t++) {
      x[t * what->batch + b] = before;
      y[t * what->batch + b] = before = (int32_t)(bench_next(&state) % V);
    }
    batch.lengths[b] = what->length;
    batch.source_lengths[b] = what->source;
    for (int s = 0; s < what->source; s++) source[s * what->batch + b] = (int32_t)(bench_next(&state) % V);
  }
  batch.predicted = (uint32_t)(what->length * what->batch);
  const ur_status fed = ur__net_feed(tape, &batch);
  ur__batch_free(&batch);
  return fed;
}

static ur_status open_training(training *w, const workload *what) {
  const ur_tape_options options = {
      .dtype = UR_F32, .batch = what->batch, .length = what->length, .source = what->source, .gradients = 1};
  const ur__model *model = ur__model_find(what->model);
  ur_rng stream = ur_rng_stream(1, "init", 0);
  ur_settings settings;
  *w = (training){0};
  ur_status status = ur_settings_init(&settings, what->model, what->task);
  for (int i = 0; what->settings[i] != NULL && status == UR_OK; i += 2)
    status = ur_settings_set(&settings, what->settings[i], what->settings[i + 1]);
  if (status == UR_OK) status = ur_params_create(&w->params);
  if (status != UR_OK) return status;
  model->declare(ur__model_values(&settings), &(ur__io){.vocabulary = V}, w->params);
  status = ur_params_finish(w->params, &stream);
  if (status == UR_OK) status = ur__net_tape(&settings, w->params, UR__FUSED, &options, &w->tape);
  if (status == UR_OK) status = feed_tokens(w->tape, what);
  if (status != UR_OK) return status;
  w->moments = ur__alloc_array(2 * ur_params_size(w->params) + 2, sizeof *w->moments);
  if (w->moments == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left to measure");
  w->loss = w->moments + 2 * ur_params_size(w->params);
  return UR_OK;
}

static void close_training(training *w) {
  ur__free(w->moments);
  ur_tape_free(w->tape);
  ur_params_free(w->params);
}

/* ---- timing ---- */
static int ascending(const void *a, const void *b) {
  const double left = *(const double *)a, right = *(const double *)b;
  return (left > right) - (left < right);
}

static double median_of(double *values, int count) {
  qsort(values, (size_t)count, sizeof *values, ascending);
  return values[count / 2];
}

/* A sample of something very short is the mean of several calls, because the clock of a browser is coarse. */
bench_time bench_measure(const cli *c, const bench_work *work, double warm_ms, double ms) {
  enum { LEAST = 20, MOST = 200 };
  const ur_host *host = c->host;
  double samples[MOST], peaks[MOST], started = host->clock_ms(host->context), now = started;
  int count = 0, calls = 0;
  for (; calls < 3 || now - started < warm_ms; calls++, now = host->clock_ms(host->context))
    work->step(work->data);
  started = host->clock_ms(host->context);
  work->step(work->data);
  const double once = host->clock_ms(host->context) - started;
  const int repeats = once > 4 ? 1 : (int)(4 / (once > 1e-3 ? once : 1e-3)) + 1;
  started = host->clock_ms(host->context);
  do {
    const double before = host->clock_ms(host->context);
    for (int i = 0; i < repeats; i++) work->step(work->data);
    const double between = host->clock_ms(host->context);
    bench_peak_step(NULL);
    now = host->clock_ms(host->context);
    samples[count] = (between - before) / repeats;
    peaks[count++] = now - between;
  } while (count < LEAST || (now - started < ms && count < MOST));
  bench_time time = {.median = median_of(samples, count), .least = samples[0], .samples = count};
  time.gflops = work->operations / time.median / 1e6;
  time.peak = bench_peak_operations() / median_of(peaks, count) / 1e6;
  return time;
}

/* A second to warm up; then at least 20 samples, and more until three seconds have passed. */
bench_time bench_line(const cli *c, const bench_work *work, const float *loss) {
  bench_time time = bench_measure(c, work, 1000, 3000);
  cli_print(
      c, "{\"peer\":\"unroll-%s@%s\",\"workload\":\"%s\",\"ms_median\":%.4g,\"ms_min\":%.4g,\"samples\":%d",
      ur_simd_name(), c->host->runtime, work->name, time.median, time.least, time.samples);
  if (work->operations > 0) cli_print(c, ",\"gflops\":%.4g", time.gflops);
  if (work->operations > 0 && work->step != bench_peak_step)
    cli_print(c, ",\"peak_percent\":%.1f", 100 * time.gflops / time.peak);
  if (loss != NULL) cli_print(c, ",\"loss_first\":%.4f,\"loss_last\":%.4f", loss[0], loss[1]);
  cli_print(c, "}\n");
  return time;
}

/* ---- the command ---- */
int bench_wanted(const cli *c, const char *name, int *known) {
  const char *only = cli_value(c, "workload");
  const int yes = only == NULL || strcmp(only, name) == 0;
  *known |= yes;
  return yes;
}

static int run_product(const cli *c, const char *name, int n) {
  product p;
  if (!open_product(&p, (size_t)n)) return cli_error(c, "there is no memory left to measure");
  bench_line(c, &(bench_work){name, 2.0 * n * n * n, step_product, &p}, NULL);
  ur__free(p.a);
  return CLI_OK;
}

static int run_training(const cli *c, int which) {
  const workload *what = &workloads[which];
  training w;
  const ur_status status = open_training(&w, what);
  int code = CLI_OK;
  if (status == UR_OK) {
    /* A product forwards is two backwards; a multiply and an add are two operations. */
    const bench_work work = {what->name, 3 * 2 * what->products, step_training, &w};
    const bench_time time = bench_line(c, &work, w.loss);
    if (cli_value(c, "parts") != NULL && which <= GATED && !bench_parts(c, what->name, which == GATED, &time))
      code = cli_error(c, "there is no memory left to measure");
  }
  close_training(&w);
  return status == UR_OK ? code : cli_last_error(c);
}

static int run(cli *c) {
  static const int sizes[] = {64, 128, 256, 512};
  static const char *const products[] = {"matmul_64", "matmul_128", "matmul_256", "matmul_512"};
  int known = 0, code = CLI_OK;
  bench_peak_begin(c);
  if (bench_wanted(c, "peak", &known))
    bench_line(c, &(bench_work){"peak", bench_peak_operations(), bench_peak_step, NULL}, NULL);
  for (int i = 0; i < 4 && code == CLI_OK; i++)
    if (bench_wanted(c, products[i], &known)) code = run_product(c, products[i], sizes[i]);
  for (int i = 0; i < TRAINED && code == CLI_OK; i++)
    if (bench_wanted(c, workloads[i].name, &known)) code = run_training(c, i);
  if (code == CLI_OK) code = bench_attention(c, &known);
  if (code == CLI_OK) code = bench_writing(c, &known);
  if (code == CLI_OK) code = bench_matrices(c, &known);
  if (code == CLI_OK) code = bench_updates(c, &known);
  if (code == CLI_OK) code = bench_regions(c, &known);
  if (code == CLI_OK) code = bench_learning(c, &known);
  return known
             ? code
             : cli_error(c, "there is no workload %.40s; see unroll bench --help", cli_value(c, "workload"));
}

const cli_command cli_bench = {
    "bench",
    NULL,
    "time fixed workloads, one line of JSON each",
    run,
    {{"workload", "NAME", NULL,
      "only peak, matmul_64, matmul_128, matmul_256, matmul_512, rnn_train, lstm_train, seq2seq_train, "
      "attn_seq_train, gpt_train, attn_fwd_T64, attn_fwd_T256, gpt_gen, qr_10, qr_100, eigen_10, eigen_100, "
      "svd_10, svd_100, mlp_update, regions or attn_seq_learn"},
     {"parts", NULL, NULL, "of rnn_train and lstm_train, also every kernel by itself"}}};
