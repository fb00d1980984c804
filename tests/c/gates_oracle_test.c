/* LSTM and GRU against PyTorch: one layer and two, one direction and both, sequences of one length and of
 * their own; values, loss, every gradient and ten updates of Adam, in both lowerings. */
#include "oracle.h"
#include "unroll/layers.h"

#define STEPS_MAX 16

typedef struct fixture {
  uint8_t *bytes;
  ur__safetensors file;
  ur_recurrent r;
  int V, T, B;
} fixture;

typedef struct net {
  ur_params *params;
  ur_tape *tape;
  ur_dense out;
  int h[STEPS_MAX], loss;
} net;

static int number(const ur__safetensors *file, const char *key) {
  return atoi(ur__safetensors_meta(file, key));
}

static int open_fixture(const char *name, fixture *fix) {
  *fix = (fixture){0};
  fix->bytes = open_oracle(name, &fix->file);
  if (!fix->bytes) return 0;
  const ur__stored *table = ur__safetensors_find(&fix->file, "E"),
                   *h0 = ur__safetensors_find(&fix->file, "h0"),
                   *tokens = ur__safetensors_find(&fix->file, "tokens");
  fix->V = (int)table->shape[0], fix->T = (int)tokens->shape[0], fix->B = (int)tokens->shape[1];
  fix->r = (ur_recurrent){.cell = strcmp(ur__safetensors_meta(&fix->file, "cell"), "lstm") == 0 ? UR_CELL_LSTM
                                                                                                : UR_CELL_GRU,
                          .input = (int)table->shape[1],
                          .hidden = (int)h0->shape[2],
                          .layers = number(&fix->file, "layers"),
                          .directions = number(&fix->file, "directions")};
  return 1;
}

/* One row of the fixture's [layers * directions, B, H] into the input `name` of that layer and direction. */
static void set_state(const fixture *fix, const net *net, const char *scope, const char *name,
                      const char *tensor) {
  const ur_recurrent *r = &fix->r;
  const size_t n = (size_t)(fix->B * r->hidden);
  size_t count;
  float *all = numbers(&fix->file, "", tensor, &count);
  for (int k = 0; k < r->layers * r->directions; k++) {
    char path[80], layer[24] = "";
    if (r->layers > 1) snprintf(layer, sizeof layer, "layer%d.", k / r->directions + 1);
    snprintf(path, sizeof path, "%s%s%s%s", scope, layer, k % r->directions ? "back." : "", name);
    const int id = ur_tape_find(net->tape, path);
    if (CHECK(id != UR_NODE_NONE)) memcpy(ur_tape_value(net->tape, id), all + (size_t)k * n, n * sizeof *all);
  }
  free(all);
}

static void set_indices(const fixture *fix, const net *net, const char *tensor, const char *name,
                        int unrolled) {
  size_t count;
  float *all = numbers(&fix->file, "", tensor, &count);
  const size_t steps = unrolled ? (size_t)fix->T : 1, cells = count / steps;
  for (size_t t = 0; t < steps; t++) {
    char path[32];
    if (unrolled)
      snprintf(path, sizeof path, "in.%zu.%s", t + 1, name);
    else
      snprintf(path, sizeof path, "%s", name);
    int32_t *value = ur_tape_value(net->tape, ur_tape_find(net->tape, path));
    for (size_t i = 0; i < cells && CHECK(value != NULL); i++) value[i] = (int32_t)all[t * cells + i];
  }
  free(all);
}

