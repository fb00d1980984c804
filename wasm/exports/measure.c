/* How far gradients reach over one text, and what the units do over a long one. */
#include "exports.h"
#include "unroll/looked.h"

#include <stdlib.h>
#include <string.h>

static void free_measure(void *measure) { ur_measure_free(measure); }

UW_EXPORT(measure_create) int uw_measure_create(int trainer_handle, uint32_t text, uint32_t text_size) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, trainer_handle);
  const char *t = uw_input_text(text, text_size);
  ur_measure *measure;
  if (!trainer || !t || ur_measure_create(trainer, t, &measure) != UR_OK) return 0;
  return uw_handle_put(UW_MEASURE, measure, free_measure, trainer_handle);
}

static ur_status no_memory(void) { return ur_fail(UR_E_MEMORY, "", "There is no memory for a measure."); }

/* Result: t doubles of h, then t of c, which are -1 where there is no cell state. */
UW_EXPORT(measure_reach) int uw_measure_reach(int handle, int t, int layer) {
  ur_measure *measure = uw_handle_get(UW_MEASURE, handle);
  if (!measure) return UR_E_ARGUMENT;
  const size_t steps = (size_t)ur_measure_length(measure);
  double *sizes = calloc(2 * steps, sizeof *sizes);
  if (!sizes) return no_memory();
  ur_status status = ur_measure_through_time(measure, t, layer, sizes, sizes + steps);
  ur_buffer *out = uw_result();
  if (status == UR_OK) {
    ur_buffer_append(out, sizes, (size_t)t * sizeof *sizes);
    ur_buffer_append(out, sizes + steps, (size_t)t * sizeof *sizes);
  }
  free(sizes);
  return status == UR_OK ? uw_result_done() : status;
}

/* Numbers: t, cells of the parameter. Result: t doubles, the norms; then floats: t terms and their sum. */
UW_EXPORT(measure_terms) int uw_measure_terms(int handle, int t, uint32_t param, uint32_t param_size) {
  ur_measure *measure = uw_handle_get(UW_MEASURE, handle);
  const char *name = uw_input_text(param, param_size);
  ur_terms terms;
  if (!measure || !name) return UR_E_ARGUMENT;
  ur_status status = ur_measure_terms(measure, t, name, &terms);
  if (status != UR_OK) return status;
  const size_t steps = (size_t)terms.steps;
  ur_buffer *out = uw_result();
  ur_buffer_append(out, terms.norms, steps * sizeof *terms.norms);
  ur_buffer_append(out, terms.terms, steps * terms.size * sizeof *terms.terms);
  ur_buffer_append(out, terms.sum, terms.size * sizeof *terms.sum);
  uw_numbers[0] = (double)steps, uw_numbers[1] = (double)terms.size;
  return uw_result_done();
}

/* Result: t doubles. */
UW_EXPORT(measure_saliency) int uw_measure_saliency(int handle, int t, int token) {
  ur_measure *measure = uw_handle_get(UW_MEASURE, handle);
  if (!measure) return UR_E_ARGUMENT;
  double *sizes = calloc((size_t)ur_measure_length(measure), sizeof *sizes);
  if (!sizes) return no_memory();
  ur_status status = ur_measure_saliency(measure, t, token, sizes);
  ur_buffer *out = uw_result();
  if (status == UR_OK) ur_buffer_append(out, sizes, (size_t)t * sizeof *sizes);
  free(sizes);
  return status == UR_OK ? uw_result_done() : status;
}

/* Numbers: steps T, hidden H, tokens (T or 0), cells of c, cells of the gates. Result: the tokens as int32, h
 * [T, H], c, the gates as floats, then the gates' letters. */
UW_EXPORT(trainer_units) int uw_trainer_units(int handle, uint32_t text, uint32_t text_size, int layer) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  const char *t = uw_input_text(text, text_size);
  ur_units units;
  if (!trainer || !t) return UR_E_ARGUMENT;
  ur_status status = ur_units_read(trainer, t, layer, &units);
  if (status != UR_OK) return status;
  const size_t steps = (size_t)units.steps, cells = steps * (size_t)units.hidden, one = sizeof *units.h;
  const size_t tokens = units.tokens ? steps : 0, c = units.c ? cells : 0;
  const size_t gates = units.gates ? cells * strlen(units.gate_names) : 0;
  ur_buffer *out = uw_result();
  if (tokens) ur_buffer_append(out, units.tokens, tokens * sizeof *units.tokens);
  ur_buffer_append(out, units.h, cells * one);
  if (c) ur_buffer_append(out, units.c, c * one);
  if (gates) ur_buffer_append(out, units.gates, gates * one);
  ur_buffer_append(out, units.gate_names, strlen(units.gate_names));
  uw_numbers[0] = units.steps, uw_numbers[1] = units.hidden, uw_numbers[2] = (double)tokens;
  uw_numbers[3] = (double)c, uw_numbers[4] = (double)gates;
  ur_units_free(&units);
  return uw_result_done();
}

/* Numbers: blocks L, heads A, steps T, the step and the token that were asked, its score. Result: the tokens
 * as int32, then floats: weights [L,A,T,T], rollout [L,T,T], gradient x input [T], gradient sizes [T], sizes
 * by depth [L+1]. */
UW_EXPORT(trainer_looked)
int uw_trainer_looked(int handle, uint32_t text, uint32_t text_size, int at, int token) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  const char *t = uw_input_text(text, text_size);
  ur_looked looked;
  if (!trainer || !t) return UR_E_ARGUMENT;
  const ur_status status = ur_looked_read(trainer, t, at, token, &looked);
  if (status != UR_OK) return status;
  const size_t L = (size_t)looked.blocks, A = (size_t)looked.heads, T = (size_t)looked.steps;
  const double numbers[] = {looked.blocks, looked.heads, looked.steps,
                            looked.at,     looked.token, (double)looked.score};
  memcpy(uw_numbers, numbers, sizeof numbers);
  ur_buffer *out = uw_result();
  ur_buffer_append(out, looked.tokens, T * sizeof *looked.tokens);
  ur_buffer_append(out, looked.weights, L * A * T * T * sizeof *looked.weights);
  ur_buffer_append(out, looked.rollout, L * T * T * sizeof *looked.rollout);
  ur_buffer_append(out, looked.times, T * sizeof *looked.times);
  ur_buffer_append(out, looked.sizes, T * sizeof *looked.sizes);
  ur_buffer_append(out, looked.depth, (L + 1) * sizeof *looked.depth);
  ur_looked_free(&looked);
  return uw_result_done();
}
