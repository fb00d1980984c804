/* Attention as matrices and as one kernel: the same bits, masks, what is never looked at; norms; the corner
 * of an activation; and that nothing turns a NaN into a number. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "kernels.h"
#include "unroll/graph.h"

typedef struct shape {
  int T, S, B, A, n, m; /* S 0: the keys are the queries' own */
  ur_look look;
  int padded, scaled;
} shape;

enum { Q, K, V, HEADED };

typedef struct graph {
  ur_params *params;
  ur_tape *tape;
  int o, first_weights;
} graph;

static ur_params *params_of(const shape *s) {
  const int S = s->S > 0 ? s->S : s->T, N = s->A * s->n, M = s->A * s->m;
  ur_rng stream = ur_rng_stream(3, "heads", 0);
  ur_params *params = NULL;
  CHECK(ur_params_create(&params) == UR_OK);
  ur_params_add(params, "q", "WPN", (int[]){s->T, s->B, N}, UR_INIT_NORMAL, 1);
  ur_params_add(params, "k", s->S > 0 ? "XPN" : "WPN", (int[]){S, s->B, N}, UR_INIT_NORMAL, 1);
  ur_params_add(params, "v", s->S > 0 ? "XPM" : "WPM", (int[]){S, s->B, M}, UR_INIT_NORMAL, 1);
  ur_params_add(params, "up", "YM", (int[]){3, M}, UR_INIT_NORMAL, 1);
  CHECK(ur_params_finish(params, &stream) == UR_OK);
  return params;
}

/* One head as matrices; with `sets`, the mask is a smaller set of keys and not -infinity (for padding). */
static int head(const shape *s, ur_tape *tape, int a, int lengths) {
  char scope[16];
  snprintf(scope, sizeof scope, "head%d", a + 1);
  ur_scope_push(tape, scope);
  const int q = ur_slice(tape, "q", ur_param(tape, Q), a * s->n, s->n, 'K'),
            k = ur_slice(tape, "k", ur_param(tape, K), a * s->n, s->n, 'K'),
            v = ur_slice(tape, "v", ur_param(tape, V), a * s->m, s->m, 'K');
  int e = ur_dots(tape, "products", q, k);
  if (s->scaled) e = ur_scale(tape, "e", e, s->n);
  if (s->look == UR_LOOK_BACK || s->padded) e = ur_mask(tape, "masked", e, s->look, lengths);
  const int o = ur_weighted_sum(tape, "o", ur_softmax(tape, "a", e), v);
  ur_scope_pop(tape);
  return o;
}

static graph build(const shape *s, ur_params *params, int fused) {
  const ur_tape_options options = {.batch = 1, .length = 1, .gradients = 1, .edges = !fused};
  graph g = {.params = params};
  int parts[8];
  CHECK(ur_tape_create(&options, params, &g.tape) == UR_OK);
  const int lengths = s->padded ? ur_input_index(g.tape, "lengths", "P", &s->B) : UR_NODE_NONE;
  if (fused) {
    const ur_heads_form form = {s->A, s->scaled, s->look, lengths, UR_NODE_NONE};
    g.o = ur_heads(g.tape, "o", &form, ur_param(g.tape, Q), ur_param(g.tape, K), ur_param(g.tape, V));
    g.first_weights = ur_kept(g.tape, "a", g.o, UR_KEPT_WEIGHTS);
  } else {
    for (int a = 0; a < s->A; a++) parts[a] = head(s, g.tape, a, lengths);
    g.o = ur_concat_all(g.tape, "o", parts, s->A);
    g.first_weights = ur_tape_find(g.tape, "head1.a");
  }
  const int squashed = ur_tanh(g.tape, "squashed", ur_matmul(g.tape, "up_o", g.o, ur_param(g.tape, HEADED)));
  ur_mean_loss(g.tape, "J", &squashed, 1, ur_input(g.tape, "count", "", NULL));
  if (!CHECK(ur_tape_finish(g.tape) == UR_OK)) printf("       %s\n", ur_last_error()->message);
  *(float *)ur_tape_value(g.tape, ur_tape_find(g.tape, "count")) = 1;
  for (int b = 0; b < s->B && s->padded; b++)
    ((int32_t *)ur_tape_value(g.tape, lengths))[b] = 1 + (b * 5 + 2) % (s->S > 0 ? s->S : s->T);
  CHECK(ur_tape_forward(g.tape) == UR_OK && ur_tape_backward(g.tape) == UR_OK);
  return g;
}

