/* The graphs of the models that learn: what their nodes are called, that both lowerings compute the same, and
 * that padding changes nothing. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alike.h"
#include "check.h"
#include "net_params.h"
#include "net.h"

static int32_t x[6 * 3], y[6 * 3];

/* Three sequences of 5, 3 and 1 letters over a vocabulary of 7. */
static ur__batch three(void) {
  static const int lengths[] = {5, 3, 1};
  ur_rng stream = ur_rng_stream(3, "test", 0);
  for (int b = 0; b < 3; b++) {
    int32_t before = UR__START;
    for (int t = 0; t < 6; t++) {
      const int32_t next = t < lengths[b]    ? (int32_t)ur_rng_below(&stream, 5) + 2
                           : t == lengths[b] ? UR__END
                                             : -1;
      x[t * 3 + b] = before;
      y[t * 3 + b] = next;
      before = next < 0 ? UR__END : next;
    }
  }
  return (ur__batch){
      .arrays = ur__task_find("names")->arrays, .cells = {x, y}, .count = 3, .length = 6, .predicted = 12};
}

static ur_settings small(const char *model) {
  ur_settings settings;
  CHECK(ur_settings_init(&settings, model, "names") == UR_OK);
  CHECK(ur_settings_set(&settings, "embedding_size", "5") == UR_OK);
  CHECK(ur_settings_set(&settings, "hidden_size", "9") == UR_OK);
  return settings;
}

static ur_params *params_of(const ur_settings *settings) {
  return net_params(settings, &(ur__io){.vocabulary = 7});
}

static int node_of(ur_tape *tape, int param) {
  for (int id = 0; id < ur_tape_count(tape); id++) {
    if (ur_tape_node(tape, id).param == param) return id;
  }
  return UR_NODE_NONE;
}

/* The unrolled graph gives the fused one's loss and per-token losses bit for bit, its gradients to 1e-6. */
static void compare_lowerings(const ur_settings *settings, const char *scope) {
  const ur__batch batch = three();
  const ur_tape_options fused_options = {.dtype = UR_F32, .batch = 3, .length = 6, .gradients = 1};
  const ur_tape_options steps_options = {
      .dtype = UR_F32, .batch = 3, .length = 6, .gradients = 1, .edges = 1};
  ur_params *params = params_of(settings);
  ur_tape *fused = NULL, *steps = NULL;
  if (!CHECK(ur__net_tape(settings, params, UR__FUSED, &fused_options, &fused) == UR_OK) ||
      !CHECK(ur__net_tape(settings, params, UR__UNROLLED, &steps_options, &steps) == UR_OK)) {
    printf("       %s\n", ur_last_error()->message);
    return;
  }
  ur_tape *const both[] = {fused, steps};
  for (int i = 0; i < 2; i++) {
    CHECK(ur__net_feed(both[i], &batch) == UR_OK);
    CHECK(ur_tape_forward(both[i]) == UR_OK && ur_tape_backward(both[i]) == UR_OK);
  }
  const float *J = ur_tape_value(fused, ur_tape_find(fused, "J")),
              *J_steps = ur_tape_value(steps, ur_tape_find(steps, "J"));
  const float *J_t = ur_tape_value(fused, ur_tape_find(fused, "J_t"));
  CHECK(memcmp(J, J_steps, sizeof *J) == 0);
  for (int t = 1; t <= 6; t++) {
    char path[64];
    snprintf(path, sizeof path, "%s.%d.J", scope, t);
    const int id = ur_tape_find(steps, path);
    if (CHECK(id != UR_NODE_NONE))
      CHECK(memcmp(ur_tape_value(steps, id), J_t + (t - 1) * 3, 3 * sizeof *J_t) == 0);
  }
  for (int i = 0; i < ur_params_count(params); i++) {
    const ur_param_view view = ur_params_view(params, i);
    CHECK(check_alike(ur_tape_grad(fused, node_of(fused, i)), ur_tape_grad(steps, node_of(steps, i)),
                      view.size, view.name) > 0);
  }
  ur_tape_free(fused);
  ur_tape_free(steps);
  ur_params_free(params);
}

