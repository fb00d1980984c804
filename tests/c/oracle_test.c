/* The recurrent language model against PyTorch: values, loss, every gradient and ten updates of Adam, in both
 * lowerings. The fixtures are made by tests/oracle/generate.py. */
#include "oracle.h"

#define STEPS_MAX 16
#define P         6
static const char *const names[P] = {"E", "W_e", "W_h", "b_1", "U", "b_2"};
static const char *const axes[P] = {"VE", "HE", "HH", "H", "VH", "V"};

typedef struct fixture {
  uint8_t *bytes;
  ur__safetensors file;
  int V, E, H, T, B;
  ur_activation f;
} fixture;

static int open_fixture(const char *name, fixture *fix) {
  fix->bytes = open_oracle(name, &fix->file);
  if (!fix->bytes) return 0;
  const ur__stored *W_e = ur__safetensors_find(&fix->file, "W_e"), *U = ur__safetensors_find(&fix->file, "U");
  const ur__stored *tokens = ur__safetensors_find(&fix->file, "tokens");
  fix->H = (int)W_e->shape[0], fix->E = (int)W_e->shape[1], fix->V = (int)U->shape[0];
  fix->T = (int)tokens->shape[0], fix->B = (int)tokens->shape[1];
  const char *f = ur__safetensors_meta(&fix->file, "activation");
  fix->f = strcmp(f, "tanh") == 0 ? UR_ACT_TANH : strcmp(f, "relu") == 0 ? UR_ACT_RELU : UR_ACT_SIGMOID;
  return 1;
}

typedef struct net {
  ur_params *params;
  ur_tape *tape;
  int T, B, unrolled;
  int tokens[STEPS_MAX], targets[STEPS_MAX], e[STEPS_MAX], h[STEPS_MAX], logits[STEPS_MAX], y_hat[STEPS_MAX];
  int h0, count, loss;
} net;

static int activate(ur_tape *tape, ur_activation f, int z) {
  return f == UR_ACT_TANH   ? ur_tanh(tape, "h", z)
         : f == UR_ACT_RELU ? ur_relu(tape, "h", z)
                            : ur_sigmoid(tape, "h", z);
}

