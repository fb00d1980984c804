#include "layers.h"

#include <stdio.h>
#include <string.h>

int ur__layer_param(ur_params *params, const char *prefix, const char *name, const char *axes,
                    const int *shape, double scale) {
  char full[128];
  snprintf(full, sizeof full, "%s%s%s", prefix, prefix[0] ? "." : "", name);
  return ur_params_add(params, full, axes, shape, UR_INIT_UNIFORM, scale);
}

#define NAME_SIZE 64

/* "", "layer2", "back" or "layer2.back". */
static void name_of(const ur_recurrent *r, int layer, int back, char out[NAME_SIZE]) {
  char number[24] = "";
  if (r->layers > 1) snprintf(number, sizeof number, "layer%d", layer + 1);
  snprintf(out, NAME_SIZE, "%s%s%s", number, number[0] && back ? "." : "", back ? "back" : "");
}

/* The same after its scope, where it has one. */
static void full_name(const ur_recurrent *r, int layer, int back, char out[NAME_SIZE]) {
  char name[NAME_SIZE];
  name_of(r, layer, back, name);
  const char *scope = r->scope != NULL ? r->scope : "";
  snprintf(out, NAME_SIZE, "%.24s%s%.32s", scope, scope[0] && name[0] ? "." : "", name);
}

static int push_name(ur_tape *tape, const char *name) {
  if (name[0]) ur_scope_push(tape, name);
  return name[0] != '\0';
}

/* Returns whether there is a scope to leave. */
static int push(ur_tape *tape, const ur_recurrent *r, int layer, int back) {
  char name[NAME_SIZE];
  name_of(r, layer, back, name);
  return push_name(tape, name);
}

static int push_full(ur_tape *tape, const ur_recurrent *r, int layer, int back) {
  char name[NAME_SIZE];
  full_name(r, layer, back, name);
  return push_name(tape, name);
}

static void pop(ur_tape *tape, int pushed) {
  if (pushed) ur_scope_pop(tape);
}

static int has_c(const ur_recurrent *r) { return r->cell == UR_CELL_LSTM; }

static int params_of_layer(const ur_recurrent *r) { return r->cell == UR_CELL_GRU ? 4 : 3; }

int ur_recurrent_param_count(const ur_recurrent *r) { return r->layers * r->directions * params_of_layer(r); }

/* The first parameter of one layer in one direction. */
static int param_of(const ur_recurrent *r, int layer, int back) {
  return r->first + (layer * r->directions + back) * params_of_layer(r);
}

