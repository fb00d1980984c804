#include "reading.h"

#include <string.h>

/* <start> c_1 ... c_n, and what comes next at each; a piece of a text does not end. */
static ur_status read_sequence(const ur_trainer *trainer, const char *text, ur__reading *out) {
  int n = 0;
  const ur_status status = ur__corpus_encode(&trainer->corpus, text, out->y, UR__SEQUENCE_MAX, &n);
  if (status != UR_OK) return status;
  if (n == 0) return ur_fail(UR_E_TEXT, "", "the text is empty; write at least one character");
  memcpy(out->x + 1, out->y, (size_t)n * sizeof *out->x);
  out->x[0] = UR__START;
  out->y[n] = UR__END;
  out->batch.count = 1;
  out->batch.length = trainer->corpus.pieces ? n : n + 1;
  out->batch.predicted = (uint32_t)out->batch.length;
  return UR_OK;
}

ur_status ur__reading_of(const ur_trainer *trainer, const char *text, ur__reading *out) {
  out->batch = (ur__batch){
      .x = out->x, .y = out->y, .lengths = out->lengths, .features = out->features, .numbers = out->numbers};
  if (trainer->model->counting)
    return ur_fail(UR_E_STATE, "", "%s only counts; there is no graph to walk", trainer->model->name);
  if (trainer->model->whole)
    return ur__example_read(trainer->task, &trainer->corpus, text, UR__SEQUENCE_MAX, &out->batch);
  return read_sequence(trainer, text, out);
}

ur_status ur__reading_unroll(ur_trainer *trainer, const ur__reading *reading, ur__lowering lowering,
                             ur_tape **out) {
  const ur_tape_options options = {
      .dtype = UR_F32, .batch = 1, .length = reading->batch.length, .gradients = 1, .edges = 1};
  const ur_status status = ur__net_tape(&trainer->settings, trainer->net.params, lowering, &options, out);
  return status == UR_OK ? ur__net_feed(*out, &reading->batch) : status;
}