static int build(const fixture *fix, int unrolled, net *out) {
  const int sizes[128] = {['V'] = fix->V, ['E'] = fix->E, ['H'] = fix->H};
  memset(out, 0, sizeof *out);
  out->unrolled = unrolled, out->T = fix->T, out->B = fix->B;
  CHECK(ur_params_create(&out->params) == UR_OK);
  for (int i = 0; i < P; i++) {
    int shape[2] = {sizes[(int)axes[i][0]], axes[i][1] ? sizes[(int)axes[i][1]] : 0};
    ur_params_add(out->params, names[i], axes[i], shape, UR_INIT_ZERO, 0);
  }
  ur_rng stream = ur_rng_stream(1, "init", 0);
  CHECK(ur_params_finish(out->params, &stream) == UR_OK);
  load_params(&fix->file, out->params);

  ur_tape_options options = {
      .dtype = UR_F32, .batch = fix->B, .length = fix->T, .gradients = 1, .edges = unrolled};
  CHECK(ur_tape_create(&options, out->params, &out->tape) == UR_OK);
  ur_tape *tape = out->tape;
  int p[P];
  for (int i = 0; i < P; i++) p[i] = ur_param(tape, i);
  out->h0 = ur_input(tape, "h0", "BH", (int[]){fix->B, fix->H});
  out->count = ur_input(tape, "count", "", NULL);
  const int steps = unrolled ? fix->T : 1;
  int losses[STEPS_MAX], h = out->h0;
  for (int t = 0; t < steps; t++) {
    char scope[16];
    snprintf(scope, sizeof scope, "%d", t + 1);
    ur_scope_push(tape, scope);
    ur_scope_time(tape, unrolled ? t + 1 : 0);
    const char *letters = unrolled ? "B" : "TB";
    const int shape[2] = {unrolled ? fix->B : fix->T, fix->B};
    out->tokens[t] = ur_input_index(tape, "x", letters, shape);
    out->targets[t] = ur_input_index(tape, "y", letters, shape);
    out->e[t] = ur_embedding(tape, "e", p[0], out->tokens[t]);
    if (unrolled) {
      int w = ur_matmul(tape, "We_e", out->e[t], p[1]), a = ur_matmul(tape, "Wh_h", h, p[2]);
      h = activate(tape, fix->f, ur_add(tape, "z", ur_add(tape, "sum", a, w), p[3]));
    } else {
      h = ur_rnn(tape, "h", out->e[t], out->h0, p[1], p[2], p[3], fix->f);
    }
    out->h[t] = h;
    out->logits[t] = ur_add(tape, "logits", ur_matmul(tape, "Uh", h, p[4]), p[5]);
    out->y_hat[t] = unrolled ? ur_softmax(tape, "y_hat", out->logits[t]) : UR_NODE_NONE;
    losses[t] = unrolled ? ur_nll(tape, "J", out->y_hat[t], out->targets[t])
                         : ur_cross_entropy(tape, "J", out->logits[t], out->targets[t]);
    ur_scope_pop(tape);
  }
  ur_scope_time(tape, 0);
  out->loss = ur_mean_loss(tape, "J", losses, steps, out->count);
  if (!CHECK(ur_tape_finish(tape) == UR_OK)) {
    printf("       %s: %s\n", ur_last_error()->node, ur_last_error()->message);
    return 0;
  }

  size_t count;
  float *x = numbers(&fix->file, "", "tokens", &count), *y = numbers(&fix->file, "", "targets", &count),
        *h0 = numbers(&fix->file, "", "h0", &count);
  int predicted = 0;
  for (int t = 0; t < fix->T; t++) {
    int32_t *tokens = ur_tape_value(tape, out->tokens[unrolled ? t : 0]),
            *targets = ur_tape_value(tape, out->targets[unrolled ? t : 0]);
    for (int b = 0; b < fix->B; b++) {
      int at = unrolled ? b : t * fix->B + b;
      tokens[at] = (int32_t)x[t * fix->B + b], targets[at] = (int32_t)y[t * fix->B + b];
      predicted += targets[at] >= 0;
    }
  }
  memcpy(ur_tape_value(tape, out->h0), h0, count * sizeof *h0);
  *(float *)ur_tape_value(tape, out->count) = (float)predicted;
  free(x), free(y), free(h0);
  return 1;
}

/* The nodes of all steps one after the other against a [T,B,...] tensor of the fixture. */
static void check_value(const fixture *fix, const net *net, const char *name, const int *nodes) {
  size_t count;
  float *theirs = numbers(&fix->file, "value.", name, &count);
  if (!theirs) return;
  float *ours = malloc(count * sizeof *ours);
  const int steps = net->unrolled ? net->T : 1;
  for (int t = 0; t < steps; t++)
    memcpy(ours + count / (size_t)steps * (size_t)t, ur_tape_value(net->tape, nodes[t]),
           count / (size_t)steps * sizeof *ours);
  check_norm(name, ours, theirs, count);
  free(ours), free(theirs);
}

static void check_case(const char *name, int unrolled) {
  fixture fix;
  net net;
  if (!open_fixture(name, &fix) || !build(&fix, unrolled, &net)) return;
  size_t count;
  float *loss = numbers(&fix.file, "", "loss", &count);
  CHECK(ur_tape_forward(net.tape) == UR_OK && ur_tape_backward(net.tape) == UR_OK);
  check_norm("loss", ur_tape_value(net.tape, net.loss), loss, 1);
  check_value(&fix, &net, "e", net.e);
  check_value(&fix, &net, "h", net.h);
  check_value(&fix, &net, "logits", net.logits);
  if (unrolled) check_value(&fix, &net, "y_hat", net.y_hat);
  check_gradients(&fix.file, net.params, net.tape);
  check_adam(&fix.file, net.params, net.tape, net.loss);
  free(loss);
  ur_tape_free(net.tape);
  ur_params_free(net.params);
  ur__safetensors_free(&fix.file);
  free(fix.bytes);
}

int main(void) {
  const char *cases[] = {"rnn_tanh", "rnn_sigmoid", "rnn_relu", "rnn_wide"};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    TEST(cases[i]) {
      check_case(cases[i], 0);
      check_case(cases[i], 1);
    }
  }
  return check_done();
}
