/* Backward against central differences, in double. */
#include "tape.h"

#include <math.h>
#include <string.h>

static ur_status loss_at(ur_tape *tape, double *cell, double x, double *loss) {
  double kept = *cell;
  *cell = x;
  ur_status status = ur__run_forward(tape);
  *cell = kept;
  const ur__tensor *value = &tape->nodes[tape->loss]->value;
  *loss = 0;
  for (size_t i = 0; i < value->cells; i++) *loss += ((const double *)value->data)[i];
  return status;
}

/* (J(x + h) - J(x - h)) / 2h */
static ur_status slope(ur_tape *tape, double *cell, double h, double *out) {
  double x = *cell, above = x + h, below = x - h, J_above, J_below;
  ur_status status = loss_at(tape, cell, above, &J_above);
  if (status == UR_OK) status = loss_at(tape, cell, below, &J_below);
  if (status == UR_OK) *out = (J_above - J_below) / (above - below);
  return status;
}

static double at_least(double floor, double x) { return x > floor ? x : floor; }

/* Differences of a loss near 1 are good to some 4e-13, of a larger one to as many times that: of a gradient
 * below 4e-7 no more than that can be asked by a tolerance of 1e-6. */
static double error_of(double a, double n, double loss) {
  double error = fabs(a - n) / at_least(4e-7 * at_least(1, fabs(loss)), fabs(a) + fabs(n));
  return isnan(error) ? INFINITY : error;
}

/* A short step crosses few kinks of a ReLU but drowns small gradients in rounding. Where it does not agree, a
 * long one with its error of order h^2 taken out (Richardson) has its say: a wrong gradient satisfies
 * neither. */
static ur_status check_cell(ur_tape *tape, double *cell, double loss, double analytic, double *numeric) {
  double h = 1e-5 * at_least(1, fabs(*cell)), wide = 1e-3 * at_least(1, fabs(*cell)), once, twice;
  ur_status status = slope(tape, cell, h, numeric);
  if (status != UR_OK || error_of(analytic, *numeric, loss) < 1e-7) return status;
  status = slope(tape, cell, wide, &once);
  if (status == UR_OK) status = slope(tape, cell, 2 * wide, &twice);
  if (status != UR_OK) return status;
  double refined = (4 * once - twice) / 3;
  if (error_of(analytic, refined, loss) < error_of(analytic, *numeric, loss)) *numeric = refined;
  return UR_OK;
}

/* both: room for the two numbers of every cell, or NULL. */
static ur_status check_all(ur_tape *tape, size_t samples, ur_rng *stream, double *const both[2],
                           ur_gradcheck *out) {
  *out = (ur_gradcheck){.param = -1};
  if (tape->options.dtype != UR_F64)
    return ur_fail(UR_E_STATE, "", "gradients are checked in double: the graph must be built with UR_F64");
  ur_status status = ur_tape_forward(tape);
  if (status == UR_OK) status = ur_tape_backward(tape);
  double loss = 0;
  if (status == UR_OK) loss = *(const double *)tape->nodes[tape->loss]->value.data;
  for (int p = 0; p < tape->params->count && status == UR_OK; p++) {
    if (tape->param_nodes[p] == UR_NODE_NONE) continue;
    const ur__node *node = tape->nodes[tape->param_nodes[p]];
    size_t cells = node->value.cells, n = samples == 0 || samples > cells ? cells : samples;
    for (size_t i = 0; i < n && status == UR_OK; i++) {
      size_t cell = n == cells ? i : ur_rng_below(stream, (uint32_t)cells);
      double analytic = ((const double *)node->grad)[cell], numeric = 0;
      status = check_cell(tape, (double *)node->value.data + cell, loss, analytic, &numeric);
      double error = error_of(analytic, numeric, loss);
      if (out->param < 0 || error > out->worst)
        *out = (ur_gradcheck){error, p, cell, analytic, numeric, out->checked};
      out->checked++;
      if (both == NULL) continue;
      const size_t at = ur_params_view(tape->params, p).offset + cell;
      both[0][at] = analytic, both[1][at] = numeric;
    }
  }
  /* The values belong to the gradients again. */
  if (status == UR_OK) status = ur_tape_forward(tape);
  return status == UR_OK ? ur_tape_backward(tape) : status;
}

ur_status ur_tape_gradcheck(ur_tape *tape, size_t samples, ur_rng *stream, ur_gradcheck *out) {
  return check_all(tape, samples, stream, NULL, out);
}

ur_status ur_tape_derivatives(ur_tape *tape, double *backward, double *differences, ur_gradcheck *out) {
  const size_t size = ur_params_size(tape->params);
  memset(backward, 0, size * sizeof *backward);
  memset(differences, 0, size * sizeof *differences);
  return check_all(tape, 0, NULL, (double *const[]){backward, differences}, out);
}