static size_t cells_of(const graph *g, int node) {
  const ur_node_view view = ur_tape_node(g->tape, node);
  size_t cells = 1;
  for (int d = 0; d < view.rank; d++) cells *= (size_t)view.shape[d];
  return cells;
}

static int seen(const shape *s, const int32_t *lengths, int t, int b) {
  const int S = s->S > 0 ? s->S : s->T;
  int count = s->look == UR_LOOK_BACK ? S - s->T + t + 1 : S;
  return s->padded && lengths[b] < count ? lengths[b] : count;
}

static void compare(const shape *s) {
  const int S = s->S > 0 ? s->S : s->T;
  ur_params *params = params_of(s);
  graph matrices = build(s, params, 0), kernel = build(s, params, 1);
  CHECK(memcmp(ur_tape_value(matrices.tape, matrices.o), ur_tape_value(kernel.tape, kernel.o),
               cells_of(&kernel, kernel.o) * sizeof(float)) == 0);
  /* The weights: the same, and 0 in every bit where nothing is seen; so is the gradient of a masked score. */
  const float *kept = ur_tape_value(kernel.tape, kernel.first_weights);
  const int32_t *lengths =
      s->padded ? ur_tape_value(kernel.tape, ur_tape_find(kernel.tape, "lengths")) : NULL;
  for (int a = 0; a < s->A; a++) {
    char path[32];
    snprintf(path, sizeof path, "head%d.a", a + 1);
    const float *rows = ur_tape_value(matrices.tape, ur_tape_find(matrices.tape, path));
    snprintf(path, sizeof path, "head%d.products", a + 1);
    const float *de = ur_tape_grad(matrices.tape, ur_tape_find(matrices.tape, path));
    for (int b = 0; b < s->B; b++)
      for (int t = 0; t < s->T; t++) {
        const float *row = rows + (t * s->B + b) * S;
        static const float zero[64];
        const int count = seen(s, lengths, t, b);
        CHECK(memcmp(row, kept + ((a * s->B + b) * s->T + t) * S, (size_t)S * sizeof *row) == 0);
        CHECK(memcmp(row + count, zero, (size_t)(S - count) * sizeof *row) == 0);
        CHECK(memcmp(de + (t * s->B + b) * S + count, zero, (size_t)(S - count) * sizeof *de) == 0);
        double sum = 0;
        for (int i = 0; i < count; i++) sum += row[i];
        CHECK_NEAR(sum, 1, 1e-6);
      }
  }
  for (int p = Q; p <= HEADED; p++) {
    const size_t n = ur_params_view(params, p).size;
    const float *x = (const float *)ur_tape_param_grads(matrices.tape) + ur_params_view(params, p).offset,
                *y = (const float *)ur_tape_param_grads(kernel.tape) + ur_params_view(params, p).offset;
    double off = 0, norm = 0;
    for (size_t i = 0; i < n; i++) {
      off += ((double)x[i] - y[i]) * ((double)x[i] - y[i]);
      norm += (double)x[i] * x[i];
    }
    if (!CHECK(sqrt(off) <= 1e-6 * sqrt(norm) + 1e-12))
      printf("       %s: %g of %g\n", ur_params_view(params, p).name, sqrt(off), sqrt(norm));
  }
  ur_tape_free(matrices.tape);
  ur_tape_free(kernel.tape);
  ur_params_free(params);
}

static void test_lowerings(void) {
  static const shape sizes[] = {{5, 0, 3, 2, 4, 4, 0, 0, 0},  {1, 0, 1, 1, 1, 1, 0, 0, 0},
                                {13, 0, 2, 3, 5, 7, 0, 0, 0}, {9, 0, 1, 4, 16, 16, 0, 0, 0},
                                {3, 11, 2, 2, 8, 9, 0, 0, 0}, {1, 19, 3, 1, 6, 3, 0, 0, 0},
                                {33, 0, 1, 1, 8, 8, 0, 0, 0}};
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
    for (int form = 0; form < 8; form++) {
      shape s = sizes[i];
      s.look = form & 1 ? UR_LOOK_BACK : UR_LOOK_AROUND;
      s.padded = (form & 2) != 0;
      s.scaled = (form & 4) != 0;
      compare(&s);
    }
  const shape more_queries = {11, 3, 2, 1, 4, 4, UR_LOOK_AROUND, 1, 1};
  compare(&more_queries);
}

