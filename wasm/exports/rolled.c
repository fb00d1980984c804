/* What a net that predicts numbers makes of a ball. */
#include "unroll/rolled.h"

#include "exports.h"

/* Numbers: frames N, H. Result, as floats: places as they came, said one by one, and by own steps, and
 * speeds, [N,2] each; states [N-1,H]. */
UW_EXPORT(trainer_rolled) int uw_trainer_rolled(int handle, uint32_t text, uint32_t text_size, int given) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  const char *t = uw_input_text(text, text_size);
  ur_rolled rolled;
  if (!trainer || !t) return UR_E_ARGUMENT;
  const ur_status status = ur_rolled_read(trainer, t, given, &rolled);
  if (status != UR_OK) return status;
  const size_t N = (size_t)rolled.frames, two = 2 * N * sizeof(float);
  ur_buffer *out = uw_result();
  const float *const places[] = {rolled.seen, rolled.guess, rolled.own, rolled.speed};
  for (int i = 0; i < 4; i++) ur_buffer_append(out, places[i], two);
  ur_buffer_append(out, rolled.states, (N - 1) * (size_t)rolled.hidden * sizeof(float));
  uw_numbers[0] = rolled.frames, uw_numbers[1] = rolled.hidden;
  ur_rolled_free(&rolled);
  return uw_result_done();
}

/* Numbers: frames that are read. Result, as doubles, for the net, the same velocity and the same place each:
 * the mean one step ahead, after each number of own steps [steps], after each number of frames seen. */
UW_EXPORT(trainer_roll_errors) int uw_trainer_roll_errors(int handle, int throws, int given, int steps) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  ur_roll_errors errors;
  if (!trainer) return UR_E_ARGUMENT;
  const ur_status status = ur_roll_errors_of(trainer, throws, given, steps, &errors);
  if (status != UR_OK) return status;
  ur_buffer *out = uw_result();
  for (int way = 0; way < UR_ROLL_WAYS; way++) {
    ur_buffer_append(out, &errors.next[way], sizeof(double));
    ur_buffer_append(out, errors.ahead[way], (size_t)errors.steps * sizeof(double));
    ur_buffer_append(out, errors.seen[way], (size_t)errors.frames * sizeof(double));
  }
  uw_numbers[0] = errors.frames;
  return uw_result_done();
}

/* Numbers: H, frames tested, error, the same of the last two places, spread, throws fitted, penalty. Result:
 * weights as doubles [H+1,2]. */
UW_EXPORT(trainer_roll_speed) int uw_trainer_roll_speed(int handle, int throws) {
  ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  ur_roll_speed speed;
  if (!trainer) return UR_E_ARGUMENT;
  const ur_status status = ur_roll_speed_fit(trainer, throws, &speed);
  if (status != UR_OK) return status;
  ur_buffer_append(uw_result(), speed.weights, 2 * ((size_t)speed.hidden + 1) * sizeof(double));
  const double numbers[] = {speed.hidden, speed.tested,   speed.error,  speed.by_places,
                            speed.spread, UR_ROLL_FITTED, UR_ROLL_RIDGE};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) uw_numbers[i] = numbers[i];
  ur_roll_speed_free(&speed);
  return uw_result_done();
}

/* Result: [count,2] as floats. */
UW_EXPORT(trainer_roll_fan) int uw_trainer_roll_fan(int handle, double x, double y, int count) {
  const ur_trainer *trainer = uw_handle_get(UW_TRAINER, handle);
  float out[2 * UR_ROLL_MAX];
  if (!trainer || count < 1 || count > UR_ROLL_MAX) return UR_E_ARGUMENT;
  const ur_status status = ur_roll_fan(trainer, x, y, count, out);
  if (status != UR_OK) return status;
  ur_buffer_append(uw_result(), out, 2 * (size_t)count * sizeof *out);
  return uw_result_done();
}
