/* Queries, keys and values against PyTorch: of one sentence and of two, scaled and not; values, loss, every
 * gradient and ten updates of Adam, in both lowerings. The fixtures are made by
 * tests/oracle/attention_only.py. */
#include "oracle_net.h"

static void put(const ur__safetensors *file, const ur__batch *batch, const char *name) {
  size_t count;
  float *all = numbers(file, "", name, &count);
  for (size_t i = 0; i < count; i++) ur__batch_tokens(batch, name)[i] = (int32_t)all[i];
  free(all);
}

static void check_case(const char *name) {
  static const char *const values[] = {"head.q", "head.k", "head.v", "head.a", "head.o", "J_t", NULL};
  const ur__task *task = ur__task_find("sentence");
  ur__safetensors file;
  ur__batch batch;
  ur_settings settings;
  char key[32], value[32];
  int used;
  uint8_t *bytes = open_oracle(name, &file);
  if (!bytes) return;
  const ur__stored *x = ur__safetensors_find(&file, "x"), *keys = ur__safetensors_find(&file, "keys");
  CHECK(ur_settings_init(&settings, "attention_only", "sentence") == UR_OK);
  for (const char *text = ur__safetensors_meta(&file, "settings");
       sscanf(text, " %31[^=]=%31s%n", key, value, &used) == 2; text += used)
    CHECK(ur_settings_set(&settings, key, value) == UR_OK);
  CHECK(ur__batch_room(task->arrays, (int)x->shape[1], (int)x->shape[0], (int)keys->shape[0], &batch) ==
        UR_OK);
  put(&file, &batch, "x");
  put(&file, &batch, "keys");
  put(&file, &batch, "y");
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
