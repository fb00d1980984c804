/* backprop: what a gradient takes by the walk back and by differences. Products are counted on the unrolled
 * graph: a matrix product is done once forwards, and once more for each of its inputs that a gradient goes
 * to. A difference of two forward runs gives one derivative. How exact both are is measured in single
 * precision, against the walk back in double. Untrained nets, at one point of a constructed class. */
#include "claims.h"
#include "unroll/steps.h"

#include <math.h>
#include <string.h>

#include "alloc.h"

typedef struct measured {
  double runs_back, runs_apart; /* of the products of one forward run: the walk back with it; differences */
  double gap;                   /* of the two in double, of the size of both */
  double off_back, off_apart;   /* |g - exact| / |exact|, in single precision */
} measured;

static ur_status open_net(const char *const settings[], uint64_t seed, ur_trainer **out) {
  ur_settings chosen;
  *out = NULL;
  ur_status status = ur_settings_init(&chosen, "mlp", "passes");
  chosen.seed = seed;
  for (int i = 0; settings[i] != NULL && status == UR_OK; i += 2)
    status = ur_settings_set(&chosen, settings[i], settings[i + 1]);
  return status == UR_OK ? ur_trainer_create(&chosen, (ur_bytes){NULL, 0}, out) : status;
}

static double cells_of(const ur_node_view *node) {
  double cells = 1;
  for (int i = 0; i < node->rank; i++) cells *= node->shape[i];
  return cells;
}

static void count_products(const ur_tape *tape, double *forward, double *back) {
  *forward = *back = 0;
  for (int id = 0; id < ur_tape_count(tape); id++) {
    const ur_node_view node = ur_tape_node(tape, id);
    if (node.op != UR_OP_MATMUL) continue;
    const ur_node_view input = ur_tape_node(tape, node.inputs[0]),
                       weight = ur_tape_node(tape, node.inputs[1]);
    const double products = cells_of(&node) * weight.shape[weight.rank - 1];
    *forward += products;
    *back += products * (input.gradient + weight.gradient);
  }
}

static double loss_of(ur_walk *walk) {
  ur_tape *tape = ur_walk_tape(walk);
  return ((const float *)ur_tape_value(tape, ur_tape_find(tape, "J")))[0];
}

/* |g - exact| / |exact| of what differences in single precision give, by the best of a few steps. */
static ur_status differ(ur_trainer *trainer, ur_walk *walk, const double *exact, size_t n, double *best) {
  const int forward = ur_tape_walk_length(ur_walk_tape(walk)) / 2;
  float *theta = ur_params_data(ur_trainer_params(trainer));
  ur_status status = UR_OK;
  *best = INFINITY;
  for (float h = 0.1f; h > 1e-5f && status == UR_OK; h /= 4) {
    double off = 0, size = 0;
    for (size_t w = 0; w < n && status == UR_OK; w++) {
      const float kept = theta[w];
      theta[w] = kept + h;
      const float above = theta[w];
      status = ur_walk_to(walk, forward);
      const double J = loss_of(walk);
      theta[w] = kept - h;
      const float below = theta[w];
      if (status == UR_OK) status = ur_walk_to(walk, forward);
      off += pow((J - loss_of(walk)) / ((double)above - (double)below) - exact[w], 2);
      size += exact[w] * exact[w];
      theta[w] = kept;
    }
    if (sqrt(off / size) < *best) *best = sqrt(off / size);
  }
  return status;
}

static ur_status measure(ur_trainer *trainer, ur_walk *walk, double *exact, size_t n, measured *out) {
  ur_tape *tape = ur_walk_tape(walk);
  ur_gradcheck worst;
  double forward, back, off = 0, size = 0;
  count_products(tape, &forward, &back);
  out->runs_back = (forward + back) / forward;
  out->runs_apart = 2 * (double)n;
  ur_status status = ur_walk_derivatives(walk, exact, exact + n, &worst);
  if (status == UR_OK) status = ur_walk_to(walk, ur_tape_walk_length(tape));
  if (status != UR_OK) return status;
  out->gap = worst.worst;
  const float *shown = ur_tape_param_grads(tape);
  for (size_t w = 0; w < n; w++) {
    off += pow((double)shown[w] - exact[w], 2);
    size += exact[w] * exact[w];
  }
  out->off_back = sqrt(off / size);
  return differ(trainer, walk, exact, n, &out->off_apart);
}