/* What comes later changes nothing before it, by no bit, however large queries and keys are, and even where
 * it is no number. */
static void test_later(void) {
  const shape s = {24, 0, 2, 2, 6, 5, UR_LOOK_BACK, 0, 1};
  for (int large = 0; large < 2; large++) {
    for (int from = 1; from < s.T; from++) {
      ur_params *params = params_of(&s);
      float *data = ur_params_data(params);
      for (size_t i = 0; i < 2 * ur_params_view(params, Q).size && large; i++) data[i] *= 1e4f;
      graph g = build(&s, params, 1);
      const size_t row = (size_t)(s.B * s.A * s.m), before = row * (size_t)from;
      float *kept = malloc(before * sizeof *kept);
      memcpy(kept, ur_tape_value(g.tape, g.o), before * sizeof *kept);
      for (int p = Q; p <= V; p++) {
        const ur_param_view view = ur_params_view(params, p);
        const size_t first = view.size / (size_t)s.T * (size_t)from;
        for (size_t i = first; i < view.size; i++)
          data[view.offset + i] = from % 3 == 0 ? NAN : -7.5f * (float)i;
      }
      CHECK(ur_tape_forward(g.tape) == UR_OK);
      CHECK(memcmp(kept, ur_tape_value(g.tape, g.o), before * sizeof *kept) == 0);
      free(kept);
      ur_tape_free(g.tape);
      ur_params_free(params);
    }
  }
}

/* A mask as a smaller set of keys: the softmax over the first so many is the same. */
static void test_smaller_set(void) {
  enum { T = 4, B = 3, S = 9 };
  const ur_tape_options options = {.batch = B, .length = T};
  ur_params *params = NULL;
  ur_tape *tape = NULL;
  ur_rng stream = ur_rng_stream(5, "heads", 0);
  CHECK(ur_params_create(&params) == UR_OK && ur_params_finish(params, &stream) == UR_OK);
  CHECK(ur_tape_create(&options, params, &tape) == UR_OK);
  const int e = ur_input(tape, "e", "TBV", (int[]){T, B, S});
  const int lengths = ur_input_index(tape, "lengths", "B", (int[]){B});
  const int set = ur_masked_softmax(tape, "set", e, lengths);
  const int masked = ur_mask(tape, "masked", e, UR_LOOK_AROUND, lengths);
  const int infinite = ur_softmax(tape, "infinite", masked);
  CHECK(ur_tape_finish(tape) == UR_OK);
  for (int i = 0; i < T * B * S; i++) ((float *)ur_tape_value(tape, e))[i] = ur_rng_normal(&stream) * 3;
  for (int length = 1; length <= S; length++) {
    for (int b = 0; b < B; b++) ((int32_t *)ur_tape_value(tape, lengths))[b] = 1 + (length + b) % S;
    CHECK(ur_tape_forward(tape) == UR_OK);
    CHECK(memcmp(ur_tape_value(tape, set), ur_tape_value(tape, infinite), T * B * S * sizeof(float)) == 0);
    const float *y = ur_tape_value(tape, masked);
    for (int i = 0; i < T * B * S; i++) {
      ur_cells from;
      double partial;
      const int seen_here = i % S < 1 + (length + i / S % B) % S;
      CHECK(ur_tape_sources(tape, masked, 0, (size_t)i, &from) == UR_OK && (int)from.count == seen_here);
      CHECK(ur_tape_partial(tape, masked, (size_t)i, 0, (size_t)i, &partial) == UR_OK &&
            partial == seen_here);
      CHECK(seen_here ? y[i] == ((float *)ur_tape_value(tape, e))[i] : y[i] == -INFINITY);
    }
  }
  /* A row with nothing to look at */
  ((int32_t *)ur_tape_value(tape, lengths))[1] = 0;
  CHECK(ur_tape_forward(tape) == UR_E_ARGUMENT && strcmp(ur_last_error()->node, "set") == 0);
  ur_tape_free(tape);
  ur_params_free(params);
}

