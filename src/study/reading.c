#include "reading.h"

#include <string.h>

/* <start> c_1 ... c_n, and what comes next at each; a piece of a text does not end. */
static ur_status read_sequence(const ur_trainer *trainer, const char *text, ur__batch *out) {
  int32_t *x = ur__batch_tokens(out, "x"), *y = ur__batch_tokens(out, "y");
  int n = 0;
  const ur_status status = ur__corpus_encode(&trainer->corpus, text, y, UR__SEQUENCE_MAX, &n);
  if (status != UR_OK) return status;
  if (n == 0) return ur_fail(UR_E_TEXT, "", "the text is empty; write at least one character");
  memcpy(x + 1, y, (size_t)n * sizeof *x);
  x[0] = UR__START;
  y[n] = UR__END;
  out->length = trainer->corpus.pieces ? n : n + 1;
  ur__batch_derive(out);
  return UR_OK;
}

static ur_status read_text(const ur_trainer *trainer, const char *text, ur__batch *out) {
  return ur__makes_examples(trainer->task)
             ? ur__example_read(trainer->task, &trainer->corpus, text, UR__SEQUENCE_MAX, out)
             : read_sequence(trainer, text, out);
}

ur_status ur__reading_of(const ur_trainer *trainer, const char *text, ur__batch *out) {
  *out = (ur__batch){0};
  if (trainer->model->counting)
    return ur_fail(UR_E_STATE, "", "%s only counts; there is no graph to walk", trainer->model->name);
  ur_status status = ur__batch_room(trainer->task->arrays, 1, UR__SEQUENCE_MAX + 1, UR__SEQUENCE_MAX, out);
  if (status == UR_OK) status = read_text(trainer, text, out);
  if (status != UR_OK) ur__batch_free(out);
  return status;
}

ur_status ur__reading_unroll(ur_trainer *trainer, const ur__batch *batch, ur__lowering lowering,
                             ur_tape **out) {
  const ur_tape_options options = {.dtype = UR_F32,
                                   .batch = 1,
                                   .length = batch->length,
                                   .source = batch->source,
                                   .gradients = 1,
                                   .edges = 1};
  const ur_status status = ur__net_tape(&trainer->settings, trainer->net.params, lowering, &options, out);
  return status == UR_OK ? ur__net_feed(*out, batch) : status;
}
