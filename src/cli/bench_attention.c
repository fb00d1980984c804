/* Self-attention by itself, and a Transformer that writes. */
#include <math.h>
#include <string.h>

#include "alloc.h"
#include "bench.h"
#include "kernels.h"
#include "net.h"

/* ---- the kernel: softmax(Q K^T / sqrt(n)) V with a causal mask, each head a matrix of its own ---- */
typedef struct attention {
  const char *name;
  size_t heads, T, n; /* heads of all sequences; steps; cells of a head */
  float *q, *k, *v, *y, *a, *work;
} attention;

static void step_attention(void *data) {
  const attention *w = data;
  const ur__f32_heads form = {.queries = w->T,
                              .keys = w->T,
                              .visible = w->T,
                              .causal = 1,
                              .n = w->n,
                              .m = w->n,
                              .q_step = w->n,
                              .k_step = w->n,
                              .v_step = w->n,
                              .y_step = w->n,
                              .factor = 1 / sqrtf((float)w->n)};
  for (size_t h = 0; h < w->heads; h++) {
    const size_t at = h * w->T * w->n;
    ur__f32_heads_forward(&form, w->y + at, w->a, w->q + at, w->k + at, w->v + at, NULL, w->work);
  }
}

/* Of every query, its first cell of the answer. */
static double off_attention(void *data) {
  const attention *w = data;
  double off = 0, size = 0;
  for (size_t row = 0; row < w->heads * w->T; row++) {
    const size_t first = row / w->T * w->T, seen = row % w->T + 1;
    const float *q = w->q + row * w->n;
    double sum = 0, wanted = 0; /* no score is large: none is taken off */
    for (size_t s = 0; s < seen; s++) {
      const float *k = w->k + (first + s) * w->n;
      double score = 0;
      for (size_t i = 0; i < w->n; i++) score += (double)q[i] * (double)k[i];
      const double weight = exp(score / sqrt((double)w->n));
      sum += weight;
      wanted += weight * (double)w->v[(first + s) * w->n];
    }
    bench_compare((double)w->y[row * w->n], wanted / sum, &off, &size);
  }
  return off / size;
}

static int run_attention(const cli *c, attention w) {
  const size_t cells = w.heads * w.T * w.n, weights = w.T * w.T;
  w.q = ur__alloc_array(4 * cells + weights + ur__f32_heads_work(w.T, w.T, w.n, w.n), sizeof *w.q);
  if (w.q == NULL) return bench_no_memory(c);
  w.k = w.q + cells, w.v = w.k + cells, w.y = w.v + cells, w.a = w.y + cells, w.work = w.a + weights;
  bench_fill(w.q, cells, 1);
  bench_fill(w.k, cells, 2);
  bench_fill(w.v, cells, 3);
  /* All of T x T is counted, as usual, though half of it is masked. */
  const double operations = 4 * (double)cells * (double)w.T;
  const bench_work work = {
      .name = w.name, .operations = operations, .step = step_attention, .data = &w, .off = off_attention};
  const int code = bench_line(c, &work, NULL);
  ur__free(w.q);
  return code;
}

int bench_attention(const cli *c) {
  static const attention sizes[] = {{.name = "attn_fwd_T64", .heads = 32, .T = 64, .n = 16},
                                    {.name = "attn_fwd_T256", .heads = 4, .T = 256, .n = 32}};
  int code = CLI_OK;
  for (int i = 0; i < 2 && code == CLI_OK; i++)
    if (bench_wanted(c, sizes[i].name)) code = run_attention(c, sizes[i]);
  return code;
}

/* ---- 200 tokens, always the likeliest, each from the last 64 at most ---- */
enum { WRITTEN = 200, SEEN = BENCH_T };

/* Of the mathematics: every token from all it sees, plainly computed anew. */
static double operations(void) {
  double all = 0;
  for (int i = 1; i <= WRITTEN; i++) {
    const double T = i < SEEN ? i : SEEN;
    all += 2 * T *
           (BENCH_BLOCKS * (4 * BENCH_D * BENCH_D + 2 * BENCH_D * BENCH_F + 2 * T * BENCH_D) +
            BENCH_D * BENCH_V);
  }
  return all;
}

typedef struct writing {
  ur__net net;
  int32_t read[SEEN], written[WRITTEN];
  double answer; /* the sum of i times token number i, from 1 */
} writing;

static void step_writing(void *data) {
  writing *w = data;
  int32_t token = 1;
  ur__net_begin(&w->net);
  w->answer = 0;
  for (int i = 0; i < WRITTEN; i++) {
    ur__net_push(&w->net, token);
    w->written[i] = token = ur__net_largest(ur__net_probabilities(&w->net), BENCH_V);
    w->answer += (i + 1) * token;
  }
}

/* The share of tokens that are others where nothing is kept of those before. */
static double off_writing(void *data) {
  writing *w = data;
  int32_t kept[WRITTEN], others = 0;
  memcpy(kept, w->written, sizeof kept);
  w->net.keeps = 0;
  step_writing(w);
  w->net.keeps = 1;
  for (int i = 0; i < WRITTEN; i++) others += kept[i] != w->written[i];
  return (double)others / WRITTEN;
}

static ur_status open_writing(writing *w) {
  const ur_tape_options options = {.dtype = UR_F32, .batch = 1, .length = SEEN, .source = SEEN};
  ur_rng stream = ur_rng_stream(1, "init", 0);
  ur_settings settings;
  ur__net *net = &w->net;
  *net = (ur__net){.model = ur__model_find("gpt"), .window = SEEN, .keeps = 1, .read = w->read};
  ur_status status = ur_settings_init(&settings, "gpt", "names");
  for (int i = 0; bench_gpt_settings[i] != NULL && status == UR_OK; i += 2)
    status = ur_settings_set(&settings, bench_gpt_settings[i], bench_gpt_settings[i + 1]);
  if (status == UR_OK) status = ur_params_create(&net->params);
  if (status != UR_OK) return status;
  net->model->declare(ur__model_values(&settings), &(ur__io){.vocabulary = BENCH_V}, net->params);
  status = ur_params_finish(net->params, &stream);
  if (status == UR_OK) bench_gpt_start(net->params);
  return status == UR_OK ? ur__net_tape(&settings, net->params, UR__NEXT, &options, &net->next) : status;
}

int bench_writing(const cli *c) {
  writing w;
  int code = CLI_OK;
  if (!bench_wanted(c, "gpt_gen")) return CLI_OK;
  const ur_status status = open_writing(&w);
  if (status == UR_OK) {
    const bench_work work = {.name = "gpt_gen",
                             .operations = operations(),
                             .step = step_writing,
                             .data = &w,
                             .off = off_writing,
                             .answer = &w.answer};
    code = bench_line(c, &work, NULL);
  }
  ur_tape_free(w.net.next);
  ur_params_free(w.net.params);
  return status == UR_OK ? code : cli_last_error(c);
}
