/* Feed-forward nets against PyTorch: layers, skips and single wires under every error; values, loss, every
 * gradient and ten updates of Adam, in both lowerings. The fixtures are made by tests/oracle/mlp.py. */
#include "net.h"
#include "oracle.h"

static void set_all(ur_settings *settings, const char *text) {
  char key[32], value[32];
  int used;
  for (; sscanf(text, " %31[^=]=%31s%n", key, value, &used) == 2; text += used)
    if (!CHECK(ur_settings_set(settings, key, value) == UR_OK))
      printf("       %s\n", ur_last_error()->message);
}

static void put(const ur__safetensors *file, const ur__batch *batch, const char *name) {
  size_t count;
  float *all = numbers(file, "", name, &count);
  memcpy(ur__batch_reals(batch, name), all, count * sizeof *all);
  free(all);
}

static void compare(const ur__safetensors *file, const char *name, ur_tape *tape) {
  size_t count;
  float *theirs = numbers(file, "value.", name, &count);
  check_norm(name, ur_tape_value(tape, ur_tape_find(tape, name)), theirs, count);
  free(theirs);
}

static void check_run(const ur__safetensors *file, const ur_settings *settings, const ur__batch *batch,
                      int unrolled) {
  const ur__io io = ur__io_of(ur__task_find(settings->task), 0);
  const ur_tape_options options = {.batch = batch->count, .length = 1, .gradients = 1, .edges = unrolled};
  ur_rng stream = ur_rng_stream(1, "init", 0);
  ur_params *params = NULL;
  ur_tape *tape = NULL;
  size_t count;
  CHECK(ur_params_create(&params) == UR_OK);
  ur__model_find("mlp")->declare(ur__model_values(settings), &io, params);
  CHECK(ur_params_finish(params, &stream) == UR_OK);
  load_params(file, params);
  if (CHECK(ur__net_tape(settings, params, unrolled ? UR__UNROLLED : UR__FUSED, &options, &tape) == UR_OK) &&
      CHECK(ur__net_feed(tape, batch) == UR_OK)) {
    CHECK(ur_tape_forward(tape) == UR_OK && ur_tape_backward(tape) == UR_OK);
    const int J = ur_tape_find(tape, "J");
    float *loss = numbers(file, "", "loss", &count);
    check_norm("loss", ur_tape_value(tape, J), loss, 1);
    free(loss);
    compare(file, "y_hat", tape);
    compare(file, "J_t", tape);
    check_gradients(file, params, tape);
    check_adam(file, params, tape, J);
  } else {
    printf("       %s\n", ur_last_error()->message);
  }
  ur_tape_free(tape);
  ur_params_free(params);
}

static void check_case(const char *name) {
  ur__safetensors file;
  ur__batch batch;
  ur_settings settings;
  uint8_t *bytes = open_oracle(name, &file);
  if (!bytes) return;
  const char *task = ur__safetensors_meta(&file, "task");
  const ur__stored *x = ur__safetensors_find(&file, "x");
  CHECK(ur_settings_init(&settings, "mlp", task) == UR_OK);
  set_all(&settings, ur__safetensors_meta(&file, "settings"));
  CHECK(ur__batch_room(ur__task_find(task)->arrays, (int)x->shape[0], 1, 0, &batch) == UR_OK);
  put(&file, &batch, "x");
  put(&file, &batch, "y");
  ur__batch_derive(&batch);
  CHECK(batch.predicted == x->shape[0]);
  check_run(&file, &settings, &batch, 0);
  check_run(&file, &settings, &batch, 1);
  ur__batch_free(&batch);
  ur__safetensors_free(&file);
  free(bytes);
}

int main(void) {
  static const char *const cases[] = {"mlp_curve",    "mlp_squares", "mlp_bernoulli",
                                      "mlp_binaries", "mlp_softmax", "mlp_drawn"};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) TEST(cases[i]) check_case(cases[i]);
  return check_done();
}
