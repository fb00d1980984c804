/* Encoder and decoder against PyTorch: every score, states of one direction and both, sources of their own
 * lengths; weights, logits, loss, every gradient and ten updates of Adam. Unrolled too where that is right at
 * mixed lengths: in one direction. */
#include "net.h"
#include "oracle.h"

/* The tensor `from` of the fixture as the tokens of an array. */
static void put(const ur__safetensors *file, const char *from, const ur__batch *batch, const char *name) {
  size_t count;
  float *all = numbers(file, "", from, &count);
  for (size_t i = 0; i < count; i++) ur__batch_tokens(batch, name)[i] = (int32_t)all[i];
  free(all);
}

static void compare(const ur__safetensors *file, const char *name, const float *ours) {
  size_t count;
  float *theirs = numbers(file, "value.", name, &count);
  if (theirs && CHECK(ours != NULL)) check_norm(name, ours, theirs, count);
  free(theirs);
}

static void check_run(const ur__safetensors *file, const ur_settings *settings, const ur__batch *batch, int V,
                      int unrolled) {
  const ur_tape_options options = {.batch = batch->count,
                                   .length = batch->length,
                                   .source = batch->source,
                                   .gradients = 1,
                                   .edges = unrolled};
  ur_rng stream = ur_rng_stream(1, "init", 0);
  ur_params *params = NULL;
  ur_tape *tape = NULL;
  size_t count;
  CHECK(ur_params_create(&params) == UR_OK);
  ur__model_find("seq2seq")->declare(ur__model_values(settings), &(ur__io){.vocabulary = V}, params);
  CHECK(ur_params_finish(params, &stream) == UR_OK);
  load_params(file, params);
  if (CHECK(ur__net_tape(settings, params, unrolled ? UR__UNROLLED : UR__FUSED, &options, &tape) == UR_OK) &&
      CHECK(ur__net_feed(tape, batch) == UR_OK)) {
    CHECK(ur_tape_forward(tape) == UR_OK && ur_tape_backward(tape) == UR_OK);
    const int J = ur_tape_find(tape, "J");
    float *loss = numbers(file, "", "loss", &count);
    check_norm("loss", ur_tape_value(tape, J), loss, 1);
    free(loss);
    if (!unrolled) {
      compare(file, "logits", ur_tape_value(tape, ur_tape_find(tape, "logits")));
      if (ur_setting_get(settings, "attention") > 0)
        compare(file, "alpha", ur_tape_value(tape, ur_tape_find(tape, "alpha")));
    }
    check_gradients(file, params, tape);
    check_adam(file, params, tape, J);
  } else {
    printf("       %s\n", ur_last_error()->message);
  }
  ur_tape_free(tape);
  ur_params_free(params);
}

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
  put(&file, "source", &batch, "source");
  put(&file, "tokens", &batch, "x");
  put(&file, "targets", &batch, "y");
  ur__batch_derive(&batch);
  check_run(&file, &settings, &batch, (int)E->shape[0], 0);
  if (ur_setting_get(&settings, "directions") == 1) check_run(&file, &settings, &batch, (int)E->shape[0], 1);
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
