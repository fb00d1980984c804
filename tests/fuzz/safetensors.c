/* Weights and snapshots from outside: read, then used. Whatever is refused is refused with a sentence. */
#include "fuzz.h"
#include "safetensors.h"
#include "unroll/pytorch.h"
#include "unroll/train.h"

static const char corpus[] = "abacab\nbadge\nface\ncab\ndeaf\n";

static void use(ur_trainer *trainer) {
  const ur_sampling how = {.temperature = 1, .top_p = 1};
  ur_buffer text = {0}, saved = {0};
  ur_step_report report;
  ur_params *params = ur_trainer_params(trainer);
  if (params != NULL && ur_params_size(params) > 4096) return; /* right, but slow */
  const ur_status status = ur_trainer_sample(trainer, &how, 0, "", &text);
  MUST(status == UR_OK || status == UR_E_NUMBER || status == UR_E_STATE);
  (void)ur_trainer_step(trainer, &report);
  MUST(ur_trainer_save(trainer, 1, &saved) == UR_OK);
  ur_buffer_free(&text);
  ur_buffer_free(&saved);
}

/* The same bytes as PyTorch's, whose vocabulary is either in them or this one. */
static void open_pytorch(ur_bytes file) {
  static const char symbols[] = "[\"\\n\",\"a\",\"b\",\"c\"]";
  ur_pytorch_how how = {0};
  ur_buffer out = {0};
  ur_tensors_read told;
  for (int given = 0; given < 2; given++) {
    if (given) how.vocabulary = (ur_bytes){(const uint8_t *)symbols, sizeof symbols - 1};
    const ur_status status = ur_pytorch_read(file, &how, &told, &out);
    ur_trainer *trainer = NULL;
    if (status != UR_OK)
      MUST(ur_last_error()->message[0] != 0);
    else
      MUST(ur_trainer_load((ur_bytes){out.data, out.size}, (ur_bytes){NULL, 0}, &trainer) == UR_OK);
    ur_trainer_free(trainer);
    ur_buffer_free(&out);
    out = (ur_buffer){0};
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const ur_bytes file = {data, size}, text = {(const uint8_t *)corpus, sizeof corpus - 1};
  ur__safetensors tensors;
  if (ur__safetensors_read(file, &tensors) == UR_OK)
    ur__safetensors_free(&tensors);
  else
    MUST(ur_last_error()->message[0] != 0);
  if (ur_is_pytorch(file)) open_pytorch(file);
  ur_trainer *trainer = NULL;
  const ur_status status = ur_trainer_load(file, text, &trainer);
  MUST((status == UR_OK) == (trainer != NULL));
  if (status == UR_OK)
    use(trainer);
  else
    MUST(ur_last_error()->message[0] != 0);
  ur_trainer_free(trainer);
  return 0;
}
