#include "unroll/rolled.h"

#include <math.h>
#include <string.h>

#include "alloc.h"
#include "reading.h"
#include "throws.h"
#include "unroll/linalg.h"

static ur_status check(const ur_trainer *trainer) {
  if (trainer->model == &ur__forecaster && ur__has_throws(trainer->task)) return UR_OK;
  return ur_fail(UR_E_STATE, "", "%s of the task %s throws no ball; train forecaster on ball",
                 trainer->model->name, trainer->task->name);
}

static double apart(const float *a, const float *b) {
  const double x = (double)a[0] - (double)b[0], y = (double)a[1] - (double)b[1];
  return sqrt(x * x + y * y);
}

/* After the place `e`: where the next one is said to be, and the state into `h`, where wanted. */
static ur_status step(ur_trainer *trainer, const float *e, float *next, float *h) {
  ur__net *net = &trainer->net;
  const ur_status status = ur__net_push_numbers(net, e);
  if (status != UR_OK) return status;
  const float *said = ur__net_probabilities(net);
  for (int i = 0; i < 2; i++) next[i] = e[i] + UR__THROW_STEP * said[i];
  if (h != NULL) ur__net_state(net, h);
  return UR_OK;
}

/* What is said of each frame from those before it as they came: guess [frames,2], but of the first. states:
 * NULL, or [frames-1,H]. */
static ur_status follow(ur_trainer *trainer, const float *seen, int frames, float *guess, float *states) {
  const size_t H = (size_t)ur__net_state_size(&trainer->net);
  ur_status status = UR_OK;
  ur__net_begin(&trainer->net);
  for (int t = 0; t + 1 < frames && status == UR_OK; t++)
    status = step(trainer, seen + 2 * t, guess + 2 * (t + 1), states != NULL ? states + (size_t)t * H : NULL);
  return status;
}

/* The same where of `own` only the first `given` are there: the rest is filled in, each step reading what the
 * last one said. */
static ur_status roll(ur_trainer *trainer, int frames, int given, float *own, float *states) {
  const size_t H = (size_t)ur__net_state_size(&trainer->net);
  ur_status status = UR_OK;
  ur__net_begin(&trainer->net);
  for (int t = 0; t + 1 < frames && status == UR_OK; t++) {
    float next[2];
    status = step(trainer, own + 2 * t, next, states != NULL ? states + (size_t)t * H : NULL);
    if (t + 1 >= given) memcpy(own + 2 * (t + 1), next, sizeof next);
  }
  return status;
}

/* The places of a throw, one more than steps. */
static void places_of(const ur__batch *batch, float *seen) {
  const float *e = ur__batch_reals(batch, "e"), *y = ur__batch_reals(batch, "y");
  const int T = batch->length;
  memcpy(seen, e, 2 * (size_t)T * sizeof *seen);
  for (int i = 0; i < 2; i++) seen[2 * T + i] = e[2 * (T - 1) + i] + UR__THROW_STEP * y[2 * (T - 1) + i];
}

