#include "reading.h"

#include <string.h>

#include "pairs.h"
#include "unroll/decode.h"
#include "vocabulary.h"

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
  return ur__makes_examples(trainer->task) || trainer->task->kind == UR__PAIRED
             ? ur__example_read(trainer->task, ur__task_values(&trainer->settings), &trainer->corpus, text,
                                UR__SEQUENCE_MAX, out)
             : read_sequence(trainer, text, out);
}

static ur_status open_reading(const ur_trainer *trainer, const char *text, ur__batch *out) {
  *out = (ur__batch){0};
  if (trainer->model->counting)
    return ur_fail(UR_E_STATE, "", "%s only counts; there is no graph to walk", trainer->model->name);
  ur_status status = ur__batch_room(trainer->task->arrays, 1, UR__SEQUENCE_MAX + 1, UR__SEQUENCE_MAX, out);
  if (status == UR_OK) status = read_text(trainer, text, out);
  if (status != UR_OK) ur__batch_free(out);
  return status;
}

/* What is fed in and what should come next, in place of the task's own answer. A guess may not end. */
static void lead_by(const int32_t *target, int count, ur__batch *batch) {
  int32_t *x = ur__batch_tokens(batch, "x"), *y = ur__batch_tokens(batch, "y");
  memcpy(y, target, (size_t)count * sizeof *y);
  x[0] = UR__START;
  memcpy(x + 1, y, (size_t)(count - 1) * sizeof *x);
  batch->length = count;
  ur__batch_derive(batch);
}

static ur_status read_target(ur_trainer *trainer, const char *source, const char *target, int32_t *tokens,
                             int *count) {
  if (target == NULL) return ur_trainer_guess(trainer, source, tokens, count);
  const ur_status status = ur__pair_side(&trainer->corpus, target, UR__SEQUENCE_MAX, tokens, count);
  if (status != UR_OK)
    return ur_fail(status, "target", "of what is written: %.300s", ur_last_error()->message);
  tokens[(*count)++] = UR__END;
  return UR_OK;
}

static ur_status lead(ur_trainer *trainer, const char *source, const char *target, ur__batch *out) {
  int32_t tokens[UR_WRITTEN_MAX];
  int count = 0;
  const ur_status status = read_target(trainer, source, target, tokens, &count);
  if (status == UR_OK)
    lead_by(tokens, count, out);
  else
    ur__batch_free(out);
  return status;
}

ur_status ur__reading_of(ur_trainer *trainer, const char *text, ur__batch *out) {
  const ur_status status = open_reading(trainer, text, out);
  return status == UR_OK && out->length == 0 ? lead(trainer, text, NULL, out) : status;
}

ur_status ur__reading_whole(ur_trainer *trainer, const char *text, ur__batch *out) {
  const ur_status status = ur__reading_of(trainer, text, out);
  if (status != UR_OK || !trainer->corpus.pieces) return status;
  ur__batch_tokens(out, "y")[out->length++] = -1;
  ur__batch_derive(out);
  return UR_OK;
}

ur_status ur__reading_pair(ur_trainer *trainer, const char *source, const char *target, ur__batch *out) {
  *out = (ur__batch){0};
  if (!ur__reads_source(trainer->model))
    return ur_fail(UR_E_STATE, "", "%s reads one text; it has no target", trainer->model->name);
  const ur_status status = open_reading(trainer, source, out);
  return status == UR_OK ? lead(trainer, source, target, out) : status;
}

static ur_status unroll(ur_trainer *trainer, const ur__batch *batch, ur__lowering lowering, ur_dtype dtype,
                        ur_tape **out) {
  const ur_tape_options options = {.dtype = dtype,
                                   .batch = 1,
                                   .length = batch->length,
                                   .source = batch->source,
                                   .gradients = 1,
                                   .edges = 1};
  const ur_status status = ur__net_tape(&trainer->settings, trainer->net.params, lowering, &options, out);
  return status == UR_OK ? ur__net_feed(*out, batch) : status;
}

ur_status ur__reading_unroll(ur_trainer *trainer, const ur__batch *batch, ur__lowering lowering,
                             ur_tape **out) {
  return unroll(trainer, batch, lowering, UR_F32, out);
}

ur_status ur__reading_exact(ur_trainer *trainer, const ur__batch *batch, ur_tape **out) {
  return unroll(trainer, batch, UR__UNROLLED, UR_F64, out);
}
