/* Self-attention by itself, and a Transformer that writes. */
#include <math.h>

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

static int run_attention(const cli *c, attention w) {
  const size_t cells = w.heads * w.T * w.n, weights = w.T * w.T;
  w.q = ur__alloc_array(4 * cells + weights + ur__f32_heads_work(w.T, w.T, w.n, w.n), sizeof *w.q);
  if (w.q == NULL) return cli_error(c, "there is no memory left to measure");
  w.k = w.q + cells, w.v = w.k + cells, w.y = w.v + cells, w.a = w.y + cells, w.work = w.a + weights;
  bench_fill(w.q, cells, 1);
  bench_fill(w.k, cells, 2);
  bench_fill(w.v, cells, 3);
  /* All of T x T is counted, as usual, though half of it is masked. */
  const double operations = 4 * (double)cells * (double)w.T;
  bench_line(c, &(bench_work){w.name, operations, step_attention, &w}, NULL);
  ur__free(w.q);
  return CLI_OK;
}

int bench_attention(const cli *c, int *known) {
  static const attention sizes[] = {{.name = "attn_fwd_T64", .heads = 32, .T = 64, .n = 16},
                                    {.name = "attn_fwd_T256", .heads = 4, .T = 256, .n = 32}};
  int code = CLI_OK;
  for (int i = 0; i < 2 && code == CLI_OK; i++)
    if (bench_wanted(c, sizes[i].name, known)) code = run_attention(c, sizes[i]);
  return code;
}

/* ---- 200 tokens, always the likeliest, each from the last 64 at most ---- */
enum { WRITTEN = 200, SEEN = 64, D = 64, BLOCKS = 2, F = 256 };

/* Of the mathematics: every token from all it sees, plainly computed anew. */
static double operations(void) {
  double all = 0;
  for (int i = 1; i <= WRITTEN; i++) {
    const double T = i < SEEN ? i : SEEN;
    all += 2 * T * (BLOCKS * (4 * D * D + 2 * D * F + 2 * T * D) + D * BENCH_V);
  }
  return all;
}

static void step_writing(void *data) {
  ur__net *net = data;
  int32_t token = 1;
  ur__net_begin(net);
  for (int i = 0; i < WRITTEN; i++) {
    ur__net_push(net, token);
    token = ur__net_largest(ur__net_probabilities(net), BENCH_V);
  }
}

static ur_status open_writing(ur__net *net, int32_t *read) {
  static const char *const set[][2] = {
      {"hidden_size", "64"}, {"feed_forward_size", "256"}, {"context_size", "64"}};
  const ur_tape_options options = {.dtype = UR_F32, .batch = 1, .length = SEEN, .source = SEEN};
  ur_rng stream = ur_rng_stream(1, "init", 0);
  ur_settings settings;
  *net = (ur__net){.model = ur__model_find("gpt"), .window = SEEN, .keeps = 1, .read = read};
  ur_status status = ur_settings_init(&settings, "gpt", "names");
  for (size_t i = 0; i < sizeof set / sizeof *set && status == UR_OK; i++)
    status = ur_settings_set(&settings, set[i][0], set[i][1]);
  if (status == UR_OK) status = ur_params_create(&net->params);
  if (status != UR_OK) return status;
  net->model->declare(ur__model_values(&settings), &(ur__io){.vocabulary = BENCH_V}, net->params);
  status = ur_params_finish(net->params, &stream);
  return status == UR_OK ? ur__net_tape(&settings, net->params, UR__NEXT, &options, &net->next) : status;
}

int bench_writing(const cli *c, int *known) {
  int32_t read[SEEN];
  ur__net net;
  if (!bench_wanted(c, "gpt_gen", known)) return CLI_OK;
  const ur_status status = open_writing(&net, read);
  if (status == UR_OK) bench_line(c, &(bench_work){"gpt_gen", operations(), step_writing, &net}, NULL);
  ur_tape_free(net.next);
  ur_params_free(net.params);
  return status == UR_OK ? CLI_OK : cli_last_error(c);
}
