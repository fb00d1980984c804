/* Where an update of rnn_train and lstm_train goes: the kernels of the fused graph (src/graph/ops/rnn.c,
 * lstm.c, matmul.c, cross_entropy.c), each by itself over the shapes that it has there. */
#include <math.h>
#include <string.h>

#include "alloc.h"
#include "bench.h"
#include "kernels.h"

enum { V = BENCH_V, E = BENCH_E, H = BENCH_H, T = BENCH_T, B = BENCH_B, R = T * B };

/* Everything that a kernel reads or writes. G: rows of the recurrent weights, 4 H where there are gates. */
typedef struct arrays {
  size_t G, params;
  int gated;
  int32_t tokens[R];
  float *table, *W_e, *W_h, *U, *b_1, *b_2;       /* [V,E] [G,E] [G,H] [V,H] [G] [V] */
  float *e, *z, *dz, *h, *c, *tanh_c, *before;    /* [R,E] [R,G] [R,G], the rest [R,H] */
  float *a, *dc;                                  /* of one step: [B,G] [B,H] */
  float *logits, *p, *losses;                     /* [R,V] [R,V] [R] */
  float *packed, *theta, *first, *second, *grads; /* of the largest product; the rest [params] */
} arrays;

static const double free_gates[4] = {2, 2, 2, 2};

static void gather(void *data) {
  arrays *a = data;
  ur__f32_gather(a->e, a->table, a->tokens, R, E);
}
static void input_product(void *data) {
  arrays *a = data;
  ur__f32_matmul(a->z, a->e, a->W_e, R, E, a->G, 0, 1, a->packed);
}
static void pack_forward(void *data) {
  arrays *a = data;
  ur__f32_matmul_pack(a->packed, a->W_h, H, a->G, 1);
}
static void recurrent_product(void *data) {
  arrays *a = data;
  for (size_t t = 0; t < T; t++) ur__f32_matmul_packed(a->a, a->h + t * B * H, a->packed, B, H, a->G, 0);
}
static void step_forward(void *data) {
  arrays *a = data;
  for (size_t t = 0; t < T; t++) {
    const size_t at = t * B * H, before = t > 0 ? at - B * H : 0;
    float *z = a->z + t * B * a->G;
    if (a->gated)
      ur__f32_lstm_step(z, a->c + at, a->tanh_c + at, a->h + at, a->a, z, a->b_1, a->c + before, B, H,
                        free_gates);
    else
      ur__f32_rnn_step(a->h + at, a->a, z, a->b_1, B, H, 0);
  }
}
static void logits(void *data) {
  arrays *a = data;
  ur__f32_matmul(a->logits, a->h, a->U, R, H, V, 0, 1, a->packed);
  ur__f32_add_rows(a->logits, a->logits, a->b_2, R, V);
}
static void loss(void *data) {
  arrays *a = data;
  ur__f32_softmax(a->p, a->logits, R, V);
  ur__f32_log(a->losses, a->p, R);
}
static void dh_out(void *data) {
  arrays *a = data;
  ur__f32_matmul(a->before, a->logits, a->U, R, V, H, 0, 0, a->packed);
}
static void dU(void *data) {
  arrays *a = data;
  ur__f32_matmul(a->grads, a->logits, a->h, V, R, H, 1, 0, a->packed);
  ur__f32_sum_rows(a->grads, a->logits, R, V);
}
static void pack_backward(void *data) {
  arrays *a = data;
  ur__f32_matmul_pack(a->packed, a->W_h, a->G, H, 0);
}
static void recurrent_backward(void *data) {
  arrays *a = data;
  for (size_t t = 0; t < T; t++)
    ur__f32_matmul_packed(a->before, a->dz + t * B * a->G, a->packed, B, a->G, H, 0);
}
static void step_backward(void *data) {
  arrays *a = data;
  for (size_t t = 0; t < T; t++) {
    const size_t at = t * B * H;
    float *z = a->z + t * B * a->G, *dz = a->dz + t * B * a->G;
    ur__f32_add(a->before, a->before + at, a->before, B * H);
    if (a->gated)
      ur__f32_lstm_step_backward(dz, a->dc, a->before, z, a->tanh_c + at, a->c + at, B, H, free_gates);
    else
      ur__f32_tanh_backward(dz, a->before, a->h + at, B * H);
  }
}
static void dW_h(void *data) {
  arrays *a = data;
  memcpy(a->before, a->h, R * H * sizeof(float));
  ur__f32_matmul(a->grads, a->dz, a->before, a->G, R, H, 1, 0, a->packed);
}
static void dW_e(void *data) {
  arrays *a = data;
  ur__f32_matmul(a->grads, a->dz, a->e, a->G, R, E, 1, 0, a->packed);
}
static void de(void *data) {
  arrays *a = data;
  ur__f32_matmul(a->e, a->dz, a->W_e, R, a->G, E, 0, 0, a->packed);
}
static void db(void *data) {
  arrays *a = data;
  ur__f32_sum_rows(a->grads, a->dz, R, a->G);
}
static void scatter(void *data) {
  arrays *a = data;
  ur__f32_scatter_add(a->table, V, a->e, a->tokens, R, E);
}
static void adam(void *data) {
  arrays *a = data;
  ur__f32_adam(a->theta, a->first, a->second, a->grads, a->params, 1e-3f, 0.9f, 0.999f, 1e-8f, 1, 1);
}

