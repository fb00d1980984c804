/* All points that a feed-forward net is trained on, each with its error and derivatives. */
#include "exports.h"
#include "unroll/each.h"

/* Result: doubles, the arrays of ur_each one after another. Numbers: points, features, outputs, weights,
 * variance. */
UW_EXPORT(trainer_each) int uw_trainer_each(int handle) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  ur_each each;
  if (!trainer) return UR_E_ARGUMENT;
  const ur_status status = ur_each_of(trainer, &each);
  if (status != UR_OK) return status;
  const size_t a_point = (size_t)(each.features + 2 * each.outputs + 1 + each.weights);
  ur_buffer_append(uw_result(), each.x, (size_t)each.points * a_point * sizeof *each.x);
  uw_numbers[0] = each.points, uw_numbers[1] = each.features, uw_numbers[2] = each.outputs;
  uw_numbers[3] = each.weights, uw_numbers[4] = each.variance;
  ur_each_free(&each);
  return uw_result_done();
}
