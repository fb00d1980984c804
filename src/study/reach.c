#include "reach.h"

#include "alloc.h"
#include "measure.h"

enum { T = UR__REACH + 1, B = UR__REACH_BATCH };

/* Row b: <start> a n n a <end> <start> b o b ..., and what comes next in it. */
static void fill_row(const ur_trainer *trainer, ur_rng *stream, int b, int32_t *x, int32_t *y) {
  const ur__corpus *corpus = &trainer->corpus;
  uint32_t at = 0, end = 0;
  int32_t next = UR__START;
  for (int t = 0; t < T; t++) {
    x[t * B + b] = next;
    if (next == UR__START) {
      const uint32_t s = trainer->batches.order[ur_rng_below(stream, trainer->batches.sides.train)];
      at = corpus->starts[s];
      end = corpus->starts[s + 1];
    }
    next = next == UR__END ? UR__START : at < end ? corpus->tokens[at++] : UR__END;
    y[t * B + b] = next;
  }
}

static ur_status measure(ur_tape *tape, ur__reach *out) {
  ur_status status = ur_tape_forward(tape);
  if (status == UR_OK) status = ur_tape_backward_from(tape, ur__step_node(tape, T, 1, 1, "J"), UR_ALL_CELLS);
  if (status != UR_OK) return status;
  out->near = ur__gradient_size(tape, ur__step_node(tape, T, 1, 1, "h"));
  out->far = ur__gradient_size(tape, ur__step_node(tape, T - UR__REACH, 1, 1, "h"));
  return UR_OK;
}

ur_status ur__reach_of(ur_trainer *trainer, ur__reach *out) {
  const ur_tape_options options = {.dtype = UR_F32, .batch = B, .length = T, .gradients = 1};
  int32_t x[T * B], y[T * B];
  ur__batch batch = {
      .arrays = trainer->task->arrays, .cells = {x, y}, .count = B, .length = T, .predicted = T * B};
  ur_rng stream = ur_rng_stream(trainer->settings.seed, "reach", 0);
  ur_tape *tape = NULL;
  *out = (ur__reach){0};
  if (trainer->batches.sides.train == 0)
    return ur_fail(UR_E_STATE, "", "there is no text to measure the gradient over");
  for (int b = 0; b < B; b++) fill_row(trainer, &stream, b, x, y);
  ur_status status = ur__net_tape(&trainer->settings, trainer->net.params, UR__MEASURED, &options, &tape);
  if (status == UR_OK) status = ur__net_feed(tape, &batch);
  if (status == UR_OK) status = measure(tape, out);
  if (status == UR_OK) out->whole = ur__grad_norm(ur_tape_param_grads(tape), trainer->net.size);
  ur_tape_free(tape);
  return status;
}