static void test_nothing_to_see(void) {
  const ur_tape_options options = {.batch = 2, .length = 3, .source = 5};
  ur_params *params = NULL;
  ur_tape *tape = NULL;
  ur_rng stream = ur_rng_stream(5, "heads", 0);
  CHECK(ur_params_create(&params) == UR_OK && ur_params_finish(params, &stream) == UR_OK);
  CHECK(ur_tape_create(&options, params, &tape) == UR_OK);
  const int q = ur_input(tape, "q", "TBN", (int[]){3, 2, 4}),
            k = ur_input(tape, "k", "SBN", (int[]){5, 2, 4});
  const ur_heads_form form = {2, 1, UR_LOOK_BACK, UR_NODE_NONE, UR_NODE_NONE};
  ur_heads(tape, "o", &form, q, k, k);
  CHECK(ur_tape_finish(tape) == UR_OK);
  CHECK(ur_tape_forward(tape) == UR_OK);
  CHECK(ur_tape_resize_source(tape, 2) == UR_OK && ur_tape_forward(tape) == UR_E_SHAPE);
  CHECK(strstr(ur_last_error()->message, "o: 3 queries look back over 2 keys") != NULL);
  ur_tape_free(tape);
  ur_params_free(params);
}

/* The four operations of a layer norm, and it as one: the same bits, gradients to 1e-6. */
static void test_norm(void) {
  for (int n = 1; n <= 21; n += 4) {
    const ur_tape_options options = {.batch = 1, .length = 1, .gradients = 1};
    ur_params *params = NULL;
    ur_tape *tapes[2] = {NULL, NULL};
    ur_rng stream = ur_rng_stream(7, "norm", 0);
    CHECK(ur_params_create(&params) == UR_OK);
    ur_params_add(params, "x", "WN", (int[]){6, n}, UR_INIT_NORMAL, 2);
    ur_params_add(params, "gamma", "N", &n, UR_INIT_NORMAL, 1);
    ur_params_add(params, "beta", "N", &n, UR_INIT_NORMAL, 1);
    CHECK(ur_params_finish(params, &stream) == UR_OK);
    for (int one = 0; one < 2; one++) {
      ur_tape *tape = NULL;
      CHECK(ur_tape_create(&options, params, &tape) == UR_OK);
      const int x = ur_param(tape, 0), gamma = ur_param(tape, 1), beta = ur_param(tape, 2);
      const int y =
          one ? ur_layer_norm(tape, "y", x, gamma, beta, 1e-5)
              : ur_add(tape, "y",
                       ur_mul(tape, "scaled", ur_normalize(tape, "unit", ur_center(tape, "centred", x), 1e-5),
                              gamma),
                       beta);
      const int squashed = ur_tanh(tape, "squashed", y);
      ur_mean_loss(tape, "J", &squashed, 1, ur_input(tape, "count", "", NULL));
      CHECK(ur_tape_finish(tape) == UR_OK);
      *(float *)ur_tape_value(tape, ur_tape_find(tape, "count")) = 1;
      CHECK(ur_tape_forward(tape) == UR_OK && ur_tape_backward(tape) == UR_OK);
      tapes[one] = tape;
    }
    CHECK(memcmp(ur_tape_value(tapes[0], ur_tape_find(tapes[0], "y")),
                 ur_tape_value(tapes[1], ur_tape_find(tapes[1], "y")), 6 * (size_t)n * sizeof(float)) == 0);
    const float *a = ur_tape_param_grads(tapes[0]), *b = ur_tape_param_grads(tapes[1]);
    for (size_t i = 0; i < ur_params_size(params); i++) CHECK_NEAR(a[i], b[i], 1e-6 * (1 + fabs(a[i])));
    ur_tape_free(tapes[0]);
    ur_tape_free(tapes[1]);
    ur_params_free(params);
  }
}

/* Slopes at the corner, as docs/architecture.md says; the share of a normal distribution over its whole
 * range.
 */
