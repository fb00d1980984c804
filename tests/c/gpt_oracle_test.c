/* The models gpt and encoder against PyTorch, layer by layer: places, heads, their weights, what is inside a
 * feed-forward layer, logits, loss, every gradient and ten updates of AdamW, in both lowerings. The fixtures
 * are made by tests/oracle/gpt.py and encoder.py. */
#include "oracle_net.h"

static void check_case(const char *name) {
  const int encoder = strncmp(name, "encoder", 7) == 0;
  const int patches = strcmp(name, "encoder_patches") == 0, number = strcmp(name, "encoder_number") == 0;
  const ur__task *task = ur__task_find(patches ? "digits" : number ? "days" : encoder ? "order" : "names");
  ur__safetensors file;
  ur__batch batch;
  uint8_t *bytes = open_oracle(name, &file);
  if (!bytes) return;
  const ur__stored *tokens = ur__safetensors_find(&file, "tokens");
  const ur_settings settings = settings_of(&file, encoder ? "encoder" : "gpt", task->name);
  CHECK(ur__batch_room(task->arrays, (int)tokens->shape[1], (int)tokens->shape[0], 0, &batch) == UR_OK);
  if (patches || number) {
    put_reals(&file, "tokens", &batch, "x");
    put_reals(&file, "targets", &batch, "y");
  } else {
    put_tokens(&file, "tokens", &batch, "x");
    put_tokens(&file, "targets", &batch, "y");
  }
  ur__batch_derive(&batch);
  const ur__io io = ur__io_of(task, (int)ur__safetensors_find(&file, "E")->shape[0]);
  const int fed = ur__safetensors_find(&file, "value.blocks.1.inner") != NULL;
  const char *const stream = ur__safetensors_find(&file, "value.h") ? "h" : "e";
  const char *const fused[] = {stream, "blocks.1.a", "blocks.1.o", "logits", fed ? "blocks.1.inner" : NULL,
                               NULL};
  const char *const unrolled[] = {"blocks.1.o", "logits", fed ? "blocks.1.inner" : NULL, NULL};
  const char *const answered[] = {stream, number ? "y_hat" : "logits", NULL};
  check_net(&file, &settings, &io, &batch, 0, encoder ? answered : fused);
  check_net(&file, &settings, &io, &batch, 1, encoder ? answered : unrolled);
  ur__batch_free(&batch);
  ur__safetensors_free(&file);
  free(bytes);
}

int main(void) {
  static const char *const cases[] = {"gpt_learned",    "gpt_waves",    "gpt_paper",       "gpt_bare",
                                      "gpt_seen",       "gpt_parted",   "encoder_waves",   "encoder_learned",
                                      "encoder_beside", "encoder_none", "encoder_patches", "encoder_number"};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) TEST(cases[i]) check_case(cases[i]);
  return check_done();
}
