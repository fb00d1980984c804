/* What each draw of a sequence was made of. */
#include "unroll/drawn.h"

#include <math.h>
#include <string.h>

#include "alloc.h"
#include "generate.h"
#include "sampling.h"
#include "vocabulary.h"

typedef struct recorder {
  const ur_sampling *how;
  ur_drawn *out;
  ur_status status;
} recorder;

static ur_status room(int V, ur_drawn *out) {
  const size_t T = UR__SEQUENCE_MAX, cells = T * (size_t)V;
  float *at = out->memory = ur__alloc_array(6 * cells + 2 * T, sizeof *at);
  if (at == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left for the draws of %d tokens", V);
  const float **columns[] = {&out->logits, &out->divided, &out->given, &out->warmed, &out->left};
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) *columns[i] = at, at += cells;
  out->order = (int32_t *)at, at += cells;
  out->tokens = (int32_t *)at, at += T;
  out->u = at;
  out->size = V;
  return UR_OK;
}

static void record(void *state, const ur_trainer *trainer, int at, double u, int32_t token) {
  recorder *r = state;
  ur_drawn *out = r->out;
  const int V = out->size;
  const size_t row = (size_t)at * (size_t)V, bytes = (size_t)V * sizeof(float);
  const float *logits = ur_tape_value(trainer->net.next, ur_tape_find(trainer->net.next, "logits"));
  const double by = r->how->temperature;
  float *given = (float *)out->given + row, *warmed = (float *)out->warmed + row;
  memcpy((float *)out->logits + row, logits, bytes);
  for (int i = 0; i < V; i++)
    ((float *)out->divided)[row + (size_t)i] = by > 0 ? logits[i] * (float)(1 / by) : NAN;
  memcpy(given, trainer->given, bytes);
  memcpy(warmed, given, bytes);
  warmed[UR__START] = 0;
  const ur_status status =
      ur__sampling_steps(r->how, warmed, warmed, (int32_t *)out->order + row, (float *)out->left + row, V);
  if (r->status == UR_OK) r->status = status;
  ((int32_t *)out->tokens)[at] = token;
  ((float *)out->u)[at] = (float)u; /* it has 24 bits */
}

ur_status ur_drawn_read(ur_trainer *trainer, const ur_sampling *how, uint64_t index, const char *prefix,
                        ur_drawn *out) {
  *out = (ur_drawn){0};
  if (trainer->model->counting || trainer->net.encode != NULL)
    return ur_fail(UR_E_STATE, "", "%s has no logits to draw a next token from", trainer->model->name);
  recorder state = {how, out, UR_OK};
  const ur__watcher watcher = {record, &state};
  ur__writing writing;
  ur_status status = room(trainer->corpus.vocabulary_size, out);
  if (status == UR_OK) status = ur__trainer_write(trainer, how, index, prefix, &watcher, &writing);
  if (status == UR_OK) status = state.status;
  if (status == UR_OK) out->steps = writing.count, out->read = writing.read;
  if (status != UR_OK) ur_drawn_free(out);
  return status;
}

void ur_drawn_free(ur_drawn *drawn) {
  ur__free(drawn->memory);
  *drawn = (ur_drawn){0};
}
