#include "scene.h"

#include <string.h>

#include "alloc.h"

ur_status ur__scene_open(const ur_trainer *trainer, ur__scene *s) {
  *s = (ur__scene){.points = &trainer->examples.points};
  const ur_status status = ur__flat_of(trainer, &s->flat);
  if (status != UR_OK) return status;
  const size_t size = (size_t)s->flat.size, values = ur__flat_values(&s->flat);
  s->theta = ur__alloc_array(size + values, 2 * sizeof *s->theta);
  if (s->theta == NULL) {
    ur__flat_free(&s->flat);
    return ur_fail(UR_E_MEMORY, "", "there is no memory left to look at %zu weights", size);
  }
  s->gradient = s->theta + size;
  s->z = s->gradient + size;
  s->delta = s->z + values;
  memcpy(s->theta, s->flat.theta, size * sizeof *s->theta);
  return UR_OK;
}

void ur__scene_close(ur__scene *s) {
  ur__free(s->theta);
  ur__flat_free(&s->flat);
}

double ur__scene_error(const ur__scene *s, int point) {
  const ur__points *p = s->points;
  return ur__flat_error(&s->flat, s->theta, p->x + point * p->features, p->y + point * p->outputs, s->z);
}

double ur__scene_mean_error(const ur__scene *s) {
  double sum = 0;
  for (int n = 0; n < s->points->train; n++) sum += ur__scene_error(s, n);
  return sum / s->points->train;
}

void ur__scene_add_gradient(const ur__scene *s, int point, double *gradient) {
  ur__scene_error(s, point);
  ur__flat_gradient(&s->flat, s->theta, s->points->y + point * s->points->outputs, s->z, s->delta, gradient);
}

void ur__scene_mean_gradient(const ur__scene *s, double *gradient) {
  const size_t size = (size_t)s->flat.size;
  memset(gradient, 0, size * sizeof *gradient);
  for (int n = 0; n < s->points->train; n++) ur__scene_add_gradient(s, n, gradient);
  for (size_t i = 0; i < size; i++) gradient[i] /= s->points->train;
}
