/* Recurrent nets that read words and give one chance against PyTorch: sequences of their own lengths and of
 * one; values, loss, every gradient and ten updates of Adam. The fixtures are made by
 * tests/oracle/sentiment.py. */
#include "oracle_net.h"
#include "tasks.h"
#include "training.h"

static void check_case(const char *name, int unrolled) {
  ur__safetensors file;
  ur__batch batch;
  uint8_t *bytes = open_oracle(name, &file);
  if (!bytes) return;
  const ur__task *task = ur__task_find("sentiment");
  const ur__stored *tokens = ur__safetensors_find(&file, "tokens");
  const ur_settings settings = settings_of(&file, "classifier", "sentiment");
  const ur__io io = ur__io_of(task, 2 + UR__SENTIMENT_WORDS);
  CHECK(ur__batch_room(task->arrays, (int)tokens->shape[1], (int)tokens->shape[0], 0, &batch) == UR_OK);
  put_tokens(&file, "tokens", &batch, "x");
  size_t count;
  float *y = numbers(&file, "", "y", &count);
  memcpy(ur__batch_reals(&batch, "y"), y, count * sizeof *y);
  free(y);
  ur__batch_derive(&batch);
  CHECK((int)batch.predicted == batch.count);
  check_net(&file, &settings, &io, &batch, unrolled, (const char *const[]){"logits", "y_hat", "J_t", NULL});
  ur__batch_free(&batch);
  ur__safetensors_free(&file);
  free(bytes);
}

int main(void) {
  TEST("lengths of their own") check_case("sentiment_one", 0);
  TEST("one length, fused") check_case("sentiment_even", 0);
  TEST("one length, unrolled")
  check_case("sentiment_even", 1); /* all sequences of an unrolled graph are whole */
  return check_done();
}
