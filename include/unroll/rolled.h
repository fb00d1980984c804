/* unroll/rolled.h: what a net that predicts numbers makes of a ball (task ball): frame by frame with the
 * truth before it, and by its own steps, each of which reads what the last one said; against two simple ways;
 * and what of the ball's speed stands in its state. Places in sides of the box, speeds in sides per unit of
 * time; errors are mean distances (Euclidean) from what is seen. The trainer's parameters are read and not
 * changed.
 */
#ifndef UNROLL_ROLLED_H
#define UNROLL_ROLLED_H

#include "unroll/train.h"

#define UR_ROLL_MAX 64 /* frames of a throw */

typedef struct ur_rolled {
  int frames, given, hidden;    /* N frames, the first `given` of them shown; H of the last layer */
  float seen[2 * UR_ROLL_MAX];  /* [N,2]: as it came */
  float guess[2 * UR_ROLL_MAX]; /* [N,2]: each said from those before it as they came; the first is not */
  float own[2 * UR_ROLL_MAX];   /* [N,2]: those given, then the net's own steps */
  float speed[2 * UR_ROLL_MAX]; /* [N,2]: of a throw; else NaN */
  float *states;                /* [N-1,H]: after each of `own` but the last */
} ur_rolled;

/* text: as the task reads one. given: 1 to N-1. UR_E_STATE for another model, UR_E_TEXT, UR_E_ARGUMENT,
 * UR_E_MEMORY. Empty after a failure, else to be freed. */
ur_status ur_rolled_read(ur_trainer *trainer, const char *text, int given, ur_rolled *out);
void ur_rolled_free(ur_rolled *rolled);

enum { UR_ROLL_NET, UR_ROLL_VELOCITY, UR_ROLL_PLACE, UR_ROLL_WAYS };
typedef struct ur_roll_errors {
  int throws, given, steps, frames;
  double ahead[UR_ROLL_WAYS][UR_ROLL_MAX]; /* [steps]: after `given` frames and so many own steps, from 1 */
  double seen[UR_ROLL_WAYS][UR_ROLL_MAX];  /* [frames]: one step ahead after so many frames, from 1 */
  double next[UR_ROLL_WAYS];               /* the mean of those that count in the loss */
} ur_roll_errors;
/* Over the first `throws` unseen ones, 1 to 512. Same velocity is as from the last two frames, of one frame
 * the same place; no wall is in its way. UR_E_STATE, UR_E_ARGUMENT where throws are not as long. */
ur_status ur_roll_errors_of(ur_trainer *trainer, int throws, int given, int steps, ur_roll_errors *out);

/* The speed as a linear function of the state, w h + b for each of its two numbers: least squares over the
 * first UR_ROLL_FITTED throws that are trained on, at the frames that count in the loss, with a penalty of
 * UR_ROLL_RIDGE on the squares of w and b. */
#define UR_ROLL_FITTED 64
#define UR_ROLL_RIDGE  1e-3
typedef struct ur_roll_speed {
  int hidden, tested; /* H; frames of unseen throws on which it is tested */
  double *weights;    /* [H+1,2], b last */
  double error,
      spread;       /* root of the mean square of what is off on them; the same of always saying the mean */
  double by_places; /* the same of the last two places that were seen, over the time between them */
} ur_roll_speed;
ur_status ur_roll_speed_fit(ur_trainer *trainer, int throws, ur_roll_speed *out);
void ur_roll_speed_free(ur_roll_speed *speed);
/* What it says of a state: [2]. */
void ur_roll_speed_say(const ur_roll_speed *speed, const float *state, double out[2]);

/* Where `count` throws that begin at one place, thrown as those are that are trained on, are seen a frame
 * later: [count,2]. From the stream ("fan", 0) of the run's seed. */
ur_status ur_roll_fan(const ur_trainer *trainer, double x, double y, int count, float *out);

#endif
