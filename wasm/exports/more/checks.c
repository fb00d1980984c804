/* Derivatives beside differences, in double: of what is read, and of a training run. */
#include "alloc.h"
#include "exports.h"

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

/* Numbers: worst, checked. Result: the parameter that was worst. */
UW_EXPORT(trainer_gradcheck) int uw_trainer_gradcheck(int handle, int samples) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  ur_gradcheck check;
  if (!trainer) return UR_E_ARGUMENT;
  if (samples < 0) return ur_fail(UR_E_ARGUMENT, "samples", "%d cells cannot be checked.", samples);
  ur_status status = ur_trainer_gradcheck(trainer, (size_t)samples, &check);
  if (status != UR_OK) return status;
  uw_numbers[0] = check.worst, uw_numbers[1] = (double)check.checked;
  ur_buffer_print(uw_result(), "%s", ur_params_view(ur_trainer_params(trainer), check.param).name);
  return uw_result_done();
}
