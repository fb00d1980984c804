/* Running a tape: sizes, gradients, the walk, and numbers that are none. */
#include "tape_help.h"

typedef struct model {
  small_rnn m;
  ur_tape *tape;
} model;

static model open_model(small_rnn m, int fused, ur_tape_options options) {
  model x = {.m = m};
  options.batch = m.B;
  options.length = m.T;
  CHECK(small_rnn_params(&x.m) == UR_OK);
  CHECK((fused ? small_rnn_fused : small_rnn_unrolled)(&x.m, &options, &x.tape) == UR_OK);
  small_rnn_fill(&x.m, x.tape, m.T, m.B);
  return x;
}

static void close_model(model *x) {
  ur_tape_free(x->tape);
  ur_params_free(x->m.params);
}

/* A smaller run on a large tape has the bits of a tape built for that size; and after a large run, too. */
static void check_resize(int fused) {
  ur_tape_options options = {.gradients = 1};
  small_rnn less = small;
  less.T = 2;
  less.B = 2;
  model large = open_model(small, fused, options), right = open_model(less, fused, options);
  run(large.tape);
  CHECK(ur_tape_resize(large.tape, 2, 2) == UR_OK);
  CHECK(ur_tape_backward(large.tape) == UR_E_STATE); /* there was no forward run at this size */
  small_rnn_fill(&large.m, large.tape, 2, 2);
  run(large.tape);
  run(right.tape);
  for (int i = 0; i < ur_tape_count(right.tape); i++) {
    ur_node_view v = ur_tape_node(right.tape, i);
    int j = ur_tape_find(large.tape, v.path);
    if (!CHECK(j != UR_NODE_NONE && cells_of(large.tape, j) == cells_of(right.tape, i))) continue;
    CHECK(memcmp(ur_tape_value(large.tape, j), ur_tape_value(right.tape, i), 4 * cells_of(right.tape, i)) ==
          0);
    const void *a = ur_tape_grad(large.tape, j), *b = ur_tape_grad(right.tape, i);
    CHECK(!a == !b && (!a || memcmp(a, b, 4 * cells_of(right.tape, i)) == 0));
  }
  CHECK(ur_tape_resize(large.tape, 4, 2) == UR_E_ARGUMENT &&
        ur_tape_resize(large.tape, 2, 5) == UR_E_ARGUMENT);
  CHECK(ur_tape_resize(large.tape, 0, 2) == UR_E_ARGUMENT &&
        ur_tape_resize(large.tape, 2, 0) == UR_E_ARGUMENT);
  CHECK(said("1..3") && said("1..4"));
  close_model(&large);
  close_model(&right);
}

static void check_activity(void) {
  model x = open_model(small, 0, (ur_tape_options){.gradients = 1, .edges = 1});
  int whole = ur_tape_walk_length(x.tape), later = step_node(x.tape, "rnn", 2, "Wh_h");
  run(x.tape);
  CHECK(!all_zero(ur_tape_edge(x.tape, later, 1), 36));
  CHECK(ur_tape_resize(x.tape, 3, 2) == UR_OK);
  CHECK(ur_tape_walk_length(x.tape) == whole / 2 + 1); /* two of four steps, and the mean */
  small_rnn_fill(&x.m, x.tape, 2, 3);
  /* What is not run may hold anything. */
  for (int i = 0; i < ur_tape_count(x.tape); i++) {
    ur_node_view v = ur_tape_node(x.tape, i);
    CHECK(v.active == (v.time <= 2));
    if (!v.active && v.dtype == UR_F32) ((float *)ur_tape_value(x.tape, i))[0] = NAN;
  }
  run(x.tape);
  CHECK(all_zero(ur_tape_edge(x.tape, later, 1), 36)); /* nothing is left of the longer run */
  CHECK(ur_tape_first_bad(x.tape, NULL) == UR_NODE_NONE);
  for (int p = 1; p <= ur_tape_walk_length(x.tape); p++)
    CHECK(ur_tape_node(x.tape, ur_tape_walk_node(x.tape, p, NULL)).active);
  close_model(&x);
}

