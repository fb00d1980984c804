/* A feed-forward net: a = W z + b, z = h(a), layer after layer;  y = what the error takes for its own: the
 * number itself, a sigmoid, a softmax. z^(0) = x.
 *
 * A layer sees the one before it or, with skips, all that came before. Where `wires_l` is not 0, layer l is
 * drawn wire by wire: unit j sees its i-th input where bit j K + i is set, K inputs in all; then each unit is
 * a product of its own and has a weight for each of its wires and no others. The last layer is the output. */
#include <math.h>
#include <stdio.h>

#include "mlp.h"
#include "models.h"
#include "unroll/layers.h"

enum { HIDDEN_MAX = UR__MLP_LAYERS - 1, WIDEST = 128, WIRES_MAX = 52 };
enum {
  HIDDEN,
  WIRES = HIDDEN + HIDDEN_MAX,
  SKIPS = WIRES + UR__MLP_LAYERS,
  ACTIVATION,
  ERROR,
  INIT,
  SETTINGS
};
enum { UNIFORM, HE };

#define HIDDEN_ROW(l, units)                                                                                 \
  [HIDDEN + (l)-1] = {                                                                                       \
      .key = "hidden_" #l, .def = (units), .max = WIDEST, .help = "units in hidden layer " #l "; 0: none"}
#define WIRES_ROW(l)                                                                                         \
  [WIRES + (l)-1] = {.key = "wires_" #l,                                                                     \
                     .max = 4503599627370495.0,                                                              \
                     .help = "which wires lead into layer " #l ", as bits; 0: all"}

static const ur_setting settings[SETTINGS] = {
    HIDDEN_ROW(1, 8),
    HIDDEN_ROW(2, 8),
    HIDDEN_ROW(3, 0),
    HIDDEN_ROW(4, 0),
    HIDDEN_ROW(5, 0),
    HIDDEN_ROW(6, 0),
    WIRES_ROW(1),
    WIRES_ROW(2),
    WIRES_ROW(3),
    WIRES_ROW(4),
    WIRES_ROW(5),
    WIRES_ROW(6),
    WIRES_ROW(7),
    [SKIPS] = {.key = "skips",
               .type = UR_SETTING_CHOICE,
               .choices = "none|all",
               .max = 1,
               .help = "all: a layer sees the input and every layer before it"},
    [ACTIVATION] = {.key = "activation",
                    .type = UR_SETTING_CHOICE,
                    .choices = "tanh|sigmoid|relu|identity",
                    .max = 3,
                    .help = "h of the hidden layers"},
    [ERROR] = {.key = "error",
               .type = UR_SETTING_CHOICE,
               .choices = "squares|bernoulli|softmax",
               .max = 2,
               .help = "what the answers are taken for: numbers with noise, yes or no each, one of several"},
    [INIT] = {.key = "init",
              .type = UR_SETTING_CHOICE,
              .choices = "uniform|he",
              .max = 1,
              .help = "how weights begin; he: for relu, with biases spread out (He et al. 2015)"},
};

static const ur__take takes[] = {
    {.name = "x", .axes = "BF", .real = 1}, {.name = "y", .axes = "BC", .real = 1}, {.name = NULL}};

ur__mlp_net ur__mlp_net_of(const double *values, const ur__io *io) {
  ur__mlp_net out = {
      .skips = values[SKIPS] != 0, .activation = (int)values[ACTIVATION], .error = (int)values[ERROR]};
  int seen = io->features, all = seen;
  for (int l = 0; l < UR__MLP_LAYERS; l++) {
    const int hidden = l < HIDDEN_MAX ? (int)values[HIDDEN + l] : 0, last = hidden == 0;
    const ur__mlp_layer one = {last ? io->numbers : hidden, out.skips ? all : seen,
                               (uint64_t)values[WIRES + l]};
    out.layers[out.count++] = one;
    if (last) break;
    seen = one.units;
    all += seen;
  }
  return out;
}

/* UR_E_SETTING where no net is described. */
static ur_status check(const double *values, const ur__io *io, const ur__mlp_net *net) {
  char key[32];
  for (int l = net->count; l < UR__MLP_LAYERS; l++) {
    snprintf(key, sizeof key, "hidden_%d", l + 1);
    if (l < HIDDEN_MAX && values[HIDDEN + l] != 0)
      return ur_fail(UR_E_SETTING, key, "%s has units, but hidden_%d has none; fill the layers in order", key,
                     net->count);
    snprintf(key, sizeof key, "wires_%d", l + 1);
    if (values[WIRES + l] != 0)
      return ur_fail(UR_E_SETTING, key, "%s has wires, but there are %d layers, the output counted", key,
                     net->count);
  }
  for (int l = 0; l < net->count; l++) {
    const ur__mlp_layer *one = &net->layers[l];
    const int bits = one->units * one->inputs;
    snprintf(key, sizeof key, "wires_%d", l + 1);
    if (one->wires == 0) continue;
    if (bits > WIRES_MAX)
      return ur_fail(UR_E_SETTING, key, "%d units with %d inputs have %d wires; drawn can be %d", one->units,
                     one->inputs, bits, WIRES_MAX);
    if (one->wires >> bits != 0)
      return ur_fail(UR_E_SETTING, key, "%s has wires beyond the %d that there are", key, bits);
    for (int j = 0; j < one->units; j++) {
      int some = 0;
      for (int i = 0; i < one->inputs; i++) some += ur__mlp_sees(one, j, i);
      if (some == 0)
        return ur_fail(UR_E_SETTING, key, "unit %d of layer %d has no wire; draw one", j + 1, l + 1);
    }
  }
  if (values[ERROR] != UR__MLP_SQUARES && !io->chances)
    return ur_fail(UR_E_SETTING, "error", "the task's answers are any numbers; take squares");
  if (values[ERROR] == UR__MLP_SOFTMAX && io->numbers < 2)
    return ur_fail(UR_E_SETTING, "error",
                   "softmax chooses among several answers, and the task has one; take bernoulli");
  return UR_OK;
}

/* ---- parameters ---- */
/* weight [n,k], bias [n] */
static void declare_dense(ur_params *params, const char *suffix, int n, int k, int init) {
  char weight[40], bias[40];
  snprintf(weight, sizeof weight, "W_%s", suffix);
  snprintf(bias, sizeof bias, "b_%s", suffix);
  if (init == HE) {
    ur_params_add(params, weight, "HF", (int[]){n, k}, UR_INIT_NORMAL, sqrt(2.0 / k));
    ur_params_add(params, bias, "H", &n, UR_INIT_UNIFORM, 1);
  } else {
    ur_dense_params(params, weight, bias, "HF", n, k);
  }
}

static void declare(const double *values, const ur__io *io, ur_params *params) {
  const ur__mlp_net net = ur__mlp_net_of(values, io);
  char suffix[32];
  if (check(values, io, &net) != UR_OK) {
    ur_params_refuse(params);
    return;
  }
  for (int l = 0; l < net.count; l++) {
    const ur__mlp_layer *one = &net.layers[l];
    for (int j = 0; j < (one->wires == 0 ? 1 : one->units); j++) {
      int wires = 0;
      for (int i = 0; i < one->inputs; i++) wires += ur__mlp_sees(one, j, i);
      snprintf(suffix, sizeof suffix, one->wires == 0 ? "%d" : "%d.%d", l + 1, j + 1);
      declare_dense(params, suffix, one->wires == 0 ? one->units : 1, wires, (int)values[INIT]);
    }
  }
}

/* ---- the graph ---- */
static int activate(ur_tape *tape, int how, const char *name, int a) {
  return how == UR__MLP_TANH      ? ur_tanh(tape, name, a)
         : how == UR__MLP_SIGMOID ? ur_sigmoid(tape, name, a)
         : how == UR__MLP_RELU    ? ur_relu(tape, name, a)
                                  : a;
}

static int output(ur_tape *tape, int error, int a) {
  return error == UR__MLP_BERNOULLI ? ur_sigmoid(tape, "y_hat", a)
         : error == UR__MLP_SOFTMAX ? ur_softmax(tape, "y_hat", a)
                                    : a;
}

/* Those of the inputs that lead to unit j, side by side, in runs of neighbours. */
static int gather(ur_tape *tape, const ur__mlp_layer *layer, int j, int inputs) {
  int seen = UR_NODE_NONE;
  for (int i = 0; i < layer->inputs; i++) {
    char name[32];
    int end = i;
    while (end < layer->inputs && ur__mlp_sees(layer, j, end)) end++;
    if (end == i) continue;
    if (i == 0 && end == layer->inputs) return inputs;
    snprintf(name, sizeof name, "from_%d", i + 1);
    const int run = ur_slice(tape, name, inputs, i, end - i, 'F');
    snprintf(name, sizeof name, "with_%d", i + 1);
    seen = seen == UR_NODE_NONE ? run : ur_concat(tape, name, seen, run);
    i = end;
  }
  return seen;
}

/* Layer by layer, unit by unit where wires are drawn: a [B,units]. */
static int build_sums(ur_tape *tape, const ur__mlp_layer *layer, const char *name, int inputs, int *param) {
  int sums = UR_NODE_NONE;
  if (layer->wires == 0) {
    const ur_dense dense = {*param, *param + 1};
    *param += 2;
    return ur_dense_layer(tape, &dense, "Wz", name, inputs);
  }
  for (int j = 0; j < layer->units; j++) {
    const ur_dense unit = {*param, *param + 1};
    char scope[32];
    snprintf(scope, sizeof scope, "unit.%d", j + 1);
    ur_scope_push(tape, scope);
    const int sum = ur_dense_layer(tape, &unit, "wz", "a", gather(tape, layer, j, inputs));
    ur_scope_pop(tape);
    *param += 2;
    snprintf(scope, sizeof scope, "a_%d", j + 1);
    sums = j == 0 ? sum : ur_concat(tape, j + 1 == layer->units ? name : scope, sums, sum);
  }
  return sums;
}

static int build_by_layer(ur_tape *tape, const ur__mlp_net *net, int x) {
  int z = x, all = x, a = x, param = 0;
  for (int l = 0; l < net->count; l++) {
    const int last = l + 1 == net->count;
    char scope[32];
    snprintf(scope, sizeof scope, "layer.%d", l + 1);
    if (!last) ur_scope_push(tape, scope);
    a = build_sums(tape, &net->layers[l], last && net->error == UR__MLP_SQUARES ? "y_hat" : "a",
                   net->skips ? all : z, &param);
    if (last) break;
    z = activate(tape, net->activation, "z", a);
    if (net->skips) all = ur_concat(tape, "seen", all, z);
    ur_scope_pop(tape);
  }
  return a;
}

/* ---- unit by unit, as it is walked ---- */
/* A number that a net has made: a cell of a node of so many. */
typedef struct cell {
  int node, at, width;
} cell;

/* Those of `from` that lead to unit j: whole nodes where all of one does, else a part of it. */
static int collect(ur_tape *tape, const ur__mlp_layer *layer, int j, const cell *from) {
  int parts[WIRES_MAX], n = 0;
  for (int i = 0, end; i < layer->inputs; i = end) {
    end = i + 1;
    if (!ur__mlp_sees(layer, j, i)) continue;
    while (end < layer->inputs && from[end].node == from[i].node && ur__mlp_sees(layer, j, end)) end++;
    char name[32];
    snprintf(name, sizeof name, "from_%d", i + 1);
    parts[n++] = end - i == from[i].width ? from[i].node
                                          : ur_slice(tape, name, from[i].node, from[i].at, end - i, 'F');
  }
  return n == 1 ? parts[0] : ur_concat_all(tape, "seen", parts, n);
}

static int sees_as(const ur__mlp_layer *layer, int j, int other) {
  for (int i = 0; i < layer->inputs; i++)
    if (ur__mlp_sees(layer, j, i) != ur__mlp_sees(layer, other, i)) return 0;
  return 1;
}

/* The sums of a layer's units, one unit after another, each a node [B,1] of its own: a_j = w z + b, and where
 * `z` is there, z_j = h(a_j) into it. Units are numbered through. What two of them see alike is collected
 * once. */
static void build_units(ur_tape *tape, const ur__mlp_layer *layer, int activation, int number,
                        const cell *from, int *param, int *sums, cell *z) {
  int seen[WIRES_MAX];
  for (int j = 0; j < layer->units; j++, *param += 2) {
    const ur_dense unit = {*param, *param + 1};
    char scope[32];
    int like = 0;
    while (like < j && !sees_as(layer, j, like)) like++;
    snprintf(scope, sizeof scope, "unit.%d", number + j);
    ur_scope_push(tape, scope);
    seen[j] = like < j ? seen[like] : collect(tape, layer, j, from);
    sums[j] = ur_dense_layer(tape, &unit, "wz", "a", seen[j]);
    if (z != NULL) z[j] = (cell){activate(tape, activation, "z", sums[j]), 0, 1};
    ur_scope_pop(tape);
  }
}

/* a [B,outputs] of a net that is drawn in all its layers. */
static int build_by_unit(ur_tape *tape, const ur__mlp_net *net, int x, int features) {
  cell made[WIRES_MAX * (UR__MLP_LAYERS + 1)];
  int sums[WIRES_MAX], param = 0, count = features, start = 0, number = 1;
  for (int i = 0; i < features; i++) made[i] = (cell){x, i, features};
  for (int l = 0; l < net->count; l++) {
    const ur__mlp_layer *layer = &net->layers[l];
    const int last = l + 1 == net->count;
    build_units(tape, layer, net->activation, number, made + start, &param, sums, last ? NULL : made + count);
    start = net->skips ? 0 : count;
    count += layer->units;
    number += layer->units;
  }
  const int outputs = net->layers[net->count - 1].units;
  if (net->error == UR__MLP_SQUARES) return ur_concat_all(tape, "y_hat", sums, outputs);
  return outputs == 1 ? sums[0] : ur_concat_all(tape, "a", sums, outputs);
}

static int is_drawn(const ur__mlp_net *net) {
  for (int l = 0; l < net->count; l++)
    if (net->layers[l].wires == 0) return 0;
  return 1;
}

static void build(const double *values, const ur__io *io, ur__lowering lowering,
                  const ur_tape_options *capacity, ur_tape *tape) {
  const ur__mlp_net net = ur__mlp_net_of(values, io);
  const int B = capacity->batch, x = ur_input(tape, "x", "BF", (int[]){B, io->features});
  const int by_unit = lowering == UR__UNROLLED && is_drawn(&net);
  const int a = by_unit ? build_by_unit(tape, &net, x, io->features) : build_by_layer(tape, &net, x);
  const int y_hat = output(tape, net.error, a);
  if (lowering == UR__NEXT) return;
  const int y = ur_input(tape, "y", "BC", (int[]){B, io->numbers}), count = ur_input(tape, "count", "", NULL);
  const int loss = net.error == UR__MLP_SQUARES     ? ur_half_squares(tape, "J_t", y_hat, y)
                   : net.error == UR__MLP_BERNOULLI ? ur_bernoulli(tape, "J_t", y_hat, y)
                                                    : ur_categorical(tape, "J_t", y_hat, y);
  ur_mean_loss(tape, "J", &loss, 1, count);
}

const ur__model ur__mlp = {.name = "mlp",
                           .help = "a feed-forward net: layers, or wires of your own",
                           .settings = settings,
                           .setting_count = SETTINGS,
                           .takes = takes,
                           .declare = declare,
                           .build = build};
