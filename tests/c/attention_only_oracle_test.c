/* Queries, keys and values against PyTorch: of one sentence and of two, scaled and not; values, loss, every
 * gradient and ten updates of Adam, in both lowerings. The fixtures are made by
 * tests/oracle/attention_only.py. */
#include "oracle_net.h"

static void check_case(const char *name) {
  static const char *const values[] = {"head.q", "head.k", "head.v", "head.a", "head.o", "J_t", NULL};
  const ur__task *task = ur__task_find("sentence");
  ur__safetensors file;
  ur__batch batch;
  uint8_t *bytes = open_oracle(name, &file);
  if (!bytes) return;
  const ur__stored *x = ur__safetensors_find(&file, "x"), *keys = ur__safetensors_find(&file, "keys");
  const ur_settings settings = settings_of(&file, "attention_only", "sentence");
  CHECK(ur__batch_room(task->arrays, (int)x->shape[1], (int)x->shape[0], (int)keys->shape[0], &batch) ==
        UR_OK);
  put_tokens(&file, "x", &batch, "x");
  put_tokens(&file, "keys", &batch, "keys");
  put_tokens(&file, "y", &batch, "y");
  ur__batch_derive(&batch);
  CHECK(batch.predicted == x->shape[1]);
  const ur__io io = ur__io_of(task, (int)ur__safetensors_find(&file, "E")->shape[0]);
  for (int unrolled = 0; unrolled < 2; unrolled++) check_net(&file, &settings, &io, &batch, unrolled, values);
  ur__batch_free(&batch);
  ur__safetensors_free(&file);
  free(bytes);
}

int main(void) {
  static const char *const cases[] = {"attention_only_self", "attention_only_plain", "attention_only_cross"};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) TEST(cases[i]) check_case(cases[i]);
  return check_done();
}
