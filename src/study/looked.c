/* What a Transformer looks at, and what mattered. */
#include "unroll/looked.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "measure.h"
#include "reading.h"

/* What block l reads, from 1; of L + 1, what the last makes. Blocks are built one after the other. */
static int stream_node(const ur_tape *tape, int l) {
  char scope[24];
  int id = ur_tape_find(tape, "h");
  if (id == UR_NODE_NONE) id = ur_tape_find(tape, "e");
  snprintf(scope, sizeof scope, "blocks.%d.", l - 1);
  for (int i = 0; l > 1 && i < ur_tape_count(tape); i++) {
    const ur_node_view node = ur_tape_node(tape, i);
    if (node.role == UR_ACTIVATION && strncmp(node.path, scope, strlen(scope)) == 0) id = i;
  }
  return id;
}

static int weights_node(const ur_tape *tape, int block) {
  char path[24];
  snprintf(path, sizeof path, "blocks.%d.a", block);
  return ur_tape_find(tape, path);
}

static ur_status room(const ur__batch *batch, int blocks, int heads, ur_looked *out) {
  const size_t T = (size_t)batch->length, L = (size_t)blocks, A = (size_t)heads;
  const size_t cells = L * A * T * T + L * T * T + 2 * T + L + 1;
  out->memory = ur__alloc_array(cells + T, sizeof(float));
  if (out->memory == NULL)
    return ur_fail(UR_E_MEMORY, "", "there is no memory left for what %d heads look at", heads);
  float *at = out->memory;
  out->weights = at, at += L * A * T * T;
  out->rollout = at, at += L * T * T;
  out->times = at, at += T;
  out->sizes = at, at += T;
  out->depth = at, at += L + 1;
  int32_t *tokens = (int32_t *)at;
  memcpy(tokens, ur__batch_tokens(batch, "x"), T * sizeof *tokens);
  out->tokens = tokens;
  out->blocks = blocks, out->heads = heads, out->steps = batch->length;
  return UR_OK;
}

/* out = (half the mean of the heads, and half of what goes past) times what came before. */
static void roll(const ur_looked *looked, int block, int residual, const float *before, float *out) {
  const size_t T = (size_t)looked->steps, A = (size_t)looked->heads;
  const float *weights = looked->weights + (size_t)block * A * T * T;
  for (size_t t = 0; t < T; t++)
    for (size_t s = 0; s < T; s++) {
      double sum = 0;
      for (size_t k = 0; k < T; k++) {
        double mean = 0;
        for (size_t a = 0; a < A; a++) mean += weights[(a * T + t) * T + k];
        mean /= (double)A;
        if (residual) mean = (mean + (k == t)) / 2;
        sum += mean * (before != NULL ? before[k * T + s] : k == s);
      }
      out[t * T + s] = (float)sum;
    }
}

static void read_weights(ur_tape *tape, int residual, ur_looked *out) {
  const size_t T = (size_t)out->steps, one = (size_t)out->heads * T * T;
  float *weights = (float *)out->weights, *rollout = (float *)out->rollout;
  for (int l = 0; l < out->blocks; l++)
    memcpy(weights + (size_t)l * one, ur_tape_value(tape, weights_node(tape, l + 1)), one * sizeof *weights);
  for (int l = 0; l < out->blocks; l++)
    roll(out, l, residual, l > 0 ? rollout + (size_t)(l - 1) * T * T : NULL, rollout + (size_t)l * T * T);
}

/* The logit that is asked for, as a cell of its node. */
static ur_status ask(ur_trainer *trainer, ur_tape *tape, int at, int token, ur_looked *out, size_t *cell) {
  const int V = trainer->net.io.vocabulary, once = ur__answers_once(trainer->model);
  const float *logits = ur_tape_value(tape, ur_tape_find(tape, "logits"));
  out->at = at == 0 || once ? out->steps : at;
  if (at < 0 || at > out->steps)
    return ur_fail(UR_E_ARGUMENT, "", "the text has steps 1 to %d, not %d", out->steps, at);
  if (token < -1 || token >= V) return ur_fail(UR_E_ARGUMENT, "", "there is no token %d", token);
  const int row = once ? 0 : out->at - 1;
  out->token = token >= 0 ? token : ur__net_largest(logits + row * V, V);
  *cell = (size_t)(row * V + out->token);
  out->score = logits[*cell];
  return UR_OK;
}

static void read_inputs(ur_tape *tape, ur_looked *out) {
  const int id = stream_node(tape, 1);
  const ur_node_view node = ur_tape_node(tape, id);
  const size_t D = (size_t)node.shape[node.rank - 1];
  const float *h = ur_tape_value(tape, id), *dh = ur_tape_grad(tape, id);
  for (size_t t = 0; t < (size_t)out->steps; t++, h += D, dh += D) {
    double times = 0, square = 0;
    for (size_t d = 0; d < D; d++) times += (double)h[d] * dh[d], square += (double)dh[d] * dh[d];
    ((float *)out->times)[t] = (float)times;
    ((float *)out->sizes)[t] = (float)sqrt(square);
  }
}

static ur_status look(ur_trainer *trainer, ur_tape *tape, int at, int token, ur_looked *out) {
  size_t cell = 0;
  ur_status status = ur_tape_forward(tape);
  if (status != UR_OK) return status;
  read_weights(tape, ur_setting_get(&trainer->settings, "residual") == 0, out);
  status = ask(trainer, tape, at, token, out, &cell);
  if (status == UR_OK) status = ur_tape_backward_from(tape, ur_tape_find(tape, "logits"), cell);
  if (status == UR_OK) read_inputs(tape, out);
  if (status == UR_OK) status = ur_tape_backward(tape);
  for (int l = 0; l <= out->blocks && status == UR_OK; l++)
    ((float *)out->depth)[l] = (float)ur__gradient_size(tape, stream_node(tape, l + 1));
  return status;
}

ur_status ur_looked_read(ur_trainer *trainer, const char *text, int at, int token, ur_looked *out) {
  const int blocks = (int)ur_setting_get(&trainer->settings, "num_blocks");
  const int heads = (int)ur_setting_get(&trainer->settings, "num_heads");
  ur__batch batch;
  ur_tape *tape = NULL;
  *out = (ur_looked){0};
  if (blocks < 1)
    return ur_fail(UR_E_STATE, "", "%s has no blocks whose heads look at anything", trainer->model->name);
  if (ur__reads_source(trainer->model))
    return ur_fail(UR_E_STATE, "",
                   "%s looks at a source and at what it writes; this is for models of one text",
                   trainer->model->name);
  ur_status status = ur__reading_whole(trainer, text, &batch);
  if (status != UR_OK) return status;
  const ur_tape_options options = {
      .dtype = UR_F32, .batch = 1, .length = batch.length, .source = batch.source, .gradients = 1};
  status = ur__net_tape(&trainer->settings, trainer->net.params, UR__FUSED, &options, &tape);
  if (status == UR_OK) status = ur__net_feed(tape, &batch);
  if (status == UR_OK) status = room(&batch, blocks, heads, out);
  if (status == UR_OK) status = look(trainer, tape, at, token, out);
  ur_tape_free(tape);
  ur__batch_free(&batch);
  if (status != UR_OK) ur_looked_free(out);
  return status;
}

void ur_looked_free(ur_looked *looked) {
  ur__free(looked->memory);
  *looked = (ur_looked){0};
}
