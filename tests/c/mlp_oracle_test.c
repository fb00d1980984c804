/* Feed-forward nets against PyTorch: layers, skips and single wires under every error; values, loss, every
 * gradient and ten updates of Adam, in both lowerings. The fixtures are made by tests/oracle/mlp.py. */
#include "oracle_net.h"

static void put(const ur__safetensors *file, const ur__batch *batch, const char *name) {
  size_t count;
  float *all = numbers(file, "", name, &count);
  memcpy(ur__batch_reals(batch, name), all, count * sizeof *all);
  free(all);
}

static void check_case(const char *name) {
  ur__safetensors file;
  ur__batch batch;
  uint8_t *bytes = open_oracle(name, &file);
  if (!bytes) return;
  const char *task = ur__safetensors_meta(&file, "task");
  const ur__stored *x = ur__safetensors_find(&file, "x");
  const ur_settings settings = settings_of(&file, "mlp", task);
  CHECK(ur__batch_room(ur__task_find(task)->arrays, (int)x->shape[0], 1, 0, &batch) == UR_OK);
  put(&file, &batch, "x");
  put(&file, &batch, "y");
  ur__batch_derive(&batch);
  CHECK(batch.predicted == x->shape[0]);
  const ur__io io = ur__io_of(ur__task_find(task), 0);
  for (int unrolled = 0; unrolled < 2; unrolled++)
    check_net(&file, &settings, &io, &batch, unrolled, (const char *const[]){"y_hat", "J_t", NULL});
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
