/* Keys and values that are kept, against the same anew for each token. */
#include "unroll/cached.h"

#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "trainer.h"
#include "unroll/steps.h"
#include "vocabulary.h"

/* <start> and the text: as many tokens as it may see at once. */
static ur_status read_tokens(ur_trainer *trainer, const char *text, int32_t *tokens, int *steps) {
  int count = 0;
  if (trainer->model->keeps == NULL)
    return ur_fail(UR_E_STATE, "", "%s keeps nothing of single tokens", trainer->model->name);
  if (!ur__model_keeps(&trainer->settings))
    return ur_fail(UR_E_STATE, "mask",
                   "nothing can be kept where a token looks at those behind it; switch the mask on");
  tokens[0] = UR__START;
  const ur_status status = ur__corpus_encode(&trainer->corpus, text, tokens + 1, UR__SEQUENCE_MAX, &count);
  *steps = count + 1;
  if (status == UR_OK && *steps > trainer->net.window)
    return ur_fail(UR_E_TEXT, "context_size",
                   "the text has %d tokens, its start counted, and %d are seen at once; shorten it", *steps,
                   trainer->net.window);
  return status;
}

static ur_status room(const ur_trainer *trainer, int T, ur_cached *out) {
  const size_t L = (size_t)ur_setting_get(&trainer->settings, "num_blocks"),
               D = (size_t)ur_setting_get(&trainer->settings, "hidden_size"),
               V = (size_t)trainer->corpus.vocabulary_size, t = (size_t)T;
  const size_t floats = 2 * L * t * D + 2 * t * V + 2 * t;
  double *work = out->memory = ur__alloc_array(2 * t + (floats + 1) / 2, sizeof *work);
  if (work == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left for what %d tokens keep", T);
  out->work_kept = work, out->work_anew = work + t;
  float *at = (float *)(work + 2 * t);
  out->keys = at, at += L * t * D;
  out->values = at, at += L * t * D;
  out->kept = at, at += t * V;
  out->anew = at, at += t * V;
  out->apart = at, at += t;
  out->tokens = (int32_t *)at;
  out->steps = T, out->blocks = (int)L, out->width = (int)D, out->size = (int)V;
  return UR_OK;
}

/* k or v of a block, of all tokens so far: [t,D]. */
static const float *kept_of(const ur_trainer *trainer, int block, const char *name) {
  char path[32];
  snprintf(path, sizeof path, "blocks.%d.%s", block + 1, name);
  return ur_tape_value(trainer->net.next, ur_tape_find(trainer->net.next, path));
}

static int differing(const float *a, const float *b, size_t n) {
  int count = 0;
  for (size_t i = 0; i < n; i++) count += memcmp(a + i, b + i, sizeof *a) != 0;
  return count;
}

static ur_status read_kept(ur_trainer *trainer, ur_cached *out) {
  const size_t V = (size_t)out->size, all = (size_t)out->steps * (size_t)out->width;
  ur_status status = UR_OK;
  ur__net_begin(&trainer->net);
  for (int t = 0; t < out->steps && status == UR_OK; t++) {
    status = ur__net_push(&trainer->net, out->tokens[t]);
    if (status == UR_OK)
      memcpy((float *)out->kept + (size_t)t * V, ur__net_probabilities(&trainer->net), V * sizeof(float));
  }
  for (int l = 0; l < out->blocks && status == UR_OK; l++) {
    memcpy((float *)out->keys + (size_t)l * all, kept_of(trainer, l, "k_all"), all * sizeof(float));
    memcpy((float *)out->values + (size_t)l * all, kept_of(trainer, l, "v_all"), all * sizeof(float));
  }
  return status;
}

static ur_status read_anew(ur_trainer *trainer, ur_cached *out) {
  const size_t V = (size_t)out->size, all = (size_t)out->steps * (size_t)out->width;
  ur_status status = UR_OK;
  ur__net_begin(&trainer->net);
  for (int t = 0; t < out->steps; t++) {
    const size_t so_far = (size_t)(t + 1) * (size_t)out->width;
    status = ur__net_push(&trainer->net, out->tokens[t]);
    if (status != UR_OK) return status;
    float *anew = (float *)out->anew + (size_t)t * V;
    memcpy(anew, ur__net_probabilities(&trainer->net), V * sizeof *anew);
    int apart = differing(anew, out->kept + (size_t)t * V, V);
    for (int l = 0; l < out->blocks; l++)
      apart += differing(out->keys + (size_t)l * all, kept_of(trainer, l, "k_all"), so_far) +
               differing(out->values + (size_t)l * all, kept_of(trainer, l, "v_all"), so_far);
    ((float *)out->apart)[t] = (float)apart;
  }
  return status;
}

/* Multiply-adds of a token when `seen` are there and the last `recent` of them are computed. */
static ur_status count(ur_trainer *trainer, int seen, int recent, double *out) {
  const ur_tape_options options = {.dtype = UR_F32, .batch = 1, .length = recent, .source = seen};
  ur_work work[UR_OP_COUNT];
  ur_tape *tape = NULL;
  ur_status status = ur__net_tape(&trainer->settings, trainer->net.params, UR__COUNTED, &options, &tape);
  if (status == UR_OK) status = ur_steps_work(tape, work);
  *out = 0;
  for (int op = 0; op < UR_OP_COUNT && status == UR_OK; op++) *out += (double)work[op].multiply_adds;
  ur_tape_free(tape);
  return status;
}

ur_status ur_cached_read(ur_trainer *trainer, const char *text, ur_cached *out) {
  int32_t tokens[UR__SEQUENCE_MAX + 1];
  int steps = 0;
  *out = (ur_cached){0};
  ur_status status = read_tokens(trainer, text, tokens, &steps);
  if (status == UR_OK) status = room(trainer, steps, out);
  if (status != UR_OK) return status;
  memcpy((int32_t *)out->tokens, tokens, (size_t)steps * sizeof *tokens);
  const int keeps = trainer->net.keeps;
  ur_trainer_keep(trainer, 1);
  status = read_kept(trainer, out);
  ur_trainer_keep(trainer, 0);
  if (status == UR_OK) status = read_anew(trainer, out);
  ur_trainer_keep(trainer, keeps);
  for (int t = 0; t < steps && status == UR_OK; t++) {
    status = count(trainer, t + 1, 1, (double *)out->work_kept + t);
    if (status == UR_OK) status = count(trainer, t + 1, t + 1, (double *)out->work_anew + t);
  }
  if (status != UR_OK) ur_cached_free(out);
  return status;
}

void ur_cached_free(ur_cached *cached) {
  ur__free(cached->memory);
  *cached = (ur_cached){0};
}

ur_status ur_cached_run(ur_trainer *trainer, const char *text, int keep, int times) {
  int32_t tokens[UR__SEQUENCE_MAX + 1];
  int steps = 0;
  ur_status status = read_tokens(trainer, text, tokens, &steps);
  const int keeps = trainer->net.keeps;
  ur_trainer_keep(trainer, keep);
  for (int i = 0; i < times && status == UR_OK; i++) {
    ur__net_begin(&trainer->net);
    for (int t = 0; t < steps && status == UR_OK; t++) status = ur__net_push(&trainer->net, tokens[t]);
  }
  ur_trainer_keep(trainer, keeps);
  return status;
}