typedef struct part {
  const char *name;
  void (*step)(void *data);
  double operations; /* of the products; 0: has none */
} part;

static size_t largest_pack(const arrays *a) {
  const size_t tall = ur__f32_matmul_pack_size(R, H), wide = ur__f32_matmul_pack_size(a->G, H);
  return tall > wide ? tall : wide;
}

/* Cuts the arrays out of one block, every one filled with numbers of the right size; NULL without memory. */
static float *open_arrays(arrays *a) {
  const size_t G = a->G;
  a->params = V * E + G * E + G * H + G + V * H + V;
  const struct {
    float **at;
    size_t size;
  } all[] = {{&a->table, V * E},
             {&a->W_e, G * E},
             {&a->W_h, G * H},
             {&a->U, V * H},
             {&a->b_1, G},
             {&a->b_2, V},
             {&a->e, R * E},
             {&a->z, R * G},
             {&a->dz, R * G},
             {&a->h, R * H},
             {&a->c, R * H},
             {&a->tanh_c, R * H},
             {&a->before, R * H},
             {&a->a, B * G},
             {&a->dc, B * H},
             {&a->logits, R * V},
             {&a->p, R * V},
             {&a->losses, R},
             {&a->theta, a->params},
             {&a->first, a->params},
             {&a->second, a->params},
             {&a->grads, a->params},
             {&a->packed, largest_pack(a)}};
  size_t total = 0, at = 0;
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) total += all[i].size;
  float *block = ur__alloc_array(total, sizeof *block);
  if (block == NULL) return NULL;
  bench_fill(block, total, 3);
  for (size_t i = 0; i < sizeof all / sizeof *all; at += all[i++].size) *all[i].at = block + at;
  for (size_t i = 0; i < a->params; i++) a->second[i] *= a->second[i];
  uint32_t state = 7;
  for (int i = 0; i < R; i++) a->tokens[i] = (int32_t)(bench_next(&state) % V);
  return block;
}

static void print_part(const cli *c, const char *workload, const char *name, double ms, double share) {
  cli_print(c, "{\"peer\":\"unroll-%s@%s\",\"workload\":\"%s\",\"part\":\"%s\",\"ms_median\":%.4g,",
            ur_simd_name(), c->host->runtime, workload, name, ms);
  cli_print(c, "\"share_percent\":%.1f", 100 * share);
}

int bench_parts(const cli *c, const char *workload, int gated, const bench_time *whole) {
  static arrays a;
  a = (arrays){.G = gated ? 4 * H : H, .gated = gated};
  float *block = open_arrays(&a);
  if (block == NULL) return 0;
  const double rows = 2.0 * R * (double)a.G;
  const part parts[] = {{"forward: embedding", gather, 0},
                        {"forward: e W_e^T, all steps at once", input_product, rows * E},
                        {"forward: W_h packed", pack_forward, 0},
                        {"forward: h W_h^T, step by step", recurrent_product, rows * H},
                        {gated ? "forward: gates, c and h" : "forward: tanh", step_forward, 0},
                        {"forward: h U^T + b", logits, 2.0 * R * V * H},
                        {"forward: softmax and loss", loss, 0},
                        {"backward: dh = dz U", dh_out, 2.0 * R * V * H},
                        {"backward: dU, db", dU, 2.0 * R * V * H},
                        {"backward: W_h packed", pack_backward, 0},
                        {"backward: dz W_h, step by step", recurrent_backward, rows * H},
                        {gated ? "backward: gates and c" : "backward: tanh", step_backward, 0},
                        {"backward: dW_h, all steps at once", dW_h, rows * H},
                        {"backward: dW_e", dW_e, rows * E},
                        {"backward: de", de, rows * E},
                        {"backward: db", db, 0},
                        {"backward: embedding", scatter, 0},
                        {"Adam", adam, 0}};
  double rest = 1;
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    const bench_work work = {
        .name = parts[i].name, .operations = parts[i].operations, .step = parts[i].step, .data = &a};
    const bench_time time = bench_measure(c, &work, 100, 400);
    /* At the speed that the machine had when the whole was measured. */
    const double share = time.median * time.peak / (whole->median * whole->peak);
    print_part(c, workload, parts[i].name, time.median, share);
    cli_print(c, ",\"ms_min\":%.4g", time.least);
    if (work.operations > 0)
      cli_print(c, ",\"gflops\":%.4g,\"peak_percent\":%.1f", time.gflops, 100 * time.gflops / time.peak);
    cli_print(c, "}\n");
    rest -= share;
  }
  print_part(c, workload, "the rest", rest * whole->median, rest);
  cli_print(c, "}\n");
  ur__free(block);
  return 1;
}