static ur_status read_batch(ur_trainer *trainer, const ur__batch *batch, int given, ur_rolled *out) {
  const int frames = batch->length + 1, H = ur__net_state_size(&trainer->net);
  if (frames > UR_ROLL_MAX)
    return ur_fail(UR_E_TEXT, "", "there are more than %d places; write fewer", UR_ROLL_MAX);
  if (given < 1 || given >= frames)
    return ur_fail(UR_E_ARGUMENT, "given", "%d of %d frames are to be given; take 1 to %d", given, frames,
                   frames - 1);
  out->states = ur__alloc_array((size_t)(frames - 1), (size_t)H * sizeof *out->states);
  if (out->states == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left for %d states", frames);
  out->frames = frames, out->given = given, out->hidden = H;
  places_of(batch, out->seen);
  memcpy(out->own, out->seen, 2 * (size_t)given * sizeof *out->own);
  const ur_status status = follow(trainer, out->seen, frames, out->guess, NULL);
  return status == UR_OK ? roll(trainer, frames, given, out->own, out->states) : status;
}

ur_status ur_rolled_read(ur_trainer *trainer, const char *text, int given, ur_rolled *out) {
  ur__batch batch = {0};
  *out = (ur_rolled){0};
  ur_status status = check(trainer);
  if (status == UR_OK) status = ur__batch_room(trainer->task->arrays, 1, UR_ROLL_MAX, 0, &batch);
  if (status == UR_OK)
    status = ur__throw_read(ur__task_values(&trainer->settings), text, UR_ROLL_MAX - 1, &batch, out->speed);
  if (status == UR_OK) status = read_batch(trainer, &batch, given, out);
  ur__batch_free(&batch);
  if (status != UR_OK) ur_rolled_free(out);
  return status;
}

void ur_rolled_free(ur_rolled *rolled) {
  ur__free(rolled->states);
  *rolled = (ur_rolled){0};
}

/* ---- over many ---- */
/* Throw i of a stream, "data" or "unseen": its places [frames,2], and its speeds. */
typedef struct thrown {
  ur__batch batch;
  int frames, first; /* first: of the steps that count, from 0 */
  float seen[2 * UR_ROLL_MAX], speed[2 * UR_ROLL_MAX];
} thrown;

static ur_status open_throws(const ur_trainer *trainer, thrown *out) {
  const double *values = ur__task_values(&trainer->settings);
  const int T = (int)values[UR__BALL_LENGTH];
  out->batch = (ur__batch){0};
  const ur_status status = check(trainer);
  if (status != UR_OK) return status;
  if (T >= UR_ROLL_MAX)
    return ur_fail(UR_E_ARGUMENT, "length", "a throw of %d frames is too long here; take at most %d", T,
                   UR_ROLL_MAX - 1);
  out->frames = T + 1;
  out->first = (int)values[UR__BALL_FIRST] < T ? (int)values[UR__BALL_FIRST] - 1 : T - 1;
  return ur__batch_room(trainer->task->arrays, 1, T, 0, &out->batch);
}

static void draw_throw(const ur_trainer *trainer, const char *name, int i, thrown *out) {
  ur_rng stream = ur_rng_stream(trainer->settings.seed, name, (uint64_t)i);
  ur__throw_fill(ur__task_values(&trainer->settings), &stream, 0, &out->batch, out->speed);
  places_of(&out->batch, out->seen);
}

/* `ahead` frames after frame `at`, from 0, by the last two that are seen. */
static void same_velocity(const float *seen, int at, int ahead, float out[2]) {
  for (int i = 0; i < 2; i++) {
    const float now = seen[2 * at + i], before = at > 0 ? seen[2 * (at - 1) + i] : now;
    out[i] = now + (float)ahead * (now - before);
  }
}

static ur_status add_errors(ur_trainer *trainer, const thrown *one, ur_roll_errors *out) {
  float guess[2 * UR_ROLL_MAX], own[2 * UR_ROLL_MAX], straight[2];
  const float *seen = one->seen;
  ur_status status = follow(trainer, seen, one->frames, guess, NULL);
  for (int t = 0; t < out->frames; t++) {
    same_velocity(seen, t, 1, straight);
    out->seen[UR_ROLL_NET][t] += apart(guess + 2 * (t + 1), seen + 2 * (t + 1));
    out->seen[UR_ROLL_VELOCITY][t] += apart(straight, seen + 2 * (t + 1));
    out->seen[UR_ROLL_PLACE][t] += apart(seen + 2 * t, seen + 2 * (t + 1));
  }
  memcpy(own, seen, 2 * (size_t)out->given * sizeof *own);
  if (status == UR_OK) status = roll(trainer, out->given + out->steps, out->given, own, NULL);
  for (int k = 0; k < out->steps; k++) {
    const float *truth = seen + 2 * (out->given + k);
    same_velocity(seen, out->given - 1, k + 1, straight);
    out->ahead[UR_ROLL_NET][k] += apart(own + 2 * (out->given + k), truth);
    out->ahead[UR_ROLL_VELOCITY][k] += apart(straight, truth);
    out->ahead[UR_ROLL_PLACE][k] += apart(seen + 2 * (out->given - 1), truth);
  }
  return status;
}

ur_status ur_roll_errors_of(ur_trainer *trainer, int throws, int given, int steps, ur_roll_errors *out) {
  thrown one;
  *out = (ur_roll_errors){.throws = throws, .given = given, .steps = steps};
  ur_status status = open_throws(trainer, &one);
  out->frames = status == UR_OK ? one.frames - 1 : 0;
  if (status == UR_OK && (throws < 1 || throws > UR__UNSEEN || given < 1 || steps < 1 ||
                          given > out->frames || given + steps > one.frames))
    status =
        ur_fail(UR_E_ARGUMENT, "", "%d throws, %d frames given and %d own steps do not go with %d frames",
                throws, given, steps, one.frames);
  for (int i = 0; i < throws && status == UR_OK; i++) {
    draw_throw(trainer, "unseen", i, &one);
    status = add_errors(trainer, &one, out);
  }
  for (int way = 0; way < UR_ROLL_WAYS && status == UR_OK; way++) {
    for (int k = 0; k < steps; k++) out->ahead[way][k] /= throws;
    for (int t = 0; t < out->frames; t++) out->seen[way][t] /= throws;
    for (int t = one.first; t < out->frames; t++)
      out->next[way] += out->seen[way][t] / (out->frames - one.first);
  }
  ur__batch_free(&one.batch);
  return status;
}

/* ---- the speed in the state ---- */
/* Rows of a throw: the state and 1, and the speed. */
static ur_status fill_rows(ur_trainer *trainer, const thrown *one, float *states, double *A, double *B) {
  const int H = ur__net_state_size(&trainer->net);
  float guess[2 * UR_ROLL_MAX];
  const ur_status status = follow(trainer, one->seen, one->frames, guess, states);
  for (int t = one->first; t < one->frames - 1; t++) {
    for (int j = 0; j < H; j++) *A++ = (double)states[t * H + j];
    *A++ = 1;
    for (int i = 0; i < 2; i++) *B++ = (double)one->speed[2 * t + i];
  }
  return status;
}

static ur_status fit(ur_trainer *trainer, thrown *one, float *states, double *A, double *B, double *ridge,
                     ur_roll_speed *out) {
  const size_t rows = (size_t)(one->frames - 1 - one->first), H = (size_t)out->hidden;
  ur_status status = UR_OK;
  for (int i = 0; i < UR_ROLL_FITTED && status == UR_OK; i++) {
    draw_throw(trainer, "data", i, one);
    status = fill_rows(trainer, one, states, A + (size_t)i * rows * (H + 1), B + (size_t)i * rows * 2);
  }
  for (size_t j = 0; j <= H; j++) ridge[j] = UR_ROLL_RIDGE;
  return status == UR_OK ? ur_least_squares(A, (int)(UR_ROLL_FITTED * rows), out->hidden + 1, B, 2, ridge,
                                            out->weights, NULL)
                         : status;
}

void ur_roll_speed_say(const ur_roll_speed *speed, const float *state, double out[2]) {
  for (int i = 0; i < 2; i++) {
    out[i] = speed->weights[2 * speed->hidden + i];
    for (int j = 0; j < speed->hidden; j++) out[i] += speed->weights[2 * j + i] * (double)state[j];
  }
}

static ur_status test(ur_trainer *trainer, thrown *one, int throws, float *states, ur_roll_speed *out) {
  double off[3] = {0}, sum[2] = {0}, squares = 0;
  float guess[2 * UR_ROLL_MAX];
  ur_status status = UR_OK;
  for (int n = 0; n < throws && status == UR_OK; n++) {
    draw_throw(trainer, "unseen", n, one);
    status = follow(trainer, one->seen, one->frames, guess, states);
    for (int t = one->first; t < one->frames - 1 && status == UR_OK; t++, out->tested++) {
      double said[2];
      ur_roll_speed_say(out, states + (size_t)t * (size_t)out->hidden, said);
      for (int i = 0; i < 2; i++) {
        const double speed = (double)one->speed[2 * t + i], now = (double)one->seen[2 * t + i],
                     before = t > 0 ? (double)one->seen[2 * (t - 1) + i] : now,
                     by_places = (now - before) / UR__THROW_FRAME;
        off[0] += (said[i] - speed) * (said[i] - speed);
        off[1] += (by_places - speed) * (by_places - speed);
        sum[i] += speed;
        squares += speed * speed;
      }
    }
  }
  const double n = out->tested;
  out->error = sqrt(off[0] / n);
  out->by_places = sqrt(off[1] / n);
  out->spread = sqrt((squares - (sum[0] * sum[0] + sum[1] * sum[1]) / n) / n);
  return status;
}

ur_status ur_roll_speed_fit(ur_trainer *trainer, int throws, ur_roll_speed *out) {
  thrown one;
  *out = (ur_roll_speed){0};
  ur_status status = open_throws(trainer, &one);
  if (status == UR_OK && (throws < 1 || throws > UR__UNSEEN))
    status = ur_fail(UR_E_ARGUMENT, "throws", "%d throws are out of range; take 1 to %d", throws, UR__UNSEEN);
  if (status != UR_OK) {
    ur__batch_free(&one.batch);
    return status;
  }
  const size_t H = (size_t)ur__net_state_size(&trainer->net),
               rows = UR_ROLL_FITTED * (size_t)(one.frames - 1 - one.first);
  double *room = ur__alloc_array(rows * (H + 3) + H + 1, sizeof *room);
  float *states = ur__alloc_array((size_t)one.frames * H, sizeof *states);
  out->hidden = (int)H;
  out->weights = ur__alloc_array(2 * (H + 1), sizeof *out->weights);
  if (room == NULL || states == NULL || out->weights == NULL)
    status = ur_fail(UR_E_MEMORY, "", "there is no memory left to read speeds");
  if (status == UR_OK)
    status = fit(trainer, &one, states, room, room + rows * (H + 1), room + rows * (H + 3), out);
  if (status == UR_OK) status = test(trainer, &one, throws, states, out);
  ur__free(room);
  ur__free(states);
  ur__batch_free(&one.batch);
  if (status != UR_OK) ur_roll_speed_free(out);
  return status;
}

void ur_roll_speed_free(ur_roll_speed *speed) {
  ur__free(speed->weights);
  *speed = (ur_roll_speed){0};
}

ur_status ur_roll_fan(const ur_trainer *trainer, double x, double y, int count, float *out) {
  const double *values = ur__task_values(&trainer->settings);
  ur_rng stream = ur_rng_stream(trainer->settings.seed, "fan", 0);
  const ur_status status = check(trainer);
  if (status != UR_OK) return status;
  if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1))
    return ur_fail(UR_E_ARGUMENT, "place", "%g, %g is outside of the box", x, y);
  for (int n = 0; n < count; n++) {
    ur__throw ball = ur__throw_draw(&stream);
    ball.at[0] = x, ball.at[1] = y;
    ball = ur__throw_next(values, &ball);
    for (int i = 0; i < 2; i++)
      *out++ = (float)(ball.at[i] + values[UR__BALL_NOISE] * (double)ur_rng_normal(&stream));
  }
  return UR_OK;
}
