/* Encoder and decoder against PyTorch: every score, states of one direction and both, sources of their own
 * lengths; weights, logits, loss, every gradient and ten updates of Adam. Unrolled too where that is right at
 * mixed lengths: in one direction. */
#include "oracle_net.h"

static void check_case(const char *name) {
  static const char *const keys[] = {"cell",       "attention",      "num_layers",
                                     "directions", "embedding_size", "hidden_size"};
  ur__safetensors file;
  ur__batch batch;
  ur_settings settings;
  uint8_t *bytes = open_oracle(name, &file);
  if (!bytes) return;
  CHECK(ur_settings_init(&settings, "seq2seq", "reverse") == UR_OK);
  for (int i = 0; i < 6; i++)
    CHECK(ur_settings_set(&settings, keys[i], ur__safetensors_meta(&file, keys[i])) == UR_OK);
  const ur__stored *source = ur__safetensors_find(&file, "source"),
                   *tokens = ur__safetensors_find(&file, "tokens"), *E = ur__safetensors_find(&file, "E");
  CHECK(ur__batch_room(ur__task_find("reverse")->arrays, (int)tokens->shape[1], (int)tokens->shape[0],
                       (int)source->shape[0], &batch) == UR_OK);
  put_tokens(&file, "source", &batch, "source");
  put_tokens(&file, "tokens", &batch, "x");
  put_tokens(&file, "targets", &batch, "y");
  ur__batch_derive(&batch);
  const ur__io io = {.vocabulary = (int)E->shape[0]};
  const int looks = ur_setting_get(&settings, "attention") > 0;
  check_net(&file, &settings, &io, &batch, 0, (const char *const[]){"logits", looks ? "alpha" : NULL, NULL});
  if (ur_setting_get(&settings, "directions") == 1)
    check_net(&file, &settings, &io, &batch, 1, (const char *const[]){NULL});
  ur__batch_free(&batch);
  ur__safetensors_free(&file);
  free(bytes);
}

int main(void) {
  static const char *const cases[] = {"coder_none",    "coder_dot",      "coder_scaled",
                                      "coder_general", "coder_additive", "coder_both"};
  for (int i = 0; i < 6; i++) TEST(cases[i]) {
      check_case(cases[i]);
    }
  return check_done();
}
