/* What each draw of a sequence was made of, and what is kept while it is read. */
#include "unroll/drawn.h"

#include "exports.h"
#include "unroll/cached.h"

/* keep: 0 where all is computed anew for each token. Numbers: draws T, tokens of the prefix. Result: of each
 * draw the token as int32 [T], u [T], and [T,V] each: logits, divided, given, warmed, left as floats, order
 * as int32. */
UW_EXPORT(trainer_drawn)
int uw_trainer_drawn(int handle, double temperature, int top_k, double top_p, double index, int keep,
                     uint32_t prefix, uint32_t prefix_size) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  const char *text = uw_input_text(prefix, prefix_size);
  const ur_sampling how = {temperature, top_k, top_p};
  uint64_t i;
  ur_drawn drawn;
  if (!trainer || !text || uw_whole(index, "index", &i) != UR_OK) return UR_E_ARGUMENT;
  ur_trainer_keep(trainer, keep);
  const ur_status status = ur_drawn_read(trainer, &how, i, text, &drawn);
  ur_trainer_keep(trainer, 1);
  if (status != UR_OK) return status;
  const size_t T = (size_t)drawn.steps, cells = T * (size_t)drawn.size;
  ur_buffer *out = uw_result();
  ur_buffer_append(out, drawn.tokens, T * sizeof *drawn.tokens);
  ur_buffer_append(out, drawn.u, T * sizeof *drawn.u);
  const float *const columns[] = {drawn.logits, drawn.divided, drawn.given, drawn.warmed, drawn.left};
  for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
    ur_buffer_append(out, columns[c], cells * sizeof *columns[c]);
  ur_buffer_append(out, drawn.order, cells * sizeof *drawn.order);
  uw_numbers[0] = drawn.steps, uw_numbers[1] = drawn.read;
  ur_drawn_free(&drawn);
  return uw_result_done();
}

/* Numbers: T, L, D, V. Result: multiply-adds of each token with what was kept and anew as doubles [T] each,
 * tokens [T] as int32, then floats: keys and values [L,T,D] each, what comes next in both ways [T,V] each,
 * numbers apart [T]. */
UW_EXPORT(trainer_cached) int uw_trainer_cached(int handle, uint32_t text, uint32_t text_size) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  const char *t = uw_input_text(text, text_size);
  ur_cached cached;
  if (!trainer || !t) return UR_E_ARGUMENT;
  const ur_status status = ur_cached_read(trainer, t, &cached);
  if (status != UR_OK) return status;
  const size_t T = (size_t)cached.steps, one = sizeof(float);
  const size_t all = T * (size_t)cached.blocks * (size_t)cached.width, cells = T * (size_t)cached.size;
  ur_buffer *out = uw_result();
  ur_buffer_append(out, cached.work_kept, T * sizeof(double));
  ur_buffer_append(out, cached.work_anew, T * sizeof(double));
  ur_buffer_append(out, cached.tokens, T * sizeof *cached.tokens);
  ur_buffer_append(out, cached.keys, all * one);
  ur_buffer_append(out, cached.values, all * one);
  ur_buffer_append(out, cached.kept, cells * one);
  ur_buffer_append(out, cached.anew, cells * one);
  ur_buffer_append(out, cached.apart, T * one);
  const double numbers[] = {cached.steps, cached.blocks, cached.width, cached.size};
  for (int i = 0; i < 4; i++) uw_numbers[i] = numbers[i];
  ur_cached_free(&cached);
  return uw_result_done();
}

/* Reads the text so many times, for whoever has a clock. */
UW_EXPORT(trainer_cached_run)
int uw_trainer_cached_run(int handle, uint32_t text, uint32_t text_size, int keep, int times) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  const char *t = uw_input_text(text, text_size);
  return trainer && t ? (int)ur_cached_run(trainer, t, keep, times) : UR_E_ARGUMENT;
}