static void check_indices(void) {
  model x = open_model(small, 1, (ur_tape_options){.gradients = 1});
  int32_t *tokens = ur_tape_value(x.tape, ur_tape_find(x.tape, "x"));
  int32_t *targets = ur_tape_value(x.tape, ur_tape_find(x.tape, "y"));
  static const int32_t bad[] = {-1, 7, INT32_MAX, INT32_MIN};
  for (int i = 0; i < 4; i++) {
    int32_t kept = tokens[5];
    tokens[5] = bad[i];
    CHECK(ur_tape_forward(x.tape) == UR_E_ARGUMENT);
    CHECK(strcmp(ur_last_error()->node, "e") == 0 && said("cell 5") && said("0..6"));
    CHECK(ur_tape_backward(x.tape) == UR_E_STATE);
    tokens[5] = kept;
  }
  targets[2] = -1;
  CHECK(ur_tape_forward(x.tape) == UR_OK);
  for (int i = 1; i < 4; i++) {
    targets[2] = bad[i];
    CHECK(ur_tape_forward(x.tape) == UR_E_ARGUMENT);
    CHECK(strcmp(ur_last_error()->node, "J_t") == 0 && said("cell 2") && said("-1..6"));
  }
  close_model(&x);
}

/* A target of -1: loss exactly 0, gradient exactly 0, in both forms. */
static void check_ignored(int fused) {
  model x = open_model(small, fused, (ur_tape_options){.gradients = 1});
  for (int i = 0; i < ur_tape_count(x.tape); i++)
    if (ur_tape_grad(x.tape, i)) memset(ur_tape_grad(x.tape, i), 0x55, 4 * cells_of(x.tape, i));
  run(x.tape);
  int ignored = 0;
  for (int t = 0; t < small.T; t++) {
    int y = ur_tape_find(x.tape, fused ? "y" : "none"), at = fused ? t * small.B : 0;
    const int32_t *targets = ur_tape_value(x.tape, fused ? y : step_node(x.tape, "in", t, "y"));
    int J = fused ? ur_tape_find(x.tape, "J_t") : step_node(x.tape, "out", t, "J");
    int logits = fused ? ur_tape_find(x.tape, "logits") : step_node(x.tape, "out", t, "logits");
    for (int b = 0; b < small.B; b++) {
      float loss = ((const float *)ur_tape_value(x.tape, J))[at + b];
      const float *grad = (const float *)ur_tape_grad(x.tape, logits) + (at + b) * small.V;
      int none = targets[at + b] == -1;
      ignored += none;
      CHECK(none ? loss == 0 && !signbit(loss) : loss > 0);
      CHECK(all_zero(grad, (size_t)small.V) == none);
    }
  }
  CHECK(ignored == 2);
  close_model(&x);
}

