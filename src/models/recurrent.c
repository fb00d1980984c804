#include "recurrent.h"

#include <stdio.h>

/* E is number 0, the layers follow, U and b_2 are the last two. */
static ur_dense output_of(int params) { return (ur_dense){params - 2, params - 1}; }

static int count_of(const ur_recurrent *r) {
  return 3 + r->layers * r->directions * (r->cell == UR_CELL_GRU ? 4 : 3);
}

void ur__recurrent_lm_declare(ur_recurrent r, int V, double std, ur_params *params) {
  ur_embedding_params(params, "E", V, r.input, std);
  ur_recurrent_params(params, &r);
  ur_dense_params(params, "U", "b_2", "VH", V, r.hidden);
}

static void build_fused(const ur_recurrent *r, int next, const ur_tape_options *capacity, ur_tape *tape) {
  const int sequence[] = {capacity->length, capacity->batch};
  const ur_dense output = output_of(count_of(r));
  const int x = ur_input_index(tape, "x", "TB", sequence);
  const int e = ur_embedding(tape, "e", ur_param(tape, 0), x);
  const int h = ur_recurrent_fused(tape, r, capacity->batch, e, UR_NODE_NONE);
  const int logits = ur_dense_layer(tape, &output, "Uh", "logits", h);
  if (next) {
    ur_softmax(tape, "y_hat", logits);
    return;
  }
  const int y = ur_input_index(tape, "y", "TB", sequence), count = ur_input(tape, "count", "", NULL);
  const int loss = ur_cross_entropy(tape, "J_t", logits, y);
  ur_mean_loss(tape, "J", &loss, 1, count);
}

static void build_steps(const ur_recurrent *r, int measured, const ur_tape_options *capacity, ur_tape *tape) {
  const int batch[] = {capacity->batch};
  const ur_dense output = output_of(count_of(r));
  int losses[UR_STEPS_MAX];
  const int count = ur_input(tape, "count", "", NULL);
  ur_carried carried = ur_recurrent_begin(tape, r, capacity->batch);
  for (int t = 1; t <= capacity->length; t++) {
    char scope[24];
    snprintf(scope, sizeof scope, "rnn.%d", t);
    ur_scope_push(tape, scope);
    ur_scope_time(tape, t);
    const int x = ur_input_index(tape, "x", "B", batch), y = ur_input_index(tape, "y", "B", batch);
    const int e = ur_embedding(tape, "e", ur_param(tape, 0), x);
    const int h = ur_recurrent_step(tape, r, e, &carried);
    const int logits = ur_dense_layer(tape, &output, "Uh", "logits", h);
    losses[t - 1] = measured ? ur_cross_entropy(tape, "J", logits, y)
                             : ur_nll(tape, "J", ur_softmax(tape, "y_hat", logits), y);
    ur_scope_pop(tape);
  }
  ur_scope_time(tape, 0);
  ur_mean_loss(tape, "J", losses, capacity->length, count);
}

void ur__recurrent_lm_build(ur_recurrent r, ur__lowering lowering, const ur_tape_options *capacity,
                            ur_tape *tape) {
  r.first = 1;
  if (lowering == UR__UNROLLED || lowering == UR__MEASURED)
    build_steps(&r, lowering == UR__MEASURED, capacity, tape);
  else
    build_fused(&r, lowering == UR__NEXT, capacity, tape);
}
