/* One update of a recurrent language model, of an encoder and a decoder without attention and with, of a
 * Transformer. */
#include <string.h>

#include "alloc.h"
#include "bench.h"
#include "net.h"

enum { V = BENCH_V, E = BENCH_E, H = BENCH_H, T = BENCH_T, B = BENCH_B };

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
  const char *const *settings; /* key, value, ...; NULL ends */
  int batch, length, source;
  double products;
} workload;

enum { CODER_H = 64, CODER_E = 32, CODER_B = 64, CODER_STEPS = 16 };
#define RECURRENT(gates, e, h) ((gates) * ((e) * (h) + (double)(h) * (h))) /* of a step */
#define CODER_PRODUCTS(read)   (CODER_STEPS * CODER_B * (2 * RECURRENT(3, CODER_E, CODER_H) + (double)(read)*V))
static const char *const language[] = {"embedding_size", "32", "hidden_size", "128", NULL};
static const char *const coder[] = {"embedding_size", "32", "hidden_size", "64", NULL};
static const char *const looking[] = {"embedding_size", "32", "hidden_size", "64", "attention", "dot", NULL};
const char *const bench_gpt_settings[] = {"hidden_size", "64", "feed_forward_size", "256", "context_size",
                                          "64",          NULL};
static const workload workloads[] = {
    {"rnn_train", "rnn_lm", "names", language, B, T, 0, T *B *(RECURRENT(1, E, H) + H * V)},
    {"lstm_train", "lstm_lm", "names", language, B, T, 0, T *B *(RECURRENT(4, E, H) + H * V)},
    {"seq2seq_train", "seq2seq", "phrases", coder, CODER_B, CODER_STEPS, CODER_STEPS,
     CODER_PRODUCTS(CODER_H)},
    {"attn_seq_train", "seq2seq", "phrases", looking, CODER_B, CODER_STEPS, CODER_STEPS,
     CODER_PRODUCTS(2 * CODER_H) + 2.0 * CODER_STEPS *CODER_STEPS *CODER_B *CODER_H},
    {"gpt_train", "gpt", "names", bench_gpt_settings, B, T, 0,
     T *B *(BENCH_BLOCKS *(4 * BENCH_D * BENCH_D + 2 * BENCH_D * BENCH_F + 2 * T * BENCH_D) + BENCH_D * V)},
};
enum { TRAINED = sizeof workloads / sizeof *workloads, GATED = 1 };

void bench_gpt_start(ur_params *params) {
  float *all = ur_params_data(params);
  uint32_t matrix = 0;
  for (int i = 0; i < ur_params_count(params); i++) {
    const ur_param_view view = ur_params_view(params, i);
    if (view.rank > 1) bench_fill(all + view.offset, view.size, 100 + matrix++);
    const float factor = view.rank > 1 ? 1.0f / 8 : strstr(view.name, "gamma") != NULL ? 1 : 0;
    for (size_t k = 0; k < view.size; k++) all[view.offset + k] *= factor;
  }
}

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
  if (status == UR_OK && what->settings == bench_gpt_settings) bench_gpt_start(w->params);
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

static int run_training(const cli *c, int which) {
  const workload *what = &workloads[which];
  training w;
  bench_time time;
  const ur_status status = open_training(&w, what);
  int code = CLI_OK;
  if (status == UR_OK) {
    /* A product forwards is two backwards; a multiply and an add are two operations. */
    const bench_work work = {.name = what->name,
                             .operations = 3 * 2 * what->products,
                             .step = step_training,
                             .data = &w,
                             .loss = w.loss};
    code = bench_line(c, &work, &time);
    if (code == CLI_OK && cli_value(c, "parts") != NULL && which <= GATED &&
        !bench_parts(c, what->name, which == GATED, &time))
      code = bench_no_memory(c);
  }
  close_training(&w);
  return status == UR_OK ? code : cli_last_error(c);
}

int bench_training(const cli *c) {
  int code = CLI_OK;
  for (int i = 0; i < TRAINED && code == CLI_OK; i++)
    if (bench_wanted(c, workloads[i].name)) code = run_training(c, i);
  return code;
}