/* ---- gradients ---- */
/* With edges and without: the same bits; a gradient is the sum of its edges, the latest consumer first. */
static void check_edges(void) {
  model with = open_model(small, 0, (ur_tape_options){.gradients = 1, .edges = 1});
  model without = open_model(small, 0, (ur_tape_options){.gradients = 1});
  ur_tape *tape = with.tape;
  run(tape);
  run(without.tape);
  int several = 0;
  for (int i = 0; i < ur_tape_count(tape); i++) {
    const float *grad = ur_tape_grad(tape, i), *other = ur_tape_grad(without.tape, i);
    if (!CHECK(!grad == !other) || !grad) continue;
    size_t n = cells_of(tape, i);
    CHECK(memcmp(grad, other, n * sizeof *grad) == 0);
    float *sum = calloc(n, sizeof *sum);
    int edges = 0;
    for (int c = ur_tape_count(tape) - 1; c >= 0; c--) {
      ur_node_view v = ur_tape_node(tape, c);
      for (int k = 0; k < v.n_inputs; k++) {
        const float *edge = ur_tape_edge(tape, c, k);
        CHECK(ur_tape_edge(without.tape, c, k) == NULL);
        if (v.inputs[k] != i || !CHECK(edge != NULL)) continue;
        for (size_t j = 0; j < n; j++) sum[j] = edges ? sum[j] + edge[j] : edge[j];
        edges++;
      }
    }
    several += edges > 1;
    if (edges) CHECK(memcmp(sum, grad, n * sizeof *sum) == 0);
    free(sum);
  }
  CHECK(several >= 8); /* the parameters, and every h but the last */
  CHECK(*(const float *)ur_tape_grad(tape, ur_tape_find(tape, "J")) == 1);
  CHECK(ur_tape_grad(tape, ur_tape_find(tape, "h0")) == NULL &&
        ur_tape_grad(tape, ur_tape_find(tape, "count")) == NULL);
  run(tape); /* nothing is accumulated from run to run */
  CHECK(memcmp(ur_tape_param_grads(tape), ur_tape_param_grads(without.tape),
               ur_params_size(with.m.params) * 4) == 0);
  CHECK(ur_tape_grad(tape, ur_tape_find(tape, "W_h")) ==
        (float *)ur_tape_param_grads(tape) + ur_params_view(with.m.params, with.m.rnn.W_h).offset);
  close_model(&with);
  close_model(&without);
}

static void check_without_gradients(void) {
  model x = open_model(small, 1, (ur_tape_options){0});
  CHECK(ur_tape_forward(x.tape) == UR_OK && ur_tape_backward(x.tape) == UR_E_STATE);
  CHECK(ur_tape_param_grads(x.tape) == NULL && ur_tape_grad(x.tape, ur_tape_find(x.tape, "J")) == NULL);
  int steps = ur_tape_walk_length(x.tape);
  CHECK(steps == 6 && ur_tape_walk_to(x.tape, steps) == UR_OK &&
        ur_tape_walk_to(x.tape, steps + 1) == UR_E_ARGUMENT);
  close_model(&x);
}

static void check_gradcheck(void) {
  ur_gradcheck result;
  ur_rng stream = ur_rng_stream(1, "check", 0);
  model f = open_model(small, 1, (ur_tape_options){.gradients = 1});
  model d = open_model(small, 1, (ur_tape_options){.dtype = UR_F64, .gradients = 1});
  CHECK(ur_tape_gradcheck(f.tape, 0, &stream, &result) == UR_E_STATE);
  CHECK(ur_tape_gradcheck(d.tape, 3, &stream, &result) == UR_OK && result.checked == 18);
  CHECK(ur_tape_gradcheck(d.tape, 0, &stream, &result) == UR_OK);
  CHECK(result.checked == ur_params_size(d.m.params) && result.worst < 1e-4 && result.param >= 0);
  /* Afterwards the tape holds what it held. */
  double J = *(double *)ur_tape_value(d.tape, ur_tape_find(d.tape, "J"));
  run(d.tape);
  run(f.tape);
  CHECK(J == *(double *)ur_tape_value(d.tape, ur_tape_find(d.tape, "J")));
  CHECK_NEAR(J, *(float *)ur_tape_value(f.tape, ur_tape_find(f.tape, "J")), 1e-6);
  /* Index errors come out of it, too. */
  ((int32_t *)ur_tape_value(d.tape, ur_tape_find(d.tape, "x")))[0] = 99;
  CHECK(ur_tape_gradcheck(d.tape, 3, &stream, &result) == UR_E_ARGUMENT);
  close_model(&f);
  close_model(&d);
}

