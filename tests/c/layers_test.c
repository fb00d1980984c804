/* The layers: how they begin, and that both lowerings of the recurrent one are the same function. */
#include "check.h"
#include "small_rnn.h"

static const float *value(ur_tape *tape, int node) { return ur_tape_value(tape, node); }

static void check_bits(const float *a, const float *b, size_t n) {
  if (CHECK(a && b)) CHECK(memcmp(a, b, n * sizeof *a) == 0);
}

/* |a - b| <= 1e-6 |b| */
static void check_close(const float *a, const float *b, size_t n) {
  double difference = 0, norm = 0;
  if (!CHECK(a && b)) return;
  for (size_t i = 0; i < n; i++) {
    difference += ((double)a[i] - b[i]) * ((double)a[i] - b[i]);
    norm += (double)b[i] * b[i];
  }
  CHECK_NEAR(sqrt(difference), 0, 1e-6 * sqrt(norm));
}

/* Both lowerings, built for m's T and B, run at t and b. */
static void compare(const small_rnn *m, ur_tape *fused, ur_tape *unrolled, int t, int b) {
  CHECK(ur_tape_resize(fused, b, t) == UR_OK && ur_tape_resize(unrolled, b, t) == UR_OK);
  small_rnn_fill(m, fused, t, b);
  small_rnn_fill(m, unrolled, t, b);
  CHECK(ur_tape_forward(fused) == UR_OK && ur_tape_backward(fused) == UR_OK);
  CHECK(ur_tape_forward(unrolled) == UR_OK && ur_tape_backward(unrolled) == UR_OK);
  size_t hidden = (size_t)b * (size_t)m->H, scores = (size_t)b * (size_t)m->V,
         embedded = (size_t)b * (size_t)m->E;
  for (int i = 0; i < t; i++) {
    size_t step = (size_t)i;
    check_bits(value(unrolled, step_node(unrolled, "rnn", i, "h")),
               value(fused, ur_tape_find(fused, "h")) + step * hidden, hidden);
    check_bits(value(unrolled, step_node(unrolled, "out", i, "logits")),
               value(fused, ur_tape_find(fused, "logits")) + step * scores, scores);
    check_bits(value(unrolled, step_node(unrolled, "out", i, "J")),
               value(fused, ur_tape_find(fused, "J_t")) + step * (size_t)b, (size_t)b);
    check_close((const float *)ur_tape_grad(fused, ur_tape_find(fused, "e")) + step * embedded,
                ur_tape_grad(unrolled, step_node(unrolled, "in", i, "e")), embedded);
    check_close((const float *)ur_tape_grad(fused, ur_tape_find(fused, "logits")) + step * scores,
                ur_tape_grad(unrolled, step_node(unrolled, "out", i, "logits")), scores);
  }
  check_bits(value(unrolled, ur_tape_find(unrolled, "J")), value(fused, ur_tape_find(fused, "J")), 1);
  CHECK(value(fused, ur_tape_find(fused, "J"))[0] > 0);
  for (int p = 0; p < ur_params_count(m->params); p++) {
    ur_param_view view = ur_params_view(m->params, p);
    check_close((const float *)ur_tape_param_grads(fused) + view.offset,
                (const float *)ur_tape_param_grads(unrolled) + view.offset, view.size);
  }
}

static void check_lowerings(small_rnn m) {
  ur_tape *fused = NULL, *unrolled = NULL;
  ur_tape_options options = {.batch = m.B, .length = m.T, .gradients = 1};
  if (CHECK(small_rnn_params(&m) == UR_OK) && CHECK(small_rnn_fused(&m, &options, &fused) == UR_OK) &&
      CHECK((options.edges = 1) && small_rnn_unrolled(&m, &options, &unrolled) == UR_OK)) {
    compare(&m, fused, unrolled, m.T, m.B);
    compare(&m, fused, unrolled, (m.T + 1) / 2, (m.B + 1) / 2); /* shorter than the capacity */
    compare(&m, fused, unrolled, m.T, m.B);                     /* and back: nothing is left of it */
  }
  ur_tape_free(fused);
  ur_tape_free(unrolled);
  ur_params_free(m.params);
}

