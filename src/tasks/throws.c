#include "throws.h"

#include <math.h>
#include <string.h>

#include "decimal.h"

ur__throw ur__throw_draw(ur_rng *stream) {
  ur__throw ball;
  const double fastest[] = {0.9, 0.6};
  for (int i = 0; i < 2; i++) ball.at[i] = 0.1 + 0.8 * (double)ur_rng_uniform(stream);
  for (int i = 0; i < 2; i++) ball.speed[i] = fastest[i] * (2 * (double)ur_rng_uniform(stream) - 1);
  return ball;
}

ur__throw ur__throw_next(const double *values, const ur__throw *ball) {
  ur__throw next = *ball;
  const double fall[] = {0, values[UR__BALL_GRAVITY] * UR__THROW_FRAME}, bounce = values[UR__BALL_BOUNCE];
  for (int i = 0; i < 2; i++) {
    next.at[i] += (ball->speed[i] - fall[i] / 2) * UR__THROW_FRAME; /* the mean of its speeds at both ends */
    next.speed[i] -= fall[i];
    if (next.at[i] < 0) {
      next.at[i] = -next.at[i];
      next.speed[i] = bounce * fabs(next.speed[i]);
    } else if (next.at[i] > 1) {
      next.at[i] = 2 - next.at[i];
      next.speed[i] = -bounce * fabs(next.speed[i]);
    }
  }
  return next;
}

/* Frame t of example b, from 0; the one after the last step is only said. */
static void put(ur__batch *batch, int t, int b, const float *seen) {
  float *e = ur__batch_reals(batch, "e"), *y = ur__batch_reals(batch, "y");
  const int at = 2 * (t * batch->count + b), before = at - 2 * batch->count;
  for (int i = 0; i < 2; i++) {
    if (t > 0) y[before + i] = (seen[i] - e[before + i]) / UR__THROW_STEP;
    if (t < batch->length) e[at + i] = seen[i];
  }
}

/* Steps from first_counted on; where there are none so late, the last. */
static void count(const double *values, int b, ur__batch *batch) {
  const int first = (int)values[UR__BALL_FIRST] < batch->length ? (int)values[UR__BALL_FIRST] : batch->length;
  float *counted = ur__batch_reals(batch, "counted");
  for (int t = 0; t < batch->length; t++) counted[t * batch->count + b] = t + 1 >= first;
}

/* noise: NULL for none. */
static void fly(const double *values, ur__throw ball, ur_rng *noise, int b, ur__batch *batch, float *speeds) {
  for (int t = 0; t <= batch->length; t++) {
    float seen[2];
    for (int i = 0; i < 2; i++) {
      const double off = noise != NULL ? values[UR__BALL_NOISE] * (double)ur_rng_normal(noise) : 0;
      seen[i] = (float)(ball.at[i] + off);
      if (speeds != NULL && t < batch->length) speeds[2 * t + i] = (float)ball.speed[i];
    }
    put(batch, t, b, seen);
    ball = ur__throw_next(values, &ball);
  }
  count(values, b, batch);
}

void ur__throw_fill(const double *values, ur_rng *stream, int b, ur__batch *batch, float *speeds) {
  const ur__throw ball = ur__throw_draw(stream);
  fly(values, ball, stream, b, batch, speeds);
}

void ur__throw_print(const ur__batch *batch, int b, ur_buffer *out) {
  const float *e = ur__batch_reals(batch, "e"), *y = ur__batch_reals(batch, "y");
  for (int t = 0; t <= batch->length; t++) {
    const int last = t == batch->length, at = 2 * ((last ? t - 1 : t) * batch->count + b);
    const float by = last ? UR__THROW_STEP : 0;
    ur_buffer_print(out, "%s%.6f,%.6f", t > 0 ? " " : "", (double)(e[at] + by * y[at]),
                    (double)(e[at + 1] + by * y[at + 1]));
  }
}

/* "0.5,-0.25" at *text, which then stands behind it. */
static int read_two(const char **text, double out[2]) {
  const char *at = *text;
  for (int i = 0; i < 2; i++) {
    const char *end;
    if (i == 1 && *at++ != ',') return 0;
    if (*at == 0 || strspn(at, "-.0123456789") == 0) return 0;
    out[i] = ur__decimal_read(at, &end);
    if (end == at || !isfinite(out[i])) return 0;
    at = end;
  }
  *text = at;
  return 1;
}

static ur_status read_throw(const double *values, const char *speed, ur__throw *ball, int capacity,
                            ur__batch *batch, float *speeds) {
  if (!read_two(&speed, ball->speed) || speed[strspn(speed, " ")] != 0)
    return ur_fail(UR_E_TEXT, "", "behind > should be one speed, like 0.5,0.25>0.6,-0.3");
  for (int i = 0; i < 2; i++)
    if (fabs(ball->speed[i]) > UR__THROW_FASTEST)
      return ur_fail(UR_E_TEXT, "", "a speed of %g is too fast; throw with at most %d sides per unit of time",
                     ball->speed[i], UR__THROW_FASTEST);
  batch->length = (int)values[UR__BALL_LENGTH] < capacity ? (int)values[UR__BALL_LENGTH] : capacity;
  fly(values, *ball, NULL, 0, batch, speeds);
  return UR_OK;
}

ur_status ur__throw_read(const double *values, const char *text, int capacity, ur__batch *batch,
                         float *speeds) {
  int frames = 0;
  const char *at = text + strspn(text, " ");
  batch->length = capacity;
  while (*at != 0) {
    ur__throw ball;
    if (!read_two(&at, ball.at) || (*at != ' ' && *at != 0 && (*at != '>' || frames > 0)))
      return ur_fail(UR_E_TEXT, "", "place %d should be two numbers from 0 to 1, like 0.5,0.25", frames + 1);
    for (int i = 0; i < 2; i++)
      if (!(ball.at[i] >= -1 && ball.at[i] <= 2)) /* what is seen, or said, may be a little off */
        return ur_fail(UR_E_TEXT, "", "place %d is far outside of the box; take numbers from 0 to 1",
                       frames + 1);
    if (*at == '>') {
      for (int i = 0; i < 2; i++) ball.at[i] = ball.at[i] < 0 ? 0 : ball.at[i] > 1 ? 1 : ball.at[i];
      return read_throw(values, at + 1, &ball, capacity, batch, speeds);
    }
    if (frames > capacity)
      return ur_fail(UR_E_TEXT, "", "there are more than %d places; write fewer", capacity + 1);
    put(batch, frames++, 0, (float[]){(float)ball.at[0], (float)ball.at[1]});
    at += strspn(at, " ");
  }
  if (frames < 2)
    return ur_fail(UR_E_TEXT, "",
                   "there should be two places at least, like 0.5,0.25 0.53,0.24, or a throw, like "
                   "0.5,0.25>0.6,-0.3");
  batch->length = frames - 1;
  for (int i = 0; speeds != NULL && i < 2 * batch->length; i++) speeds[i] = NAN;
  count(values, 0, batch);
  return UR_OK;
}