/* ---- the walk ---- */
/* All numbers of a tape, copied. */
static float *photograph(ur_tape *tape, size_t *size) {
  size_t n = 0;
  float *all = NULL;
  for (int pass = 0; pass < 2; pass++) {
    n = 0;
    for (int i = 0; i < ur_tape_count(tape); i++) {
      ur_node_view v = ur_tape_node(tape, i);
      for (int k = -2; k < v.n_inputs; k++) {
        int of = k < 0 ? i : v.inputs[k];
        const void *from = k == -2   ? ur_tape_value(tape, i)
                           : k == -1 ? ur_tape_grad(tape, i)
                                     : ur_tape_edge(tape, i, k);
        if (from && all) memcpy(all + n, from, cells_of(tape, of) * sizeof *all);
        if (from) n += cells_of(tape, of);
      }
    }
    if (!all) all = calloc(n, sizeof *all);
  }
  *size = n;
  return all;
}

static void check_walk(void) {
  model x = open_model(small, 0, (ur_tape_options){.gradients = 1, .edges = 1});
  model whole = open_model(small, 0, (ur_tape_options){.gradients = 1, .edges = 1});
  ur_tape *tape = x.tape;
  int length = ur_tape_walk_length(tape), F = length / 2;
  run(whole.tape);
  CHECK(F == 4 * (1 + 5 + 4) + 1);
  CHECK(ur_tape_walk_to(tape, length + 1) == UR_E_ARGUMENT && ur_tape_walk_to(tape, -1) == UR_E_ARGUMENT);
  CHECK(ur_tape_walk_node(tape, 0, NULL) == UR_NODE_NONE &&
        ur_tape_walk_node(tape, length + 1, NULL) == UR_NODE_NONE);

  float **seen = calloc((size_t)length + 1, sizeof *seen);
  size_t size = 0;
  for (int p = 0; p <= length; p++) {
    CHECK(ur_tape_walk_to(tape, p) == UR_OK);
    seen[p] = photograph(tape, &size);
    if (p == 0) continue;
    int back = -1, node = ur_tape_walk_node(tape, p, &back);
    CHECK(back == (p > F) && (!back || node == ur_tape_walk_node(tape, length + 1 - p, NULL)));
    size_t n = cells_of(tape, node);
    CHECK(memcmp(ur_tape_value(tape, node), ur_tape_value(whole.tape, node), n * 4) == 0);
    if (!back && p < F) /* what comes next is not there yet */
      CHECK(all_zero(ur_tape_value(tape, ur_tape_walk_node(tape, p + 1, NULL)),
                     cells_of(tape, ur_tape_walk_node(tape, p + 1, NULL))));
    if (!back) CHECK(all_zero(ur_tape_grad(tape, node), n));
    if (back) CHECK(memcmp(ur_tape_grad(tape, node), ur_tape_grad(whole.tape, node), n * 4) == 0);
  }
  size_t whole_size;
  float *end = photograph(whole.tape, &whole_size);
  CHECK(size == whole_size && memcmp(end, seen[length], size * sizeof *end) == 0);
  free(end);

  /* Any way there shows the same. */
  ur_rng stream = ur_rng_stream(1, "walk", 0);
  for (int i = 0; i < 60; i++) {
    int p = (int)ur_rng_below(&stream, (uint32_t)length + 1);
    CHECK(ur_tape_walk_to(tape, p) == UR_OK);
    float *now = photograph(tape, &size);
    CHECK(memcmp(now, seen[p], size * sizeof *now) == 0);
    free(now);
  }

  /* Also after a whole run, forwards anew. */
  run(tape);
  CHECK(ur_tape_forward(tape) == UR_OK && ur_tape_walk_to(tape, F + 1) == UR_OK);
  float *now = photograph(tape, &size);
  CHECK(memcmp(now, seen[F + 1], size * sizeof *now) == 0);
  free(now);

  /* In between, a gradient is the sum of the edges so far: W_h after its last two products. */
  int W_h = ur_tape_find(tape, "W_h"), last = step_node(tape, "rnn", 3, "Wh_h"),
      before = step_node(tape, "rnn", 2, "Wh_h");
  for (int p = F + 1; p <= length; p++) {
    if (ur_tape_walk_node(tape, p, NULL) != before) continue;
    CHECK(ur_tape_walk_to(tape, p) == UR_OK);
    const float *sum = ur_tape_grad(tape, W_h), *a = ur_tape_edge(tape, last, 1),
                *b = ur_tape_edge(tape, before, 1);
    for (size_t j = 0; j < cells_of(tape, W_h); j++) CHECK(sum[j] == a[j] + b[j]);
    CHECK(all_zero(ur_tape_edge(tape, step_node(tape, "rnn", 1, "Wh_h"), 1), cells_of(tape, W_h)));
  }

  /* Changed parameters are seen after a restart. */
  CHECK(ur_tape_walk_to(tape, length) == UR_OK);
  ur_params_data(x.m.params)[0] += 1;
  ur_params_data(whole.m.params)[0] += 1;
  CHECK(ur_tape_walk_to(tape, 0) == UR_OK && ur_tape_walk_to(tape, length) == UR_OK);
  run(whole.tape);
  CHECK(memcmp(ur_tape_param_grads(tape), ur_tape_param_grads(whole.tape), ur_params_size(x.m.params) * 4) ==
        0);
  for (int p = 0; p <= length; p++) free(seen[p]);
  free(seen);
  close_model(&x);
  close_model(&whole);
}

