/* What a model with a source writes for it: its guess, the answer that is right, the tree of a search, how
 * many are right. */
#include "exports.h"
#include "json.h"
#include "unroll/decode.h"

/* What came of it, as JSON {tokens, text} of protocol.ts' Written. */
static ur_status print_written(const ur_trainer *trainer, const int32_t *tokens, int count) {
  ur_buffer text = {0}, *out = uw_result();
  ur_buffer_append(&text, "", 0); /* so that an empty one is a text too */
  ur_trainer_text(trainer, tokens, count, &text);
  ur_buffer_print(out, "{\"tokens\":["), uw_result_ints((const int *)tokens, count);
  ur_buffer_print(out, "],\"text\":"), uw_result_json(text.failed ? "" : (const char *)text.data);
  ur_buffer_print(out, "}");
  out->failed |= text.failed;
  ur_buffer_free(&text);
  return uw_result_done();
}

typedef ur_status (*writer)(ur_trainer *trainer, const char *source, int32_t *tokens, int *count);

static int write_for(int handle, uint32_t source, uint32_t size, writer writes) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  const char *s = uw_input_text(source, size);
  int32_t tokens[UR_WRITTEN_MAX];
  int count;
  if (!trainer || !s) return UR_E_ARGUMENT;
  ur_status status = writes(trainer, s, tokens, &count);
  return status == UR_OK ? print_written(trainer, tokens, count) : status;
}

/* Result: what the model writes by itself, always the likeliest. */
UW_EXPORT(trainer_guess) int uw_trainer_guess(int handle, uint32_t source, uint32_t size) {
  return write_for(handle, source, size, ur_trainer_guess);
}

/* Result: what is right; no tokens where the task does not know. */
UW_EXPORT(trainer_answer) int uw_trainer_answer(int handle, uint32_t source, uint32_t size) {
  return write_for(handle, source, size, ur_trainer_answer);
}

/* Numbers: nodes N, which of them what was found ends in, blocks L, heads A, S, looks K. Result: of each node
 * eight doubles: parent, token, step, log-probability, total, score, fate, look; then the source [S] as
 * int32, looks [K,L,A,S] as floats. */
UW_EXPORT(trainer_beam)
int uw_trainer_beam(int handle, uint32_t source, uint32_t size, int width, double normalisation) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  const char *s = uw_input_text(source, size);
  ur_beam beam;
  if (!trainer || !s) return UR_E_ARGUMENT;
  ur_status status = ur_trainer_beam(trainer, s, width, normalisation, &beam);
  if (status != UR_OK) return status;
  ur_buffer *out = uw_result();
  for (int i = 0; i < beam.count; i++) {
    const ur_beam_node *node = &beam.nodes[i];
    const double row[] = {node->parent, node->token, node->step, node->log_probability,
                          node->total,  node->score, node->fate, node->look};
    ur_buffer_append(out, row, sizeof row);
  }
  const size_t S = (size_t)beam.source, each = (size_t)beam.blocks * (size_t)beam.heads * S;
  ur_buffer_append(out, beam.read, S * sizeof *beam.read);
  if (each > 0) ur_buffer_append(out, beam.looks, (size_t)beam.look_count * each * sizeof *beam.looks);
  const double numbers[] = {beam.count, beam.best, beam.blocks, beam.heads, beam.source, beam.look_count};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) uw_numbers[i] = numbers[i];
  ur_beam_free(&beam);
  return uw_result_done();
}

/* Result: for each length from 0 to UR_GROUPS - 1 four numbers: sources, how many are written right, tokens,
 * how many of them are right. */
UW_EXPORT(trainer_groups) int uw_trainer_groups(int handle, int validation) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  ur_group groups[UR_GROUPS];
  if (!trainer) return UR_E_ARGUMENT;
  ur_status status = ur_trainer_groups(trainer, validation, groups);
  if (status != UR_OK) return status;
  uw_result();
  for (int n = 0; n < UR_GROUPS; n++) {
    uw_result_real((double)groups[n].sequences), uw_result_real((double)groups[n].right);
    uw_result_real((double)groups[n].tokens), uw_result_real((double)groups[n].tokens_right);
  }
  return uw_result_done();
}

/* own: 0 where the target is not looked at. Numbers: S, T. Result: tokens of the source [S], what is written
 * [T] (both int32), weights [T,S]. */
UW_EXPORT(trainer_alignment)
int uw_trainer_alignment(int handle, int own, uint32_t source, uint32_t source_size, uint32_t target,
                         uint32_t target_size) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  const char *s = uw_input_text(source, source_size), *t = own ? uw_input_text(target, target_size) : NULL;
  ur_alignment a;
  if (!trainer || !s || (own && !t)) return UR_E_ARGUMENT;
  const ur_status status = ur_trainer_alignment(trainer, s, t, &a);
  if (status != UR_OK) return status;
  const size_t S = (size_t)a.source, T = (size_t)a.length;
  uw_numbers[0] = a.source, uw_numbers[1] = a.length;
  ur_buffer *out = uw_result();
  ur_buffer_append(out, a.tokens, S * sizeof *a.tokens);
  ur_buffer_append(out, a.written, T * sizeof *a.written);
  ur_buffer_append(out, a.weights, S * T * sizeof *a.weights);
  ur_alignment_free(&a);
  return uw_result_done();
}