void ur_recurrent_params(ur_params *params, ur_recurrent *r) {
  r->first = ur_params_count(params);
  for (int layer = 0; layer < r->layers; layer++) {
    const int input = layer == 0 ? r->input : r->hidden * r->directions;
    for (int back = 0; back < r->directions; back++) {
      char name[NAME_SIZE];
      full_name(r, layer, back, name);
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
/* One layer in one direction, in its scope: h, and its cell states in *c. first: h0 and c0, or NULL for
 * inputs that are carried on. */
static int fused(ur_tape *tape, const ur_recurrent *r, int layer, int back, int batch, int e,
                 const ur_carried *first, int *c) {
  const int p = param_of(r, layer, back), state[] = {batch, r->hidden};
  const int scope = push_full(tape, r, layer, back);
  const int h0 = first != NULL ? first->h[layer] : ur_input(tape, "h0", "BH", state);
  int c0 = UR_NODE_NONE, h;
  if (has_c(r)) c0 = first != NULL ? first->c[layer] : ur_input(tape, "c0", "BH", state);
  const int W_e = ur_param(tape, p), W_h = ur_param(tape, p + 1), b_1 = ur_param(tape, p + 2);
  if (r->cell == UR_CELL_LSTM)
    h = ur_lstm(tape, "h", e, h0, c0, W_e, W_h, b_1);
  else if (r->cell == UR_CELL_GRU)
    h = ur_gru(tape, "h", e, h0, W_e, W_h, b_1, ur_param(tape, p + 3));
  else
    h = ur_rnn(tape, "h", e, h0, W_e, W_h, b_1, r->activation);
  *c = has_c(r) ? ur_kept(tape, "c", h, UR_KEPT_CELL) : UR_NODE_NONE;
  if (r->cell != UR_CELL_RNN) ur_kept(tape, "gates", h, UR_KEPT_GATES);
  if (first == NULL) {
    ur_carry(tape, h0, h);
    if (has_c(r)) ur_carry(tape, c0, *c);
  }
  pop(tape, scope);
  return h;
}

/* One layer in both directions: [..,2H]. ends: h of each as it was read, and its cell states. */
static int fused_both(ur_tape *tape, const ur_recurrent *r, int layer, int batch, int e, int lengths,
                      int ends[2], int cells[2]) {
  ends[0] = fused(tape, r, layer, 0, batch, e, NULL, &cells[0]);
  int scope = push_full(tape, r, layer, 1);
  const int from_end = ur_reverse(tape, "from_end", e, lengths);
  pop(tape, scope);
  ends[1] = fused(tape, r, layer, 1, batch, from_end, NULL, &cells[1]);
  scope = push_full(tape, r, layer, 1);
  const int turned = ur_reverse(tape, "turned", ends[1], lengths);
  pop(tape, scope);
  scope = push_full(tape, r, layer, 0);
  const int both = ur_concat(tape, "both", ends[0], turned);
  pop(tape, scope);
  return both;
}

int ur_recurrent_fused(ur_tape *tape, const ur_recurrent *r, int batch, int e, int lengths) {
  int ends[2], cells[2];
  for (int layer = 0; layer < r->layers; layer++)
    e = r->directions == 2 ? fused_both(tape, r, layer, batch, e, lengths, ends, cells)
                           : fused(tape, r, layer, 0, batch, e, NULL, cells);
  return e;
}

int ur_recurrent_fused_from(ur_tape *tape, const ur_recurrent *r, int batch, int e, const ur_carried *first) {
  int c;
  for (int layer = 0; layer < r->layers; layer++) e = fused(tape, r, layer, 0, batch, e, first, &c);
  return e;
}

/* The last state of one layer, called `name`, where the layer that takes it up has its own. */
static int last_state(ur_tape *tape, const char *name, const int states[2], int directions, int lengths) {
  char forward[24], back[24];
  if (directions == 1) return ur_last(tape, name, states[0], lengths);
  snprintf(forward, sizeof forward, "%s_forward", name);
  snprintf(back, sizeof back, "%s_back", name);
  return ur_concat(tape, name, ur_last(tape, forward, states[0], lengths),
                   ur_last(tape, back, states[1], lengths));
}

int ur_recurrent_fused_into(ur_tape *tape, const ur_recurrent *r, int batch, int e, int lengths,
                            const ur_recurrent *into, ur_carried *last) {
  for (int layer = 0; layer < r->layers; layer++) {
    int ends[2], cells[2];
    if (r->directions == 2) {
      e = fused_both(tape, r, layer, batch, e, lengths, ends, cells);
    } else {
      e = ends[0] = fused(tape, r, layer, 0, batch, e, NULL, cells);
    }
    const int scope = push_full(tape, into, layer, 0);
    last->h[layer] = last_state(tape, "h0", ends, r->directions, lengths);
    last->c[layer] = has_c(r) ? last_state(tape, "c0", cells, r->directions, lengths) : UR_NODE_NONE;
    pop(tape, scope);
  }
  return e;
}

const char *ur_recurrent_states_name(const ur_recurrent *r, char scope[64]) {
  full_name(r, r->layers - 1, 0, scope);
  return r->directions == 2 ? "both" : "h";
}

/* ---- unrolled ---- */
static void enter(ur_tape *tape, const ur_recurrent *r, int t) {
  char scope[NAME_SIZE];
  snprintf(scope, sizeof scope, "%.24s.%d", r->scope != NULL ? r->scope : "rnn", t);
  ur_scope_push(tape, scope);
  if (r->source)
    ur_scope_source(tape, t);
  else
    ur_scope_time(tape, t);
}

static void leave(ur_tape *tape) {
  ur_scope_pop(tape);
  ur_scope_time(tape, 0);
}

static void begin(ur_tape *tape, const ur_recurrent *r, int layer, int back, int batch, int *h, int *c) {
  const int state[] = {batch, r->hidden};
  enter(tape, r, 0);
  const int scope = push(tape, r, layer, back);
  *h = ur_input(tape, "h", "BH", state);
  *c = has_c(r) ? ur_input(tape, "c", "BH", state) : UR_NODE_NONE;
  pop(tape, scope);
  leave(tape);
}

static int step(ur_tape *tape, const ur_recurrent *r, int layer, int back, int e, int *h, int *c) {
  const int p = param_of(r, layer, back);
  const int scope = push(tape, r, layer, back);
  if (r->cell == UR_CELL_LSTM)
    *h = ur_lstm_layer_step(tape, &(ur_lstm_layer){p, p + 1, p + 2}, e, *h, c);
  else if (r->cell == UR_CELL_GRU)
    *h = ur_gru_layer_step(tape, &(ur_gru_layer){p, p + 1, p + 2, p + 3}, e, *h, r->hidden);
  else
    *h = ur_rnn_layer_step(tape, &(ur_rnn_layer){p, p + 1, p + 2, r->activation}, e, *h);
  pop(tape, scope);
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

/* All steps of one layer in one direction: h[T] and c[T] by step. Where the other direction's states are
 * given, both stand side by side in both[T]. */
static void all_steps(ur_tape *tape, const ur_recurrent *r, int layer, int back, int batch, const int *e,
                      int T, int *h, int *c, const int *other, int *both) {
  int state_h, state_c;
  begin(tape, r, layer, back, batch, &state_h, &state_c);
  for (int i = 0; i < T; i++) {
    const int t = back ? T - i : i + 1;
    enter(tape, r, t);
    h[t - 1] = step(tape, r, layer, back, e[t - 1], &state_h, &state_c);
    c[t - 1] = state_c;
    if (other != NULL) {
      const int scope = push(tape, r, layer, 0);
      both[t - 1] = ur_concat(tape, "both", h[t - 1], other[t - 1]);
      pop(tape, scope);
    }
    leave(tape);
  }
}

void ur_recurrent_both(ur_tape *tape, const ur_recurrent *r, int batch, const int *e, int T, int *h) {
  int forward[UR_STEPS_MAX], back[UR_STEPS_MAX], c[UR_STEPS_MAX];
  for (int layer = 0; layer < r->layers; layer++) {
    const int *below = layer == 0 ? e : h;
    /* What reads from the end comes first, and both are made of the layer below before h[] is. */
    all_steps(tape, r, layer, 1, batch, below, T, back, c, NULL, NULL);
    all_steps(tape, r, layer, 0, batch, below, T, forward, c, back, h);
  }
}

/* The last of the states of the steps; of what reads from the end, that of step 1. */
static int last_of_steps(ur_tape *tape, const char *name, const int *steps, int S, int lengths, int back) {
  char all[24], part[24];
  snprintf(all, sizeof all, "%s_all", name);
  snprintf(part, sizeof part, "%s_forward", name);
  const int stacked = ur_stack(tape, all, steps, S, 'S');
  return back == UR_NODE_NONE ? ur_last(tape, name, stacked, lengths)
                              : ur_concat(tape, name, ur_last(tape, part, stacked, lengths), back);
}

int ur_recurrent_into(ur_tape *tape, const ur_recurrent *r, int batch, const int *e, int S, int lengths,
                      const ur_recurrent *into, ur_carried *last) {
  int h[UR_STEPS_MAX], c[UR_STEPS_MAX], back_h[UR_STEPS_MAX], back_c[UR_STEPS_MAX], both[UR_STEPS_MAX];
  const int *below = e;
  for (int layer = 0; layer < r->layers; layer++) {
    const int turned = r->directions == 2;
    if (turned) all_steps(tape, r, layer, 1, batch, below, S, back_h, back_c, NULL, NULL);
    all_steps(tape, r, layer, 0, batch, below, S, h, c, turned ? back_h : NULL, both);
    enter(tape, into, 0);
    const int scope = push(tape, into, layer, 0);
    last->h[layer] = last_of_steps(tape, "h", h, S, lengths, turned ? back_h[0] : UR_NODE_NONE);
    last->c[layer] =
        has_c(r) ? last_of_steps(tape, "c", c, S, lengths, turned ? back_c[0] : UR_NODE_NONE) : UR_NODE_NONE;
    pop(tape, scope);
    leave(tape);
    if (!turned) memcpy(both, h, (size_t)S * sizeof *h);
    below = both;
  }
  const int scope = push_name(tape, r->scope);
  const int states = ur_stack(tape, "states", both, S, 'S');
  pop(tape, scope);
  return states;
}