static int build(const fixture *fix, int unrolled, net *out) {
  const int T = fix->T, B = fix->B, steps = unrolled ? T : 1, sequence[] = {T, B};
  ur_recurrent r = fix->r;
  *out = (net){0};
  ur_rng stream = ur_rng_stream(1, "init", 0);
  CHECK(ur_params_create(&out->params) == UR_OK);
  const int table = ur_embedding_params(out->params, "E", fix->V, r.input, 1);
  ur_recurrent_params(out->params, &r);
  out->out = ur_dense_params(out->params, "U", "b_2", "VH", fix->V, r.hidden * r.directions);
  CHECK(ur_params_finish(out->params, &stream) == UR_OK);
  load_params(&fix->file, out->params);

  const ur_tape_options options = {.batch = B, .length = T, .gradients = 1, .edges = unrolled};
  CHECK(ur_tape_create(&options, out->params, &out->tape) == UR_OK);
  ur_tape *tape = out->tape;
  int x[STEPS_MAX], y[STEPS_MAX], e[STEPS_MAX], losses[STEPS_MAX];
  const int count = ur_input(tape, "count", "", NULL);
  for (int t = 0; t < steps; t++) {
    char scope[16];
    snprintf(scope, sizeof scope, "in.%d", t + 1);
    if (unrolled) ur_scope_push(tape, scope);
    x[t] = ur_input_index(tape, "x", unrolled ? "B" : "TB", unrolled ? sequence + 1 : sequence);
    y[t] = ur_input_index(tape, "y", unrolled ? "B" : "TB", unrolled ? sequence + 1 : sequence);
    e[t] = ur_embedding(tape, "e", ur_param(tape, table), x[t]);
    if (unrolled) ur_scope_pop(tape);
  }
  const int lengths = ur_input_index(tape, "lengths", "B", &B);
  if (!unrolled) {
    out->h[0] = ur_recurrent_fused(tape, &r, B, e[0], lengths);
  } else if (r.directions == 2) {
    ur_recurrent_both(tape, &r, B, e, T, out->h);
  } else {
    ur_carried carried = ur_recurrent_begin(tape, &r, B);
    for (int t = 0; t < T; t++) {
      char scope[16];
      snprintf(scope, sizeof scope, "rnn.%d", t + 1);
      ur_scope_push(tape, scope);
      out->h[t] = ur_recurrent_step(tape, &r, e[t], &carried);
      ur_scope_pop(tape);
    }
  }
  for (int t = 0; t < steps; t++) {
    char scope[16];
    snprintf(scope, sizeof scope, "out.%d", t + 1);
    if (unrolled) ur_scope_push(tape, scope);
    const int logits = ur_dense_layer(tape, &out->out, "Uh", "logits", out->h[t]);
    losses[t] = unrolled ? ur_nll(tape, "J", ur_softmax(tape, "y_hat", logits), y[t])
                         : ur_cross_entropy(tape, "J_t", logits, y[t]);
    if (unrolled) ur_scope_pop(tape);
  }
  out->loss = ur_mean_loss(tape, "mean", losses, steps, count);
  if (!CHECK(ur_tape_finish(tape) == UR_OK)) {
    printf("       %s: %s\n", ur_last_error()->node, ur_last_error()->message);
    return 0;
  }
  set_indices(fix, out, "tokens", "x", unrolled);
  set_indices(fix, out, "targets", "y", unrolled);
  set_indices(fix, out, "lengths", "lengths", 0);
  set_state(fix, out, unrolled ? "rnn.0." : "", unrolled ? "h" : "h0", "h0");
  if (r.cell == UR_CELL_LSTM) set_state(fix, out, unrolled ? "rnn.0." : "", unrolled ? "c" : "c0", "c0");
  size_t all;
  float *targets = numbers(&fix->file, "", "targets", &all), predicted = 0;
  for (size_t i = 0; i < all; i++) predicted += targets[i] >= 0;
  *(float *)ur_tape_value(tape, count) = predicted;
  free(targets);
  return 1;
}

/* Every step of every sequence that is there; beyond its end theirs is 0. */
static void check_h(const fixture *fix, const net *net, int unrolled) {
  size_t count, ends;
  float *theirs = numbers(&fix->file, "value.", "h", &count),
        *lengths = numbers(&fix->file, "", "lengths", &ends);
  float *our = calloc(count, sizeof *our);
  const size_t n = count / (size_t)(fix->T * fix->B);
  for (int t = 0; t < fix->T; t++)
    for (int b = 0; b < fix->B; b++) {
      const float *from = ur_tape_value(net->tape, net->h[unrolled ? t : 0]);
      if ((float)t < lengths[b])
        memcpy(our + (size_t)(t * fix->B + b) * n, from + (size_t)((unrolled ? 0 : t * fix->B) + b) * n,
               n * sizeof *our);
    }
  check_norm("h", our, theirs, count);
  free(our), free(theirs), free(lengths);
}

/* The last cell state of every layer that reads forwards to the end. */
static void check_c(const fixture *fix, const net *net, int unrolled) {
  const ur_recurrent *r = &fix->r;
  const size_t n = (size_t)(fix->B * r->hidden);
  size_t count;
  if (r->cell != UR_CELL_LSTM) return;
  float *theirs = numbers(&fix->file, "value.", "c_n", &count);
  for (int layer = 0; layer < r->layers && r->directions == 1; layer++) {
    char path[80], name[24] = "";
    if (r->layers > 1) snprintf(name, sizeof name, "layer%d.", layer + 1);
    if (unrolled)
      snprintf(path, sizeof path, "rnn.%d.%sc", fix->T, name);
    else
      snprintf(path, sizeof path, "%sc", name);
    const float *c = ur_tape_value(net->tape, ur_tape_find(net->tape, path));
    if (CHECK(c != NULL))
      check_norm("c_n", c + (unrolled ? 0 : n * (size_t)(fix->T - 1)), theirs + n * (size_t)layer, n);
  }
  free(theirs);
}

static void check_case(const char *name, int unrolled) {
  fixture fix;
  net net;
  size_t count;
  if (!open_fixture(name, &fix)) return;
  if (build(&fix, unrolled, &net)) {
    CHECK(ur_tape_forward(net.tape) == UR_OK && ur_tape_backward(net.tape) == UR_OK);
    float *loss = numbers(&fix.file, "", "loss", &count);
    check_norm("loss", ur_tape_value(net.tape, net.loss), loss, 1);
    free(loss);
    check_h(&fix, &net, unrolled);
    check_c(&fix, &net, unrolled);
    check_gradients(&fix.file, net.params, net.tape);
    check_adam(&fix.file, net.params, net.tape, net.loss);
  }
  ur_tape_free(net.tape);
  ur_params_free(net.params);
  ur__safetensors_free(&fix.file);
  free(fix.bytes);
}

int main(void) {
  const char *cases[] = {"lstm_one", "lstm_two", "lstm_both", "gru_one", "gru_two", "gru_both"};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    TEST(cases[i]) {
      check_case(cases[i], 0);
      check_case(cases[i], 1);
    }
  }
  /* Lengths of their own, which the unrolled graph of one text does not have. */
  TEST("lstm_packed") check_case("lstm_packed", 0);
  TEST("gru_packed") check_case("gru_packed", 0);
  return check_done();
}