static ur_status measure_net(const char *const settings[], uint64_t seed, measured *out) {
  ur_trainer *trainer;
  ur_walk *walk = NULL;
  double *exact = NULL;
  ur_status status = open_net(settings, seed, &trainer);
  if (status == UR_OK) status = ur_walk_create(trainer, "0.3 0.1 0 0", &walk);
  if (status == UR_OK) {
    const size_t n = ur_walk_parameters(walk);
    exact = ur__alloc_array(n, 2 * sizeof *exact);
    status = exact != NULL ? measure(trainer, walk, exact, n, out)
                           : ur_fail(UR_E_MEMORY, "", "there is no memory left for %zu derivatives", n);
  }
  ur__free(exact);
  ur_walk_free(walk);
  ur_trainer_free(trainer);
  return status;
}

static const char *const small[] = {"hidden_1", "3",  "hidden_2", "0",         "wires_1", "63",
                                    "wires_2",  "63", "error",    "bernoulli", NULL},
                         *const large[] = {"hidden_1", "30", "hidden_2", "30", "error", "bernoulli", NULL};

#define OF(name, net, what)                                                                                  \
  static ur_status name(uint64_t seed, ur_claim_row *out) {                                                  \
    measured all = {0};                                                                                      \
    const ur_status status = measure_net(net, seed, &all);                                                   \
    out->measured = all.what;                                                                                \
    return status;                                                                                           \
  }
OF(small_back, small, runs_back)
OF(small_apart, small, runs_apart)
OF(large_back, large, runs_back)
OF(large_apart, large, runs_apart)
OF(gap, small, gap)
OF(off_back, small, off_back)
OF(off_apart, small, off_apart)
#undef OF

enum { SMALL_BACK, SMALL_APART, LARGE_BACK, LARGE_APART, GAP, OFF_BACK, OFF_APART, ROWS };

static const ur__contestant rows[ROWS] = {
    [SMALL_BACK] = {.name = "17 weights: forwards and back, in forward runs", .count = small_back},
    [SMALL_APART] = {.name = "17 weights: by differences, in forward runs", .count = small_apart},
    [LARGE_BACK] = {.name = "1,082 weights: forwards and back, in forward runs", .count = large_back},
    [LARGE_APART] = {.name = "1,082 weights: by differences, in forward runs", .count = large_apart},
    [GAP] = {.name = "double precision: largest gap between the two", .count = gap},
    [OFF_BACK] = {.name = "single precision: error of the walk back", .count = off_back},
    [OFF_APART] = {.name = "single precision: error of differences", .count = off_apart},
};

static int holds(const ur_claim_row *row) {
  return row[SMALL_BACK].measured < 3 && row[LARGE_BACK].measured < 3 && row[SMALL_APART].measured == 34 &&
         row[LARGE_APART].measured == 2164 && row[GAP].measured < 1e-6 && row[OFF_BACK].measured < 1e-6 &&
         row[OFF_APART].measured > 10 * row[OFF_BACK].measured;
}

#define ASKED                                                                                                \
  "forwards and back under 3 forward runs at both sizes, differences 34 and 2,164; in double precision the " \
  "gap under 1e-6; in single precision the walk back off by less than 1e-6, differences by more than ten "   \
  "times as much"

const ur__claim ur__claim_backprop = {
    "backprop",
    "One walk back gives every derivative for less than two more forward runs, however many weights there "
    "are. "
    "Differences take two runs a weight, and lose digits.",
    {rows, ROWS, ASKED, holds},
    {rows, ROWS, ASKED, holds},
};
