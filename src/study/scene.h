/* study/scene.h: a feed-forward net and the points that it is trained on, as functions of its weights. In
 * double. */
#ifndef UNROLL_STUDY_SCENE_H
#define UNROLL_STUDY_SCENE_H

#include "flat.h"

/* A net, its points, and room to work in. theta begins as the run has it; the functions below go by it. */
typedef struct ur__scene {
  ur__flat flat;
  const ur__points *points;
  double *theta, *gradient, *z, *delta; /* [size] twice, [values] twice */
} ur__scene;

/* UR_E_STATE for another model, UR_E_MEMORY. To be closed; nothing is open after a failure. */
ur_status ur__scene_open(const ur_trainer *trainer, ur__scene *s);
void ur__scene_close(ur__scene *s);

double ur__scene_error(const ur__scene *s, int point);
double ur__scene_mean_error(const ur__scene *s); /* J */
void ur__scene_add_gradient(const ur__scene *s, int point, double *gradient);
void ur__scene_mean_gradient(const ur__scene *s, double *gradient);

#endif
