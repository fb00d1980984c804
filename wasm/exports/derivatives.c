/* Derivatives: of what is read, beside differences; of all points that are trained on. */
#include "alloc.h"
#include "exports.h"
#include "unroll/each.h"

/* Result: a double for every cell of every parameter by the walk back, then the same by differences. Numbers:
 * how many; where they are furthest apart, by parameter and cell, and how far, of the size of both. */
UW_EXPORT(walk_derivatives) int uw_walk_derivatives(int handle) {
  ur_walk *walk = uw_handle_get(UW_WALK, handle);
  if (!walk) return UR_E_ARGUMENT;
  const size_t size = ur_walk_parameters(walk);
  double *both = ur__alloc_array(size, 2 * sizeof *both);
  if (!both) return ur_fail(UR_E_MEMORY, "", "There is no memory for %zu derivatives.", size);
  ur_gradcheck worst;
  const ur_status status = ur_walk_derivatives(walk, both, both + size, &worst);
  if (status == UR_OK) ur_buffer_append(uw_result(), both, 2 * size * sizeof *both);
  ur__free(both);
  if (status != UR_OK) return status;
  uw_numbers[0] = (double)worst.checked, uw_numbers[1] = worst.param;
  uw_numbers[2] = (double)worst.cell, uw_numbers[3] = worst.worst;
  return uw_result_done();
}

/* Result: doubles, the arrays of ur_each one after another. Numbers: points, features, outputs, weights,
 * variance.
 */
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