/* In double, where the gradients can be trusted to differences. */
static void check_gradients(small_rnn m, int fused) {
  ur_tape *tape = NULL;
  ur_gradcheck result;
  ur_rng stream = ur_rng_stream(9, "check", 0);
  ur_tape_options options = {.dtype = UR_F64, .batch = m.B, .length = m.T, .gradients = 1};
  if (CHECK(small_rnn_params(&m) == UR_OK) &&
      CHECK((fused ? small_rnn_fused : small_rnn_unrolled)(&m, &options, &tape) == UR_OK)) {
    small_rnn_fill(&m, tape, m.T, m.B);
    CHECK(ur_tape_gradcheck(tape, 40, &stream, &result) == UR_OK);
    CHECK(result.checked > 100);
    if (!CHECK(result.worst < 1e-4)) printf("  %g, parameter %d\n", result.worst, result.param);
  }
  ur_tape_free(tape);
  ur_params_free(m.params);
}

static void check_range(const ur_params *params, int param, double limit) {
  ur_param_view view = ur_params_view(params, param);
  const float *x = ur_params_data((ur_params *)params) + view.offset;
  double largest = 0;
  for (size_t i = 0; i < view.size; i++)
    largest = fabs((double)x[i]) > largest ? fabs((double)x[i]) : largest;
  CHECK(largest <= limit && largest > 0.7 * limit);
}

int main(void) {
  static const ur_activation activations[] = {UR_ACT_TANH, UR_ACT_SIGMOID, UR_ACT_RELU};
  static const small_rnn sizes[] = {
      {.T = 1, .B = 1, .E = 1, .H = 1, .V = 2},      {.T = 5, .B = 3, .E = 7, .H = 9, .V = 11},
      {.T = 7, .B = 2, .E = 5, .H = 33, .V = 6},     {.T = 9, .B = 1, .E = 16, .H = 20, .V = 28},
      {.T = 12, .B = 17, .E = 12, .H = 64, .V = 29},
  };
  for (int f = 0; f < 3; f++)
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
      small_rnn m = sizes[s];
      m.f = activations[f];
      TEST("fused and unrolled agree") check_lowerings(m);
      if (s == 1) TEST("gradients against differences") check_gradients(m, 1), check_gradients(m, 0);
    }

  TEST("the beginning is PyTorch's") {
    small_rnn m = {.E = 20, .H = 100, .V = 50};
    CHECK(small_rnn_params(&m) == UR_OK);
    check_range(m.params, m.rnn.W_e, 0.1);
    check_range(m.params, m.rnn.W_h, 0.1);
    check_range(m.params, m.rnn.b_1, 0.1);
    check_range(m.params, m.out.weight, 0.1);
    check_range(m.params, m.out.bias, 0.1);
    ur_param_view table = ur_params_view(m.params, m.table);
    double squares = 0;
    for (size_t i = 0; i < table.size; i++) squares += pow(ur_params_data(m.params)[table.offset + i], 2);
    CHECK_NEAR(squares / (double)table.size, 1, 0.15);
    CHECK(strcmp(ur_params_view(m.params, m.rnn.W_h).name, "W_h") == 0);
    CHECK(strcmp(ur_params_view(m.params, m.out.weight).axes, "VH") == 0);
    ur_params_free(m.params);
  }

  TEST("prefix, scopes and times") {
    ur_params *params = NULL;
    ur_tape *tape = NULL;
    ur_rng stream = ur_rng_stream(1, "init", 0);
    CHECK(ur_params_create(&params) == UR_OK);
    ur_rnn_layer layer = ur_rnn_layer_params(params, "encoder", 2, 3, UR_ACT_TANH);
    CHECK(ur_params_finish(params, &stream) == UR_OK);
    CHECK(strcmp(ur_params_view(params, layer.b_1).name, "encoder.b_1") == 0);
    CHECK(ur_tape_create(&(ur_tape_options){.batch = 1, .length = 2}, params, &tape) == UR_OK);
    int h[2], e[2] = {ur_input(tape, "e", "BE", (int[]){1, 2})},
              h0 = ur_input(tape, "h0", "BH", (int[]){1, 3});
    e[1] = e[0];
    ur_rnn_layer_unrolled(tape, &layer, e, 2, h0, h);
    int after = ur_input(tape, "after", "", NULL);
    CHECK(ur_tape_finish(tape) == UR_OK);
    CHECK(strcmp(ur_tape_node(tape, h[1]).path, "rnn.2.h") == 0 && ur_tape_node(tape, h[1]).time == 2);
    CHECK(ur_tape_node(tape, after).time == 0 && strcmp(ur_tape_node(tape, after).path, "after") == 0);
    ur_tape_free(tape);
    ur_params_free(params);
  }
  return check_done();
}
