#include "layers.h"

#include <stdio.h>

int ur__layer_param(ur_params *params, const char *prefix, const char *name, const char *axes,
                    const int *shape, double scale) {
  char full[128];
  snprintf(full, sizeof full, "%s%s%s", prefix, prefix[0] ? "." : "", name);
  return ur_params_add(params, full, axes, shape, UR_INIT_UNIFORM, scale);
}

#define NAME_SIZE 32

/* "", "layer2", "back" or "layer2.back". */
static void name_of(const ur_recurrent *r, int layer, int back, char out[NAME_SIZE]) {
  char number[24] = "";
  if (r->layers > 1) snprintf(number, sizeof number, "layer%d", layer + 1);
  snprintf(out, NAME_SIZE, "%s%s%s", number, number[0] && back ? "." : "", back ? "back" : "");
}

static void push(ur_tape *tape, const ur_recurrent *r, int layer, int back) {
  char name[NAME_SIZE];
  name_of(r, layer, back, name);
  if (name[0]) ur_scope_push(tape, name);
}

static void pop(ur_tape *tape, const ur_recurrent *r, int back) {
  if (r->layers > 1 || back) ur_scope_pop(tape);
}

static int has_c(const ur_recurrent *r) { return r->cell == UR_CELL_LSTM; }

/* The first parameter of one layer in one direction. */
static int param_of(const ur_recurrent *r, int layer, int back) {
  return r->first + (layer * r->directions + back) * (r->cell == UR_CELL_GRU ? 4 : 3);
}

void ur_recurrent_params(ur_params *params, ur_recurrent *r) {
  r->first = ur_params_count(params);
  for (int layer = 0; layer < r->layers; layer++) {
    const int input = layer == 0 ? r->input : r->hidden * r->directions;
    for (int back = 0; back < r->directions; back++) {
      char name[NAME_SIZE];
      name_of(r, layer, back, name);
      if (r->cell == UR_CELL_LSTM)
        ur_lstm_layer_params(params, name, input, r->hidden, r->gate_bias);
      else if (r->cell == UR_CELL_GRU)
        ur_gru_layer_params(params, name, input, r->hidden, r->gate_bias);
      else
        ur_rnn_layer_params(params, name, input, r->hidden, r->activation);
    }
  }
}

/* ---- fused ---- */
static int fused(ur_tape *tape, const ur_recurrent *r, int layer, int back, int batch, int e) {
  const int p = param_of(r, layer, back), state[] = {batch, r->hidden};
  push(tape, r, layer, back);
  const int h0 = ur_input(tape, "h0", "BH", state), c0 = has_c(r) ? ur_input(tape, "c0", "BH", state) : 0;
  const int W_e = ur_param(tape, p), W_h = ur_param(tape, p + 1), b_1 = ur_param(tape, p + 2);
  int h;
  if (r->cell == UR_CELL_LSTM)
    h = ur_lstm(tape, "h", e, h0, c0, W_e, W_h, b_1);
  else if (r->cell == UR_CELL_GRU)
    h = ur_gru(tape, "h", e, h0, W_e, W_h, b_1, ur_param(tape, p + 3));
  else
    h = ur_rnn(tape, "h", e, h0, W_e, W_h, b_1, r->activation);
  if (has_c(r)) ur_carry(tape, c0, ur_kept(tape, "c", h, UR_KEPT_CELL));
  if (r->cell != UR_CELL_RNN) ur_kept(tape, "gates", h, UR_KEPT_GATES);
  ur_carry(tape, h0, h);
  pop(tape, r, back);
  return h;
}

int ur_recurrent_fused(ur_tape *tape, const ur_recurrent *r, int batch, int e, int lengths) {
  for (int layer = 0; layer < r->layers; layer++) {
    int h = fused(tape, r, layer, 0, batch, e);
    if (r->directions == 2) {
      push(tape, r, layer, 1);
      const int from_end = ur_reverse(tape, "from_end", e, lengths);
      pop(tape, r, 1);
      const int back = fused(tape, r, layer, 1, batch, from_end);
      push(tape, r, layer, 1);
      const int turned = ur_reverse(tape, "turned", back, lengths);
      pop(tape, r, 1);
      push(tape, r, layer, 0);
      h = ur_concat(tape, "both", h, turned);
      pop(tape, r, 0);
    }
    e = h;
  }
  return e;
}

/* ---- unrolled ---- */
static void begin(ur_tape *tape, const ur_recurrent *r, int layer, int back, int batch, int *h, int *c) {
  const int state[] = {batch, r->hidden};
  ur_scope_push(tape, "rnn.0");
  push(tape, r, layer, back);
  *h = ur_input(tape, "h", "BH", state);
  *c = has_c(r) ? ur_input(tape, "c", "BH", state) : UR_NODE_NONE;
  pop(tape, r, back);
  ur_scope_pop(tape);
}

static int step(ur_tape *tape, const ur_recurrent *r, int layer, int back, int e, int *h, int *c) {
  const int p = param_of(r, layer, back);
  push(tape, r, layer, back);
  if (r->cell == UR_CELL_LSTM)
    *h = ur_lstm_layer_step(tape, &(ur_lstm_layer){p, p + 1, p + 2}, e, *h, c);
  else if (r->cell == UR_CELL_GRU)
    *h = ur_gru_layer_step(tape, &(ur_gru_layer){p, p + 1, p + 2, p + 3}, e, *h, r->hidden);
  else
    *h = ur_rnn_layer_step(tape, &(ur_rnn_layer){p, p + 1, p + 2, r->activation}, e, *h);
  pop(tape, r, back);
  return *h;
}

ur_carried ur_recurrent_begin(ur_tape *tape, const ur_recurrent *r, int batch) {
  ur_carried carried;
  for (int layer = 0; layer < r->layers; layer++)
    begin(tape, r, layer, 0, batch, &carried.h[layer], &carried.c[layer]);
  return carried;
}

int ur_recurrent_step(ur_tape *tape, const ur_recurrent *r, int e, ur_carried *carried) {
  for (int layer = 0; layer < r->layers; layer++)
    e = step(tape, r, layer, 0, e, &carried->h[layer], &carried->c[layer]);
  return e;
}

static void enter(ur_tape *tape, int t) {
  char scope[24];
  snprintf(scope, sizeof scope, "rnn.%d", t);
  ur_scope_push(tape, scope);
  ur_scope_time(tape, t);
}

void ur_recurrent_both(ur_tape *tape, const ur_recurrent *r, int batch, const int *e, int T, int *h) {
  for (int layer = 0; layer < r->layers; layer++) {
    const int *below = layer == 0 ? e : h;
    int forward, back, c;
    /* What reads from the end comes first, so that h[] may still hold the layer below. */
    int from_end[UR_STEPS_MAX];
    begin(tape, r, layer, 1, batch, &back, &c);
    for (int t = T; t >= 1; t--) {
      enter(tape, t);
      from_end[t - 1] = step(tape, r, layer, 1, below[t - 1], &back, &c);
      ur_scope_pop(tape);
    }
    ur_scope_time(tape, 0);
    begin(tape, r, layer, 0, batch, &forward, &c);
    for (int t = 1; t <= T; t++) {
      enter(tape, t);
      const int state = step(tape, r, layer, 0, below[t - 1], &forward, &c);
      push(tape, r, layer, 0);
      h[t - 1] = ur_concat(tape, "both", state, from_end[t - 1]);
      pop(tape, r, 0);
      ur_scope_pop(tape);
    }
    ur_scope_time(tape, 0);
  }
}