static void test_activations(void) {
  const float zeros[] = {0.0f, -0.0f}, ones[] = {1, 1};
  float out[2], worst = 0;
  ur__f32_relu(out, zeros, 2);
  ur__f32_relu_backward(out, ones, out, 2);
  CHECK(out[0] == 0 && out[1] == 0);
  ur__f32_gelu_backward(out, ones, zeros, 2);
  CHECK(out[0] == 0.5f && out[1] == 0.5f);
  for (float x = -12.9f; x < 14; x += 0.00137f) {
    float y, slope;
    const double exact = x / 2 * erfc(-x / sqrt(2)),
                 derived = erfc(-x / sqrt(2)) / 2 + x * exp(-0.5 * x * x) / sqrt(2 * acos(-1));
    ur__f32_gelu(&y, &x, 1);
    ur__f32_gelu_backward(&slope, ones, &x, 1);
    if (fabs(exact) > 2e-38) {
      const float error = (float)(fabs(y - exact) / fabs(exact));
      worst = error > worst ? error : worst;
      CHECK(error < 5e-7f);
      CHECK_NEAR(slope, derived, 1e-6 * (fabs(derived) + fabs(exact)));
    }
  }
  CHECK(worst > 1e-9f);
}

static void fill(float *a, int n) {
  for (int i = 0; i < n; i++) a[i] = 0.25f * (float)(i % 5) - 0.4f;
}

/* One cell that is no number: nothing that is made from it is one. */
static void test_nan(void) {
  enum { N = 7, T = 6 };
  typedef void activation(float *, const float *, size_t);
  static activation *const forwards[] = {ur__f32_tanh, ur__f32_sigmoid, ur__f32_relu,
                                         ur__f32_gelu, ur__f32_exp,     ur__f32_log};
  float x[N], y[N], g[N];
  for (int bad = 0; bad < N; bad++) {
    for (size_t f = 0; f < sizeof forwards / sizeof *forwards; f++) {
      fill(x, N);
      x[bad] = NAN;
      forwards[f](y, x, N);
      CHECK(isnan(y[bad]));
    }
    fill(x, N), fill(g, N);
    g[bad] = NAN;
    for (int i = 0; i < N; i++) x[i] = fabsf(x[i]) + 0.1f;
    ur__f32_tanh_backward(y, g, x, N);
    CHECK(isnan(y[bad]));
    ur__f32_sigmoid_backward(y, g, x, N);
    CHECK(isnan(y[bad]));
    ur__f32_relu_backward(y, g, x, N);
    CHECK(isnan(y[bad]));
    ur__f32_gelu_backward(y, g, x, N);
    CHECK(isnan(y[bad]));
    ur__f32_gated(y, g, x, N);
    CHECK(isnan(y[bad]));
    fill(x, N);
    x[bad] = NAN;
    ur__f32_softmax(y, x, 1, N);
    for (int i = 0; i < N; i++) CHECK(isnan(y[i]));
    ur__f32_center(y, x, 1, N);
    for (int i = 0; i < N; i++) CHECK(isnan(y[i]));
    ur__f32_normalize(y, NULL, x, 1, N, 1e-5);
    for (int i = 0; i < N; i++) CHECK(isnan(y[i]));
  }
  /* A query, a key, a value of one head */
  const size_t room = ur__f32_heads_work(T, T, N, N);
  float *work = malloc(room * sizeof *work), a[T * T], o[T * N], of[3][T * N];
  const ur__f32_heads h = {T, T, T, 1, N, N, N, N, N, N, 1};
  for (int which = 0; which < 3; which++)
    for (int row = 0; row < T; row++) {
      for (int k = 0; k < 3; k++) fill(of[k], T * N);
      of[which][row * N + 3] = NAN;
      ur__f32_heads_forward(&h, o, a, of[0], of[1], of[2], NULL, work);
      for (int t = 0; t < T; t++)
        for (int i = 0; i < N; i++)
          CHECK((isnan(o[t * N + i]) != 0) == (which == 0   ? t == row
                                               : which == 1 ? t >= row
                                                            : t >= row && i == 3));
    }
  free(work);
}

int main(void) {
  TEST("as matrices and as one kernel") { test_lowerings(); }
  TEST("what comes later") { test_later(); }
  TEST("a smaller set of keys") { test_smaller_set(); }
  TEST("nothing to see") { test_nothing_to_see(); }
  TEST("layer norm") { test_norm(); }
  TEST("corners") { test_activations(); }
  TEST("no number") { test_nan(); }
  return check_done();
}
