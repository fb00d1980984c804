/* The model transformer against PyTorch's own layers, layer by layer: what each block of encoder and decoder
 * makes, what the first attention across looks at, logits, loss, every gradient and ten updates of AdamW, in
 * both lowerings. The fixtures are made by tests/oracle/transformer.py. */
#include "oracle_net.h"

/* What a block of the encoder makes of what is no padding; the fixture has zeros in the place of the rest. */
static void check_encoder(const ur__safetensors *file, const ur_settings *settings, const ur__io *io,
                          const ur__batch *batch, const char *node) {
  const ur_tape_options options = {
      .dtype = UR_F32, .batch = batch->count, .length = batch->length, .source = batch->source};
  ur_params *params = params_of(file, settings, io);
  ur_tape *tape = NULL;
  size_t count;
  CHECK(ur__net_tape(settings, params, UR__FUSED, &options, &tape) == UR_OK);
  CHECK(ur__net_feed(tape, batch) == UR_OK && ur_tape_forward(tape) == UR_OK);
  float *theirs = numbers(file, "value.", node, &count);
  float *ours = ur_tape_value(tape, ur_tape_find(tape, node));
  if (theirs && CHECK(ours != NULL)) {
    const size_t B = (size_t)batch->count, D = count / B / (size_t)batch->source;
    for (size_t i = 0; i < count; i++)
      if (i / D / B >= (size_t)batch->source_lengths[i / D % B]) ours[i] = 0;
    check_norm(node, ours, theirs, count);
  }
  free(theirs);
  ur_tape_free(tape);
  ur_params_free(params);
}

/* The fixture's numbers as the source. */
static void put_pictures(const ur__safetensors *file, const ur__batch *batch) {
  size_t count;
  float *all = numbers(file, "", "source", &count);
  if (all != NULL) memcpy(ur__batch_reals(batch, "source"), all, count * sizeof *all);
  free(all);
}

/* task: reverse for tokens, caption for pictures. */
static void check_case(const char *name, const char *read) {
  const ur__task *task = ur__task_find(read);
  ur__safetensors file;
  ur__batch batch;
  uint8_t *bytes = open_oracle(name, &file);
  if (!bytes) return;
  const ur__stored *tokens = ur__safetensors_find(&file, "tokens"),
                   *source = ur__safetensors_find(&file, "source");
  const ur_settings settings = settings_of(&file, "transformer", task->name);
  CHECK(ur__batch_room(task->arrays, (int)tokens->shape[1], (int)tokens->shape[0], (int)source->shape[0],
                       &batch) == UR_OK);
  if (task->arrays[0].real)
    put_pictures(&file, &batch);
  else
    put_tokens(&file, "source", &batch, "source");
  put_tokens(&file, "tokens", &batch, "x");
  put_tokens(&file, "targets", &batch, "y");
  ur__batch_derive(&batch);
  const ur__io io = ur__io_of(task, (int)ur__safetensors_find(&file, "E")->shape[0]);
  const int post = ur_setting_get(&settings, "norm") == UR_NORM_POST;
  const char *const made = post ? "decoder.1.norm_2" : "decoder.1.out";
  const int looks = ur__safetensors_find(&file, "value.decoder.1.cross.a") != NULL;
  check_net(&file, &settings, &io, &batch, 0,
            (const char *const[]){"logits", made, looks ? "decoder.1.cross.a" : NULL, NULL});
  check_net(&file, &settings, &io, &batch, 1, (const char *const[]){"logits", made, NULL});
  const int blocks =
      ur_setting_get(&settings, "encoder") == 0 ? (int)ur_setting_get(&settings, "num_blocks") : 0;
  for (int b = 1; b <= blocks; b++) {
    char node[32];
    snprintf(node, sizeof node, "encoder.%d.%s", b, post ? "norm_2" : "out");
    check_encoder(&file, &settings, &io, &batch, node);
  }
  ur__batch_free(&batch);
  ur__safetensors_free(&file);
  free(bytes);
}

int main(void) {
  static const char *const cases[] = {"transformer_waves", "transformer_post", "transformer_none",
                                      "transformer_beside"};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) TEST(cases[i]) check_case(cases[i], "reverse");
  TEST("transformer_patches") check_case("transformer_patches", "caption");
  TEST("transformer_pictures") check_case("transformer_pictures", "caption");
  return check_done();
}
