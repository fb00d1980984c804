/* What the decoder looks at, step by step. */
#include <string.h>

#include "alloc.h"
#include "decode.h"
#include "reading.h"

static ur_status room(const ur__batch *batch, ur_alignment *out) {
  const size_t S = (size_t)batch->source, T = (size_t)batch->length;
  out->tokens = ur__alloc_array(S + T, sizeof *out->tokens);
  out->weights = ur__alloc_array(S * T, sizeof *out->weights);
  if (out->tokens == NULL || out->weights == NULL)
    return ur_fail(UR_E_MEMORY, "", "there is no memory left for an alignment");
  out->source = batch->source;
  out->length = batch->length;
  out->written = out->tokens + S;
  memcpy(out->tokens, ur__batch_tokens(batch, "source"), S * sizeof *out->tokens);
  memcpy(out->written, ur__batch_tokens(batch, "y"), T * sizeof *out->written);
  return UR_OK;
}

/* Weights over the source in the decoder's step: alpha [1,1,S], or of heads [A,1,1,S]. */
static int looks(const ur_node_view *node) {
  static const char across[] = ".cross.a";
  const size_t size = strlen(node->path), end = sizeof across - 1;
  return strcmp(node->path, "alpha") == 0 || (size > end && strcmp(node->path + size - end, across) == 0);
}

static int looks_at_all(const ur__net *net) {
  int count = 0;
  for (int id = 0; id < ur_tape_count(net->next); id++) {
    const ur_node_view node = ur_tape_node(net->next, id);
    count += node.role == UR_ACTIVATION && looks(&node);
  }
  return count;
}

/* The mean of all of them, which for one is itself. */
static void read_row(const ur__net *net, size_t S, float *row) {
  size_t rows = 0;
  memset(row, 0, S * sizeof *row);
  for (int id = 0; id < ur_tape_count(net->next); id++) {
    const ur_node_view node = ur_tape_node(net->next, id);
    if (node.role != UR_ACTIVATION || !looks(&node)) continue;
    const float *weights = ur_tape_value(net->next, id);
    const size_t heads = node.rank == 4 ? (size_t)node.shape[0] : 1;
    for (size_t i = 0; i < heads * S; i++) row[i % S] += weights[i];
    rows += heads;
  }
  for (size_t s = 0; s < S; s++) row[s] /= (float)rows;
}

static ur_status look(ur__net *net, const ur__batch *batch, ur_alignment *out) {
  const size_t S = (size_t)batch->source;
  ur_status status = ur__net_encode(net, batch);
  for (int t = 0; t < batch->length && status == UR_OK; t++) {
    status = ur__net_decode(net, ur__batch_tokens(batch, "x") + t, 1);
    if (status != UR_OK) break;
    read_row(net, S, out->weights + (size_t)t * S);
    ur_tape_carry_on(net->next);
  }
  return status;
}

ur_status ur_trainer_alignment(ur_trainer *trainer, const char *source, const char *target,
                               ur_alignment *out) {
  ur__batch batch;
  *out = (ur_alignment){0};
  if (!ur__reads_source(trainer->model) || !looks_at_all(&trainer->net))
    return ur_fail(UR_E_STATE, "", "this %s has no attention that could be shown", trainer->model->name);
  ur_status status = target != NULL ? ur__reading_pair(trainer, source, target, &batch)
                                    : ur__reading_of(trainer, source, &batch);
  if (status != UR_OK) return status;
  if (batch.source > trainer->corpus.longest)
    status = ur_fail(UR_E_TEXT, "", "the source has %d tokens; write at most %d", batch.source,
                     trainer->corpus.longest);
  if (status == UR_OK) status = room(&batch, out);
  if (status == UR_OK) status = look(&trainer->net, &batch, out);
  ur__batch_free(&batch);
  if (status != UR_OK) ur_alignment_free(out);
  return status;
}

void ur_alignment_free(ur_alignment *alignment) {
  ur__free(alignment->tokens);
  ur__free(alignment->weights);
  *alignment = (ur_alignment){0};
}