/* ---- bad numbers ---- */
static void check_first_bad(void) {
  model x = open_model(small, 1, (ur_tape_options){.gradients = 1});
  ur_tape *tape = x.tape;
  float *params = ur_params_data(x.m.params);
  size_t cell = 99;
  run(tape);
  CHECK(ur_tape_first_bad(tape, &cell) == UR_NODE_NONE && cell == 99);

  /* The probability of token 2 underflows where it is the target: an infinite loss, which may happen. */
  size_t b_2 = ur_params_view(x.m.params, x.m.out.bias).offset;
  int32_t *targets = ur_tape_value(tape, ur_tape_find(tape, "y"));
  float kept = params[b_2 + 2];
  for (int i = 0; i < 12; i++) targets[i] = i == 7 ? 2 : 5;
  params[b_2 + 2] = -1e5f;
  run(tape);
  CHECK(isinf(*(float *)ur_tape_value(tape, ur_tape_find(tape, "J"))));
  CHECK(ur_tape_first_bad(tape, &cell) == ur_tape_find(tape, "J_t") && cell == 7);
  params[b_2 + 2] = kept;

  size_t W_h = ur_params_view(x.m.params, x.m.rnn.W_h).offset;
  kept = params[W_h + 4];
  params[W_h + 4] = NAN;
  run(tape);
  CHECK(ur_tape_first_bad(tape, &cell) == ur_tape_find(tape, "W_h") && cell == 4);
  params[W_h + 4] = kept;

  float *h0 = ur_tape_value(tape, ur_tape_find(tape, "h0"));
  h0[1] = INFINITY;
  CHECK(ur_tape_first_bad(tape, &cell) == ur_tape_find(tape, "h0") && cell == 1);
  close_model(&x);
}

/* Finite values, an infinite gradient: U is 0, h is large, and the count so small that dJ/dU = dz h
 * overflows. */
