/* unroll/descent.h: walking downhill: the path of a rule over two weights of a feed-forward net, and what it
 * costs to reach the bottom of a quadratic with gradients and without. In double. */
#ifndef UNROLL_DESCENT_H
#define UNROLL_DESCENT_H

#include "unroll/train.h"

typedef enum ur_rule_kind { UR_RULE_SGD, UR_RULE_MOMENTUM, UR_RULE_ADAM } ur_rule_kind;
typedef struct ur_rule {
  ur_rule_kind kind;
  int batch;   /* points an update, taken in turn, n from 1 to N and round again; 0: all of them */
  double rate; /* eta */
  double momentum, beta1, beta2, epsilon; /* those that the kind has no use for are not looked at */
} ur_rule;

/* What a path leaves of its updates, a row each, two numbers in all but the errors; NULL: not wanted. */
typedef struct ur_path {
  double *at;      /* [updates+1]: w, from the start on */
  double *errors;  /* [updates+1]: J of all points there */
  double *terms;   /* [updates * batch]: the slopes of one point after the other, as they are taken */
  double *slopes;  /* [updates]: g, the mean of those of its batch */
  double *means;   /* [updates]: m of adam after it */
  double *squares; /* [updates]: and v */
  double *steps;   /* [updates]: what is added to w */
} ur_path;
/* w^(k+1) = w^(k) + step^(k) over two weights of a net of the model mlp, numbers into ur_params_data, all
 * others as the run has them. With g the mean of the batch's slopes, step = -rate g; momentum: step =
 * momentum times the last step - rate g; adam: as the optimiser of that name (Kingma and Ba 2015), without
 * decay. What comes after a number that is not finite is NaN, and so are means and squares of a rule that
 * has none. UR_E_STATE for another model; UR_E_ARGUMENT
 * for a weight that there is not, twice the same, a batch of more points than there are, or fewer than one
 * update; UR_E_MEMORY. */
ur_status ur_descent_path(const ur_trainer *trainer, const int weights[2], const double start[2],
                          const ur_rule *rule, int updates, const ur_path *out);
int ur_descent_points(const ur_trainer *trainer); /* how many points the run is trained on */

#define UR_PRICE_MAX 512
typedef struct ur_price {
  int calls;         /* of the error, or of its gradient */
  double operations; /* multiplications and additions within them */
  double gap;        /* how far the weights that are found lie from the bottom, by the length of those */
} ur_price;
/* To the bottom of E(w) = w^T H w / 2 - b^T w with W weights, H of 2 and beside it -1, b drawn (the stream
 * "price", by W): an error that takes O(W) operations, as that of a net does. *without learns H and b from
 * errors alone: (W + 1)(W + 2) / 2 of them, one for each number that a quadratic has; what it takes to solve
 * for w is not counted. *with goes down conjugate gradients (Hestenes and Stiefel 1952), two gradients a
 * step, at most W steps, to a slope of 1e-10 of b. UR_E_ARGUMENT outside of 1 to UR_PRICE_MAX weights;
 * UR_E_MEMORY. */
ur_status ur_descent_price(int weights, uint64_t seed, ur_price *without, ur_price *with);
/* One gradient of the same E at drawn weights: *differences by central differences of E, two calls a weight;
 * *gradient by its own rule, one call. gap: the largest distance from H w - b, by the largest number of it.
 * Errors as above. */
ur_status ur_gradient_price(int weights, uint64_t seed, ur_price *differences, ur_price *gradient);

#endif
