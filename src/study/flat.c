#include "flat.h"

#include <math.h>
#include <string.h>

#include "alloc.h"
#include "real.h"

/* The value that is input `i` of layer `l`: with skips all count from the first, else from the layer before.
 */
static int value_of(const ur__flat *flat, const ur__mlp_net *net, int l, int i) {
  int first = flat->features;
  if (net->skips || l == 0) return i;
  for (int k = 0; k + 1 < l; k++) first += net->layers[k].units;
  return first + i;
}

static void lay_out(const ur__mlp_net *net, ur__flat *flat) {
  int unit = 0, wire = 0, at = 0;
  for (int l = 0; l < net->count; l++) {
    const ur__mlp_layer *layer = &net->layers[l];
    const int whole = layer->wires == 0, weights = layer->units * layer->inputs;
    for (int j = 0; j < layer->units; j++, unit++) {
      ur__unit *u = &flat->units[unit];
      *u = (ur__unit){.weight = whole ? at + j * layer->inputs : at, .from = wire};
      for (int i = 0; i < layer->inputs; i++)
        if (ur__mlp_sees(layer, j, i)) flat->from[wire++] = value_of(flat, net, l, i);
      u->wires = wire - u->from;
      u->bias = whole ? at + weights + j : at + u->wires;
      if (!whole) at += u->wires + 1;
    }
    if (whole) at += weights + layer->units;
  }
  flat->size = at;
}

ur_status ur__flat_of(const ur_trainer *trainer, ur__flat *out) {
  *out = (ur__flat){0};
  if (trainer->model != &ur__mlp)
    return ur_fail(UR_E_STATE, "", "%s is no feed-forward net; train mlp", trainer->model->name);
  const ur__mlp_net net = ur__mlp_net_of(ur__model_values(&trainer->settings), &trainer->net.io);
  const size_t size = ur_params_size(trainer->net.params);
  int units = 0;
  for (int l = 0; l < net.count; l++) units += net.layers[l].units;
  out->units =
      ur__alloc((size_t)units * sizeof *out->units + size * (sizeof *out->theta + sizeof *out->from));
  if (out->units == NULL)
    return ur_fail(UR_E_MEMORY, "", "there is no memory left to look at %d units", units);
  out->theta = (double *)(void *)(out->units + units);
  out->from = (int *)(void *)(out->theta + size);
  out->features = trainer->net.io.features;
  out->outputs = trainer->net.io.numbers;
  out->hidden = units - out->outputs;
  out->activation = net.activation;
  out->error = net.error;
  lay_out(&net, out);
  const float *theta = ur_params_data(trainer->net.params);
  for (size_t i = 0; i < size; i++) out->theta[i] = theta[i];
  return UR_OK;
}

void ur__flat_free(ur__flat *flat) {
  ur__free(flat->units);
  *flat = (ur__flat){0};
}

static double activate(int how, double a) {
  return how == UR__MLP_TANH      ? ur__tanh(a)
         : how == UR__MLP_SIGMOID ? ur__sigmoid(a)
         : how == UR__MLP_RELU    ? (a > 0 ? a : 0)
                                  : a;
}

/* h'(a) from z = h(a) */
static double slope(int how, double z) {
  return how == UR__MLP_TANH      ? 1 - z * z
         : how == UR__MLP_SIGMOID ? z * (1 - z)
         : how == UR__MLP_RELU    ? (z > 0 ? 1 : 0)
                                  : 1;
}

/* Sums a become answers y, in place; the error of them. -log of a sigmoid is taken from a, where no digits
 * are lost: log(1 + e^a) - t a. */
static double answer(int error, double *a, const float *t, int n) {
  double sum = 0, most = a[0], all = 0;
  for (int k = 0; k < n; k++) {
    if (error == UR__MLP_SQUARES) sum += (a[k] - (double)t[k]) * (a[k] - (double)t[k]) / 2;
    if (error == UR__MLP_BERNOULLI) {
      sum += (a[k] > 0 ? a[k] : 0) + ur__log(1 + ur__exp(-fabs(a[k]))) - (double)t[k] * a[k];
      a[k] = ur__sigmoid(a[k]);
    }
    most = a[k] > most ? a[k] : most;
  }
  if (error != UR__MLP_SOFTMAX) return sum;
  for (int k = 0; k < n; k++) all += ur__exp(a[k] - most);
  for (int k = 0; k < n; k++) {
    sum += (double)t[k] * (ur__log(all) + most - a[k]);
    a[k] = ur__exp(a[k] - most) / all;
  }
  return sum;
}

double ur__flat_error(const ur__flat *flat, const double *theta, const float *x, const float *t, double *z) {
  double *out = z + flat->features;
  for (int i = 0; i < flat->features; i++) z[i] = x[i];
  for (int u = 0; u < flat->hidden + flat->outputs; u++) {
    const ur__unit *unit = &flat->units[u];
    double a = theta[unit->bias];
    for (int k = 0; k < unit->wires; k++) a += theta[unit->weight + k] * z[flat->from[unit->from + k]];
    out[u] = u < flat->hidden ? activate(flat->activation, a) : a;
  }
  return answer(flat->error, out + flat->hidden, t, flat->outputs);
}

void ur__flat_gradient(const ur__flat *flat, const double *theta, const float *t, const double *z,
                       double *delta, double *gradient) {
  double all = 1;
  memset(delta, 0, ur__flat_values(flat) * sizeof *delta);
  for (int k = 0; k < flat->outputs && flat->error == UR__MLP_SOFTMAX; k++) all += t[k] - (k == 0);
  for (int u = flat->hidden + flat->outputs; u-- > 0;) {
    const ur__unit *unit = &flat->units[u];
    const int at = flat->features + u;
    /* delta_k = y_k - t_k, where the t of a softmax add up to 1; delta_j = h'(a_j) sum_k w_kj delta_k */
    const double d = u >= flat->hidden ? all * z[at] - (double)t[u - flat->hidden]
                                       : slope(flat->activation, z[at]) * delta[at];
    for (int k = 0; k < unit->wires; k++) {
      const int from = flat->from[unit->from + k];
      gradient[unit->weight + k] += d * z[from];
      delta[from] += d * theta[unit->weight + k];
    }
    gradient[unit->bias] += d;
  }
}