/* A batch padded further gives the same loss and the same gradients, to the bit. */
static void test_padding(const ur_settings *settings) {
  static int32_t long_x[9 * 3], long_y[9 * 3];
  const ur__batch batch = three();
  ur__batch padded = {.arrays = batch.arrays,
                      .cells = {long_x, long_y},
                      .count = 3,
                      .length = 9,
                      .predicted = batch.predicted};
  const ur_tape_options options = {.dtype = UR_F32, .batch = 3, .length = 9, .gradients = 1};
  ur_params *params = params_of(settings);
  ur_tape *tape;
  for (int i = 0; i < 27; i++) {
    long_x[i] = i < 18 ? x[i] : UR__END;
    long_y[i] = i < 18 ? y[i] : -1;
  }
  if (!CHECK(ur__net_tape(settings, params, UR__FUSED, &options, &tape) == UR_OK)) return;
  const size_t n = ur_params_size(params);
  float *first = malloc(n * sizeof *first), loss = 0;
  const ur__batch *const both[] = {&batch, &padded};
  for (int run = 0; run < 2; run++) {
    CHECK(ur__net_feed(tape, both[run]) == UR_OK);
    CHECK(ur_tape_forward(tape) == UR_OK && ur_tape_backward(tape) == UR_OK);
    const float *J = ur_tape_value(tape, ur_tape_find(tape, "J"));
    if (run == 0) loss = *J;
    CHECK(*J == loss);
    for (int i = 0; i < ur_params_count(params); i++) {
      const ur_param_view view = ur_params_view(params, i);
      const float *grad = ur_tape_grad(tape, node_of(tape, i));
      if (run == 0) memcpy(first + view.offset, grad, view.size * sizeof *grad);
      if (!CHECK(memcmp(first + view.offset, grad, view.size * sizeof *grad) == 0))
        printf("       %s\n", view.name);
    }
  }
  free(first);
  ur_tape_free(tape);
  ur_params_free(params);
}

/* The nodes of a step, in the order of the equations. */
static void test_names(void) {
  static const char *const names[] = {"x", "y", "e",  "Wh_h",   "We_e",  "sum",
                                      "a", "h", "Uh", "logits", "y_hat", "J"};
  const ur_settings settings = small("rnn_lm");
  const ur_tape_options options = {.dtype = UR_F32, .batch = 1, .length = 3, .gradients = 1, .edges = 1};
  ur_params *params = params_of(&settings);
  ur_tape *tape;
  if (!CHECK(ur__net_tape(&settings, params, UR__UNROLLED, &options, &tape) == UR_OK)) return;
  int last = -1;
  for (int i = 0; i < 12; i++) {
    char path[64];
    snprintf(path, sizeof path, "rnn.2.%s", names[i]);
    const int id = ur_tape_find(tape, path);
    if (!CHECK(id > last)) printf("       %s\n", path);
    if (id != UR_NODE_NONE) CHECK(ur_tape_node(tape, id).time == 2);
    last = id;
  }
  CHECK(ur_tape_find(tape, "J") > last && ur_tape_find(tape, "rnn.4.h") == UR_NODE_NONE);
  static const char *const params_wanted[] = {"E", "W_e", "W_h", "b_1", "U", "b_2"};
  for (int i = 0; i < 6; i++) CHECK(strcmp(ur_params_view(params, i).name, params_wanted[i]) == 0);
  ur_tape_free(tape);
  ur_params_free(params);
}

/* A step with gates is walked in the moves in which it is told: forget, store, update, output; reset,
 * candidate, update. */
static void test_moves(const char *model, const char *const *names, int count) {
  const ur_settings settings = small(model);
  const ur_tape_options options = {.dtype = UR_F32, .batch = 1, .length = 3, .gradients = 1, .edges = 1};
  ur_params *params = params_of(&settings);
  ur_tape *tape;
  if (!CHECK(ur__net_tape(&settings, params, UR__UNROLLED, &options, &tape) == UR_OK)) return;
  int last = -1;
  for (int i = 0; i < count; i++) {
    char path[64];
    snprintf(path, sizeof path, "rnn.2.%s", names[i]);
    const int id = ur_tape_find(tape, path);
    if (!CHECK(id > last)) printf("       %s\n", path);
    last = id;
  }
  ur_tape_free(tape);
  ur_params_free(params);
}

int main(void) {
  static const char *const activations[] = {"tanh", "sigmoid", "relu"};
  static const char *const lstm[] = {"Wh_h", "We_e", "sum", "a", "f",      "f_c", "i",
                                     "g",    "i_g",  "c",   "o", "tanh_c", "h",   "Uh"};
  static const char *const gru[] = {"Wh_h", "We_e", "We_e_b", "Wh_rz",  "We_rz", "a",
                                    "r",    "Wh_n", "Wh_n_b", "r_Wh_n", "We_n",  "a_n",
                                    "n",    "z",    "not_z",  "new",    "keep",  "h"};
  TEST("names of nodes") { test_names(); }
  TEST("moves of lstm_lm") { test_moves("lstm_lm", lstm, (int)(sizeof lstm / sizeof *lstm)); }
  TEST("moves of gru_lm") { test_moves("gru_lm", gru, (int)(sizeof gru / sizeof *gru)); }
  TEST("lowerings of rnn_lm") {
    for (int i = 0; i < 3; i++) {
      ur_settings settings = small("rnn_lm");
      CHECK(ur_settings_set(&settings, "activation", activations[i]) == UR_OK);
      compare_lowerings(&settings, "rnn");
    }
  }
  TEST("lowerings of window_lm") {
    const ur_settings settings = small("window_lm");
    compare_lowerings(&settings, "window");
  }
  TEST("padding") {
    const ur_settings rnn = small("rnn_lm"), window = small("window_lm");
    test_padding(&rnn);
    test_padding(&window);
  }
  return check_done();
}
