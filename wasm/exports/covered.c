/* Which patch of a picture each word hangs on. */
#include "unroll/covered.h"

#include "exports.h"

/* Numbers: patches S, numbers of a patch C, words T. target_size 0: what the model writes. Result: floats
 * picture [S,C], looks [T,S], falls [T,S], log p [T]; int32 words, right, places [T] each. */
UW_EXPORT(trainer_covered)
int uw_trainer_covered(int handle, uint32_t text, uint32_t text_size, uint32_t target, uint32_t target_size) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  const char *t = uw_input_text(text, text_size), *led = uw_input_text(target, target_size);
  ur_covered covered;
  if (!trainer || !t || !led) return UR_E_ARGUMENT;
  const ur_status status = ur_covered_read(trainer, t, target_size > 0 ? led : NULL, &covered);
  if (status != UR_OK) return status;
  const size_t S = (size_t)covered.patches, C = (size_t)covered.numbers, T = (size_t)covered.steps;
  ur_buffer_append(uw_result(), covered.picture, (S * C + T * (2 * S + 4)) * sizeof(float));
  uw_numbers[0] = covered.patches, uw_numbers[1] = covered.numbers, uw_numbers[2] = covered.steps;
  ur_covered_free(&covered);
  return uw_result_done();
}

/* Result: doubles, of colours, shapes and other words each: words, share looked right, share missed right,
 * mean largest weight, mean fall. */
UW_EXPORT(trainer_cover_counts) int uw_trainer_cover_counts(int handle, int pictures) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  ur_cover_counts counts;
  if (!trainer) return UR_E_ARGUMENT;
  const ur_status status = ur_cover_counts_of(trainer, pictures, &counts);
  if (status != UR_OK) return status;
  ur_buffer *out = uw_result();
  for (int kind = 0; kind < UR_COVER_KINDS; kind++) {
    const double row[] = {counts.words[kind], counts.looked[kind], counts.missed[kind], counts.look[kind],
                          counts.fall[kind]};
    ur_buffer_append(out, row, sizeof row);
  }
  return uw_result_done();
}