static void check_first_bad_gradient(void) {
  small_rnn m = small;
  m.f = UR_ACT_RELU;
  model x = open_model(m, 1, (ur_tape_options){.gradients = 1});
  float *params = ur_params_data(x.m.params);
  ur_param_view U = ur_params_view(x.m.params, x.m.out.weight), b_1 = ur_params_view(x.m.params, x.m.rnn.b_1);
  for (size_t i = 0; i < U.size; i++) params[U.offset + i] = 0;
  for (size_t i = 0; i < b_1.size; i++) params[b_1.offset + i] = 100;
  int32_t *targets = ur_tape_value(x.tape, ur_tape_find(x.tape, "y"));
  for (int i = 0; i < 12; i++) targets[i] = i == 0 ? 0 : -1;
  *(float *)ur_tape_value(x.tape, ur_tape_find(x.tape, "count")) = 1.2e-38f;
  CHECK(ur_tape_forward(x.tape) == UR_OK && ur_tape_first_bad(x.tape, NULL) == UR_NODE_NONE);
  CHECK(ur_tape_backward(x.tape) == UR_OK);
  CHECK(ur_tape_first_bad(x.tape, NULL) == ur_tape_find(x.tape, "U"));
  /* Only what was run counts. */
  CHECK(ur_tape_walk_to(x.tape, ur_tape_walk_length(x.tape) / 2) == UR_OK);
  CHECK(ur_tape_first_bad(x.tape, NULL) == UR_NODE_NONE);
  close_model(&x);
}

/* A state called by no convention: what is declared is carried, the last step of it, and nothing else. */
static void check_carry(void) {
  const int T = 2, B = 2, N = 3, sequence[] = {T, B, N}, state[] = {B, N};
  const ur_tape_options options = {.dtype = UR_F32, .batch = B, .length = T};
  ur_params *params = NULL;
  ur_tape *tape = NULL;
  CHECK(ur_params_create(&params) == UR_OK && ur_params_finish(params, NULL) == UR_OK);
  CHECK(ur_tape_create(&options, params, &tape) == UR_OK);
  const int x = ur_input(tape, "x", "TBN", sequence), memory = ur_input(tape, "memory", "BN", state);
  const int h0 = ur_input(tape, "h0", "BN", state), h = ur_tanh(tape, "h", x);
  ur_carry(tape, memory, h);
  CHECK(ur_tape_finish(tape) == UR_OK);
  float *from = ur_tape_value(tape, h), *to = ur_tape_value(tape, memory), *other = ur_tape_value(tape, h0);
  for (int i = 0; i < T * B * N; i++) ((float *)ur_tape_value(tape, x))[i] = 0.1f * (float)(i + 1);
  for (int i = 0; i < B * N; i++) to[i] = other[i] = 5;
  ur_tape_carry_none(tape);
  CHECK(all_zero(to, (size_t)(B * N)) && other[0] == 5);
  CHECK(ur_tape_forward(tape) == UR_OK);
  ur_tape_carry_on(tape);
  CHECK(memcmp(to, from + B * N, (size_t)(B * N) * sizeof *to) == 0 && other[0] == 5);
  /* of a shorter run, what is last in it */
  CHECK(ur_tape_resize(tape, 1, 1) == UR_OK && ur_tape_forward(tape) == UR_OK);
  ur_tape_carry_on(tape);
  CHECK(memcmp(to, from, (size_t)N * sizeof *to) == 0);
  ur_tape_free(tape);

  CHECK(ur_tape_create(&options, params, &tape) == UR_OK);
  const int tokens = ur_input_index(tape, "tokens", "B", state);
  ur_carry(tape, tokens, ur_input(tape, "x", "TBN", sequence));
  CHECK(ur_tape_finish(tape) == UR_E_SHAPE && said("cannot be carried on from x"));
  ur_tape_free(tape);
  ur_params_free(params);
}

int main(void) {
  TEST("resize, fused") check_resize(1);
  TEST("resize, unrolled") check_resize(0);
  TEST("activity") check_activity();
  TEST("indices") check_indices();
  TEST("ignored targets, fused") check_ignored(1);
  TEST("ignored targets, unrolled") check_ignored(0);
  TEST("edges") check_edges();
  TEST("without gradients") check_without_gradients();
  TEST("gradient check") check_gradcheck();
  TEST("walk") check_walk();
  TEST("carried") check_carry();
  TEST("first bad") check_first_bad();
  TEST("first bad gradient") check_first_bad_gradient();
  return check_done();
}
