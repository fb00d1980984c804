/* tests/c/small_rnn.h: one language model in both lowerings, over the layers. */
#ifndef UNROLL_TESTS_SMALL_RNN_H
#define UNROLL_TESTS_SMALL_RNN_H

#include "unroll/layers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STEPS 12 /* at most */

typedef struct small_rnn {
  int T, B, E, H, V;
  ur_activation f;
  ur_params *params;
  int table;
  ur_rnn_layer rnn;
  ur_dense out;
} small_rnn;

static inline ur_status small_rnn_params(small_rnn *m) {
  ur_rng stream = ur_rng_stream(7, "init", 0);
  ur_status status = ur_params_create(&m->params);
  if (status != UR_OK) return status;
  m->table = ur_embedding_params(m->params, "E", m->V, m->E, 1);
  m->rnn = ur_rnn_layer_params(m->params, "", m->E, m->H, m->f);
  m->out = ur_dense_params(m->params, "U", "b_2", "VH", m->V, m->H);
  return ur_params_finish(m->params, &stream);
}

/* x, y [T,B]; nodes e, h, logits, J_t, J. */
static inline ur_status small_rnn_fused(const small_rnn *m, const ur_tape_options *options, ur_tape **tape) {
  *tape = NULL;
  ur_status status = ur_tape_create(options, m->params, tape);
  if (status != UR_OK) return status;
  ur_tape *t = *tape;
  int x = ur_input_index(t, "x", "TB", (int[]){m->T, m->B}),
      y = ur_input_index(t, "y", "TB", (int[]){m->T, m->B});
  int h0 = ur_input(t, "h0", "BH", (int[]){m->B, m->H}), count = ur_input(t, "count", "", NULL);
  int e = ur_embedding(t, "e", ur_param(t, m->table), x);
  int h = ur_rnn_layer_fused(t, &m->rnn, "h", e, h0);
  int losses = ur_cross_entropy(t, "J_t", ur_dense_layer(t, &m->out, "Uh", "logits", h), y);
  ur_mean_loss(t, "J", &losses, 1, count);
  return ur_tape_finish(t);
}

/* Every step t: in.t.x, in.t.y [B]; in.t.e, rnn.t.h, out.t.logits, out.t.y_hat, out.t.J; the mean J. */
static inline ur_status small_rnn_unrolled(const small_rnn *m, const ur_tape_options *options,
                                           ur_tape **tape) {
  *tape = NULL;
  ur_status status = ur_tape_create(options, m->params, tape);
  if (status != UR_OK) return status;
  ur_tape *t = *tape;
  int y[STEPS], e[STEPS], h[STEPS], losses[STEPS];
  int h0 = ur_input(t, "h0", "BH", (int[]){m->B, m->H}), count = ur_input(t, "count", "", NULL);
  char scope[16];
  for (int i = 0; i < m->T; i++) {
    snprintf(scope, sizeof scope, "in.%d", i + 1);
    ur_scope_push(t, scope);
    ur_scope_time(t, i + 1);
    int x = ur_input_index(t, "x", "B", &m->B);
    y[i] = ur_input_index(t, "y", "B", &m->B);
    e[i] = ur_embedding(t, "e", ur_param(t, m->table), x);
    ur_scope_pop(t);
  }
  ur_rnn_layer_unrolled(t, &m->rnn, e, m->T, h0, h);
  for (int i = 0; i < m->T; i++) {
    snprintf(scope, sizeof scope, "out.%d", i + 1);
    ur_scope_push(t, scope);
    ur_scope_time(t, i + 1);
    int logits = ur_dense_layer(t, &m->out, "Uh", "logits", h[i]);
    losses[i] = ur_nll(t, "J", ur_softmax(t, "y_hat", logits), y[i]);
    ur_scope_pop(t);
  }
  ur_scope_time(t, 0);
  ur_mean_loss(t, "J", losses, m->T, count);
  return ur_tape_finish(t);
}

/* The node of step i (from 0) in an unrolled tape: "rnn", 0, "h" is rnn.1.h. */
static inline int step_node(const ur_tape *tape, const char *scope, int i, const char *name) {
  char path[48];
  snprintf(path, sizeof path, "%s.%d.%s", scope, i + 1, name);
  return ur_tape_find(tape, path);
}

/* Sets tokens, targets (every fifth ignored), a state and the count for T steps of B sequences; either
 * lowering. */
static inline void small_rnn_fill(const small_rnn *m, ur_tape *tape, int T, int B) {
  ur_rng stream = ur_rng_stream(8, "data", 0);
  int x = ur_tape_find(tape, "x"), y = ur_tape_find(tape, "y"), counted = 0;
  for (int t = 0; t < T; t++)
    for (int b = 0; b < B; b++) {
      int32_t token = (int32_t)ur_rng_below(&stream, (uint32_t)m->V);
      int32_t target = (t * B + b) % 5 == 4 ? -1 : (int32_t)ur_rng_below(&stream, (uint32_t)m->V);
      counted += target >= 0;
      int at = x >= 0 ? t * B + b : b;
      ((int32_t *)ur_tape_value(tape, x >= 0 ? x : step_node(tape, "in", t, "x")))[at] = token;
      ((int32_t *)ur_tape_value(tape, y >= 0 ? y : step_node(tape, "in", t, "y")))[at] = target;
    }
  int h0 = ur_tape_find(tape, "h0"), wide = ur_tape_node(tape, h0).dtype == UR_F64;
  for (int i = 0; i < B * m->H; i++) {
    float h = ur_rng_normal(&stream) / 4;
    if (wide)
      ((double *)ur_tape_value(tape, h0))[i] = h;
    else
      ((float *)ur_tape_value(tape, h0))[i] = h;
  }
  void *count = ur_tape_value(tape, ur_tape_find(tape, "count"));
  if (wide)
    *(double *)count = counted;
  else
    *(float *)count = (float)counted;
}

#endif
