/* unroll/surface.h: the error of a feed-forward net (the model mlp) as a function of its weights: over any
 * two of them, where it stands still and how it bends there, and how far the gradient of a batch is from that
 * of all points. In double, from the run's points to train on and its weights as they are now; nothing is
 * changed.
 *
 * J is the mean of the points' errors, as in training. A weight is a number into ur_params_data of the run.
 * All: UR_E_STATE for another model; UR_E_ARGUMENT for a weight that there is not or a range that is empty or
 * not finite; UR_E_MEMORY. */
#ifndef UNROLL_SURFACE_H
#define UNROLL_SURFACE_H

#include "unroll/train.h"

#define UR_SURFACE_STEPS_MAX 1024
#define UR_HESSIAN_MAX       512

typedef struct ur_axis {
  int weight;
  double from, to;
  int steps; /* values at from, ..., to: 3 to UR_SURFACE_STEPS_MAX */
} ur_axis;

/* J over both axes, all other weights as they are: values [y->steps, x->steps]. */
ur_status ur_surface(const ur_trainer *trainer, const ur_axis *x, const ur_axis *y, double *values);
/* Some rows of them, from y's place `from` on; the others stay as they are. */
ur_status ur_surface_rows(const ur_trainer *trainer, const ur_axis *x, const ur_axis *y, int from, int rows,
                          double *values);

typedef enum ur_stationary_kind { UR_MINIMUM, UR_SADDLE, UR_MAXIMUM, UR_FLAT } ur_stationary_kind;
typedef struct ur_stationary {
  double at[2], error;
  double hessian[4];       /* over the two weights */
  double eigenvalues[2];   /* of it, ascending */
  double directions[4];    /* its eigenvectors, by row */
  ur_stationary_kind kind; /* flat: an eigenvalue is 0 to the digits that there are */
} ur_stationary;
/* Where both slopes are 0 within the ranges: from every place of the surface where the slope is least among
 * its neighbours by Newton's method, the gradient by backpropagation and the Hessian by its differences.
 * `found` has room for `capacity`, gets the first of them in the order of their error; *count is how many
 * there are. What lies closer than the surface's grid can tell may be missed. values: of ur_surface over the
 * same axes. */
ur_status ur_surface_stationary(const ur_trainer *trainer, const ur_axis *x, const ur_axis *y,
                                const double *values, ur_stationary *found, int capacity, int *count);

/* Of all P weights: J's gradient [P], or NULL, and its Hessian [P,P], symmetric, by central differences of
 * the gradient, good to some 1e-9 of its largest cell. UR_E_ARGUMENT for more than UR_HESSIAN_MAX weights. */
ur_status ur_hessian(const ur_trainer *trainer, double *gradient, double *hessian);

/* Of a net with one hidden layer of M tanh units: all M! 2^M weight vectors that say the same, the units in
 * every order, each with all of its weights as they are or with their signs turned, since tanh(-a) = -
 * tanh(a) (Bishop, Pattern Recognition and Machine Learning, 5.1.1). weights [M! 2^M, P], those of the run
 * first; errors [M! 2^M], J of each. UR_E_STATE for another net or more than UR_EQUIVALENT_MAX units. */
#define UR_EQUIVALENT_MAX 5
ur_status ur_equivalent_count(const ur_trainer *trainer, int *count);
ur_status ur_equivalent_weights(const ur_trainer *trainer, double *weights, double *errors);

/* Draws `draws` batches of `batch` points with replacement (the stream "noise", by batch): the square root of
 * the mean squared distance of their gradients from that of all points. It falls as 1 / sqrt(batch). */
ur_status ur_gradient_noise(const ur_trainer *trainer, int batch, int draws, double *noise);

#endif
