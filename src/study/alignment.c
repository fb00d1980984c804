/* What the decoder looks at, step by step. */
#include <string.h>

#include "alloc.h"
#include "decode.h"
#include "looks.h"
#include "reading.h"

static ur_status no_memory(void) {
  return ur_fail(UR_E_MEMORY, "", "there is no memory left for an alignment");
}

static ur_status room(const ur__batch *batch, ur_alignment *out) {
  const size_t S = (size_t)batch->source, T = (size_t)batch->length;
  out->tokens = ur__alloc_array(S + T, sizeof *out->tokens);
  out->weights = ur__alloc_array(S * T, sizeof *out->weights);
  if (out->tokens == NULL || out->weights == NULL) return no_memory();
  out->source = batch->source;
  out->length = batch->length;
  out->written = out->tokens + S;
  ur__batch_source(batch, out->tokens);
  memcpy(out->written, ur__batch_tokens(batch, "y"), T * sizeof *out->written);
  return UR_OK;
}

/* Of a step the mean of all its looks, which for one is itself. */
static void read_row(const ur__net *net, size_t rows, size_t S, float *looks, float *row) {
  ur__net_look(net, 0, looks);
  memset(row, 0, S * sizeof *row);
  for (size_t i = 0; i < rows * S; i++) row[i % S] += looks[i];
  for (size_t s = 0; s < S; s++) row[s] /= (float)rows;
}

static ur_status look(ur__net *net, const ur__batch *batch, size_t rows, ur_alignment *out) {
  const size_t S = (size_t)batch->source;
  float *looks = ur__alloc_array(rows * S, sizeof *looks);
  if (looks == NULL) return no_memory();
  ur_status status = ur__net_encode(net, batch);
  for (int t = 0; t < batch->length && status == UR_OK; t++) {
    status = ur__net_decode(net, ur__batch_tokens(batch, "x") + t, 1);
    if (status != UR_OK) break;
    read_row(net, rows, S, looks, out->weights + (size_t)t * S);
    ur_tape_carry_on(net->next);
  }
  ur__free(looks);
  return status;
}

ur_status ur_trainer_alignment(ur_trainer *trainer, const char *source, const char *target,
                               ur_alignment *out) {
  ur__batch batch;
  *out = (ur_alignment){0};
  const ur__looks looks = ur__reads_source(trainer->model) ? ur__net_looks(&trainer->net) : (ur__looks){0, 0};
  if (looks.blocks == 0)
    return ur_fail(UR_E_STATE, "", "this %s has no attention that could be shown", trainer->model->name);
  ur_status status = target != NULL ? ur__reading_pair(trainer, source, target, &batch)
                                    : ur__reading_of(trainer, source, &batch);
  if (status != UR_OK) return status;
  if (batch.source > trainer->corpus.longest)
    status = ur_fail(UR_E_TEXT, "", "the source has %d tokens; write at most %d", batch.source,
                     trainer->corpus.longest);
  if (status == UR_OK) status = room(&batch, out);
  if (status == UR_OK) status = look(&trainer->net, &batch, (size_t)looks.blocks * (size_t)looks.heads, out);
  ur__batch_free(&batch);
  if (status != UR_OK) ur_alignment_free(out);
  return status;
}

void ur_alignment_free(ur_alignment *alignment) {
  ur__free(alignment->tokens);
  ur__free(alignment->weights);
  *alignment = (ur_alignment){0};
}
