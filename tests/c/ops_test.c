/* Every op of the table: value, gradient, partial, index map and bad shapes, all from one case an op: its
 * leaves, its builder and a naive reference in double. An op without a case fails. */
#include "check.h"
#include "unroll/steps.h"

#include <stdlib.h>
#include <string.h>

#define LEAVES 6
#define CELLS  512
#define ROW    32 /* longest row of an output */

/* kind: 'p' parameter, 'r' real input, 'i' index input; '\0' ends the list. */
typedef struct leaf {
  char kind;
  const char *axes;
  int shape[UR_RANK_MAX];
} leaf;

typedef struct operand {
  const double *x; /* indices too */
  int rows, cols, cells;
  const int *shape;
} operand;

typedef struct op_case {
  ur_op op;
  int (*build)(ur_tape *tape, const char *name, const int *in, int n);
  void (*reference)(const operand *in, int n, double *out);
  int positive, lowest_index; /* of the leaves; positive 2: and below 1, even where a cell is moved */
  leaf good[3][LEAVES], bad[4][LEAVES];
} op_case;

/* ---- builders and references ---- */
static int build_embedding(ur_tape *t, const char *s, const int *in, int n) {
  (void)n;
  return ur_embedding(t, s, in[0], in[1]);
}
static void ref_embedding(const operand *in, int n, double *out) {
  (void)n;
  for (int r = 0; r < in[1].cells; r++)
    for (int i = 0; i < in[0].cols; i++) out[r * in[0].cols + i] = in[0].x[(int)in[1].x[r] * in[0].cols + i];
}

static int build_matmul(ur_tape *t, const char *s, const int *in, int n) {
  (void)n;
  return ur_matmul(t, s, in[0], in[1]);
}
static void ref_matmul(const operand *in, int n, double *out) {
  (void)n;
  int K = in[0].cols, N = in[1].rows;
  for (int i = 0; i < in[0].rows; i++)
    for (int j = 0; j < N; j++) {
      double sum = 0;
      for (int k = 0; k < K; k++) sum += in[0].x[i * K + k] * in[1].x[j * K + k];
      out[i * N + j] = sum;
    }
}

static int build_add(ur_tape *t, const char *s, const int *in, int n) {
  (void)n;
  return ur_add(t, s, in[0], in[1]);
}
static void ref_add(const operand *in, int n, double *out) {
  (void)n;
  for (int i = 0; i < in[0].cells; i++) out[i] = in[0].x[i] + in[1].x[i % in[1].cells];
}

#define UNARY(name, value)                                                                                   \
  static int build_##name(ur_tape *t, const char *s, const int *in, int n) {                                 \
    (void)n;                                                                                                 \
    return ur_##name(t, s, in[0]);                                                                           \
  }                                                                                                          \
  static void ref_##name(const operand *in, int n, double *out) {                                            \
    (void)n;                                                                                                 \
    for (int i = 0; i < in[0].cells; i++) {                                                                  \
      double x = in[0].x[i];                                                                                 \
      out[i] = (value);                                                                                      \
    }                                                                                                        \
  }
UNARY(tanh, tanh(x))
UNARY(sigmoid, 1 / (1 + exp(-x)))
UNARY(relu, x > 0 ? x : 0)
UNARY(gelu, x / 2 * erfc(-x / sqrt(2)))

static int build_flatten(ur_tape *t, const char *s, const int *in, int n) {
  (void)n;
  return ur_flatten(t, s, in[0], 'E');
}
static void ref_flatten(const operand *in, int n, double *out) {
  (void)n;
  memcpy(out, in[0].x, (size_t)in[0].cells * sizeof *out);
}

static int build_softmax(ur_tape *t, const char *s, const int *in, int n) {
  (void)n;
  return ur_softmax(t, s, in[0]);
}
static void ref_softmax(const operand *in, int n, double *out) {
  (void)n;
  for (int r = 0; r < in[0].rows; r++) {
    double sum = 0;
    for (int i = 0; i < in[0].cols; i++) sum += exp(in[0].x[r * in[0].cols + i]);
    for (int i = 0; i < in[0].cols; i++) out[r * in[0].cols + i] = exp(in[0].x[r * in[0].cols + i]) / sum;
  }
}

static int build_nll(ur_tape *t, const char *s, const int *in, int n) {
  (void)n;
  return ur_nll(t, s, in[0], in[1]);
}
static void ref_nll(const operand *in, int n, double *out) {
  (void)n;
  for (int r = 0; r < in[1].cells; r++)
    out[r] = in[1].x[r] < 0 ? 0 : -log(in[0].x[r * in[0].cols + (int)in[1].x[r]]);
}

static int build_cross_entropy(ur_tape *t, const char *s, const int *in, int n) {
  (void)n;
  return ur_cross_entropy(t, s, in[0], in[1]);
}
static void ref_cross_entropy(const operand *in, int n, double *out) {
  double p[CELLS];
  ref_softmax(in, 1, p);
  operand probabilities[2] = {in[0], in[1]};
  probabilities[0].x = p;
  ref_nll(probabilities, n, out);
}

static int build_mean_loss(ur_tape *t, const char *s, const int *in, int n) {
  return ur_mean_loss(t, s, in, n - 1, in[n - 1]);
}
static void ref_mean_loss(const operand *in, int n, double *out) {
  double sum = 0;
  for (int k = 0; k < n - 1; k++)
    for (int i = 0; i < in[k].cells; i++) sum += in[k].x[i];
  out[0] = sum / in[n - 1].x[0];
}

#define BUILD(name, ...)                                                                                     \
  static int build_##name(ur_tape *t, const char *s, const int *in, int n) {                                 \
    (void)n;                                                                                                 \
    return __VA_ARGS__;                                                                                      \
  }

/* The middle one of three gates, of the tanh kind; the first of two. */
BUILD(gate, ur_gate(t, s, in[0], 1, 3, UR_ACT_TANH))
static void ref_gate(const operand *in, int n, double *out) {
  (void)n;
  int width = in[0].cols / 3;
  for (int i = 0; i < in[0].rows * width; i++)
    out[i] = tanh(in[0].x[i / width * in[0].cols + width + i % width]);
}
BUILD(sigmoid_gate, ur_gate(t, s, in[0], 0, 2, UR_ACT_SIGMOID))
static void ref_sigmoid_gate(const operand *in, int n, double *out) {
  (void)n;
  int width = in[0].cols / 2;
  for (int i = 0; i < in[0].rows * width; i++)
    out[i] = 1 / (1 + exp(-in[0].x[i / width * in[0].cols + i % width]));
}

BUILD(stack, ur_stack(t, s, in, n, 'W'))
static void ref_stack(const operand *in, int n, double *out) {
  for (int k = 0; k < n; k++) memcpy(out + k * in[0].cells, in[k].x, (size_t)in[0].cells * sizeof *out);
}

BUILD(scale, ur_scale(t, s, in[0], 7))
static void ref_scale(const operand *in, int n, double *out) {
  (void)n;
  for (int i = 0; i < in[0].cells; i++) out[i] = in[0].x[i] / sqrt(7);
}

BUILD(scores, ur_scores(t, s, in[0], in[1]))
static void ref_scores(const operand *in, int n, double *out) {
  (void)n;
  int S = in[1].shape[0], B = in[1].shape[1], N = in[1].shape[2], step = in[0].rows > 1 || B == 1 ? N : 0;
  int rows = in[0].rows > B ? in[0].rows : B;
  for (int r = 0; r < rows; r++)
    for (int i = 0; i < S; i++) {
      out[r * S + i] = 0;
      for (int k = 0; k < N; k++) out[r * S + i] += in[0].x[r * step + k] * in[1].x[(i * B + r % B) * N + k];
    }
}

BUILD(masked_softmax, ur_masked_softmax(t, s, in[0], in[1]))
static void ref_masked_softmax(const operand *in, int n, double *out) {
  (void)n;
  int S = in[0].cols;
  for (int b = 0; b < in[0].rows; b++) {
    double sum = 0;
    int length = (int)in[1].x[b % in[1].cells];
    for (int i = 0; i < length; i++) sum += exp(in[0].x[b * S + i]);
    for (int i = 0; i < S; i++) out[b * S + i] = i < length ? exp(in[0].x[b * S + i]) / sum : 0;
  }
}

/* One weight of a row is held: the others share the rest. A row of one is as it is. */
static int clamped(ur_tape *t, int id, double value) {
  ur_tape_clamp(t, id, 1, value);
  return id;
}
BUILD(clamped_quarter, clamped(t, ur_masked_softmax(t, s, in[0], in[1]), 0.25))
BUILD(clamped_whole, clamped(t, ur_masked_softmax(t, s, in[0], in[1]), 1))
static void ref_clamped(const operand *in, int n, double *out, double value) {
  ref_masked_softmax(in, n, out);
  const int S = in[0].cols;
  for (int b = 0; b < in[0].rows; b++) {
    double *row = out + b * S, rest = 1 - row[1];
    if ((int)in[1].x[b % in[1].cells] < 2) continue;
    for (int i = 0; i < S; i++) row[i] *= (1 - value) / rest;
    row[1] = value;
  }
}
static void ref_clamped_quarter(const operand *in, int n, double *out) { ref_clamped(in, n, out, 0.25); }
static void ref_clamped_whole(const operand *in, int n, double *out) { ref_clamped(in, n, out, 1); }

BUILD(weighted_sum, ur_weighted_sum(t, s, in[0], in[1]))
static void ref_weighted_sum(const operand *in, int n, double *out) {
  (void)n;
  int S = in[1].shape[0], B = in[1].shape[1], N = in[1].shape[2];
  for (int r = 0; r < in[0].rows; r++)
    for (int k = 0; k < N; k++) {
      out[r * N + k] = 0;
      for (int i = 0; i < S; i++) out[r * N + k] += in[0].x[r * S + i] * in[1].x[(i * B + r % B) * N + k];
    }
}

BUILD(attention_dot, ur_attention(t, s, UR_SCORE_DOT, in[0], in[1], in[2], in[3], UR_NODE_NONE))
BUILD(attention_scaled, ur_attention(t, s, UR_SCORE_SCALED, in[0], in[1], in[2], in[3], UR_NODE_NONE))
BUILD(attention_additive, ur_attention(t, s, UR_SCORE_ADDITIVE, in[0], in[1], in[2], in[3], in[n - 1]))
static void ref_attention(const operand *in, ur_score score, double *out) {
  int T = in[0].shape[0], B = in[0].shape[1], N = in[0].shape[2], S = in[1].shape[0], M = in[2].shape[2];
  for (int row = 0; row < T * B; row++) {
    int b = row % B, length = (int)in[3].x[b];
    double e[8], sum = 0;
    for (int i = 0; i < length; i++) {
      e[i] = 0;
      for (int k = 0; k < N; k++) {
        double q = in[0].x[row * N + k], key = in[1].x[(i * B + b) * N + k];
        e[i] += score == UR_SCORE_ADDITIVE ? in[4].x[k] * tanh(key + q) : q * key;
      }
      if (score == UR_SCORE_SCALED) e[i] /= sqrt(N);
      sum += exp(e[i]);
    }
    for (int k = 0; k < M; k++) out[row * M + k] = 0;
    for (int i = 0; i < length && i < S; i++)
      for (int k = 0; k < M; k++) out[row * M + k] += exp(e[i]) / sum * in[2].x[(i * B + b) * M + k];
  }
}
static void ref_attention_dot(const operand *in, int n, double *out) {
  (void)n;
  ref_attention(in, UR_SCORE_DOT, out);
}
static void ref_attention_scaled(const operand *in, int n, double *out) {
  (void)n;
  ref_attention(in, UR_SCORE_SCALED, out);
}
static void ref_attention_additive(const operand *in, int n, double *out) {
  (void)n;
  ref_attention(in, UR_SCORE_ADDITIVE, out);
}

BUILD(dots, ur_dots(t, s, in[0], in[1]))
static void ref_dots(const operand *in, int n, double *out) {
  (void)n;
  int B = in[0].shape[1], N = in[0].cols, S = in[1].shape[0];
  for (int r = 0; r < in[0].rows; r++)
    for (int i = 0; i < S; i++, out++) {
      *out = 0;
      for (int k = 0; k < N; k++) *out += in[0].x[r * N + k] * in[1].x[(i * B + r % B) * N + k];
    }
}

/* Where every key is seen; heads_test.c has the others, which are infinite. */
BUILD(mask, ur_mask(t, s, in[0], UR_LOOK_BACK, UR_NODE_NONE))
static void ref_mask(const operand *in, int n, double *out) {
  (void)n;
  memcpy(out, in[0].x, (size_t)in[0].cells * sizeof *out);
}

#define HEADS(count, scaled, look, lengths, drop)                                                            \
  ur_heads(t, s, &(ur_heads_form){count, scaled, look, lengths, drop}, in[0], in[1], in[2])
BUILD(heads_back, HEADS(2, 1, UR_LOOK_BACK, in[3], UR_NODE_NONE))
BUILD(heads_around, HEADS(1, 0, UR_LOOK_AROUND, UR_NODE_NONE, UR_NODE_NONE))
BUILD(heads_dropped, HEADS(2, 1, UR_LOOK_BACK, UR_NODE_NONE, in[3]))
static void ref_heads(const operand *in, int A, int scaled, int back, int padded, int dropped, double *out) {
  int T = in[0].shape[0], B = in[0].shape[1], N = in[0].cols, S = in[1].shape[0], M = in[2].cols;
  for (int row = 0; row < T * B * A; row++) {
    int a = row % A, b = row / A % B, t = row / A / B, n = N / A, m = M / A, seen = S;
    double e[8], sum = 0;
    if (back && S - T + t + 1 < seen) seen = S - T + t + 1;
    if (padded && (int)in[3].x[b] < seen) seen = (int)in[3].x[b];
    for (int i = 0; i < seen; i++) {
      e[i] = 0;
      for (int k = 0; k < n; k++)
        e[i] += in[0].x[(t * B + b) * N + a * n + k] * in[1].x[(i * B + b) * N + a * n + k];
      sum += e[i] = exp(scaled ? e[i] / sqrt(n) : e[i]);
    }
    for (int k = 0; k < m; k++) {
      double *y = out + (t * B + b) * M + a * m + k;
      *y = 0;
      for (int i = 0; i < seen; i++)
        *y += e[i] / sum * in[2].x[(i * B + b) * M + a * m + k] *
              (dropped ? in[3].x[((a * B + b) * T + t) * S + i] : 1);
    }
  }
}
static void ref_heads_back(const operand *in, int n, double *out) {
  (void)n;
  ref_heads(in, 2, 1, 1, 1, 0, out);
}
static void ref_heads_around(const operand *in, int n, double *out) {
  (void)n;
  ref_heads(in, 1, 0, 0, 0, 0, out);
}
static void ref_heads_dropped(const operand *in, int n, double *out) {
  (void)n;
  ref_heads(in, 2, 1, 1, 0, 1, out);
}

BUILD(extend, ur_extend(t, s, in[0], in[1]))
static void ref_extend(const operand *in, int n, double *out) {
  (void)n;
  const int kept = in[0].cells - in[1].cells;
  for (int i = 0; i < in[0].cells; i++) out[i] = i < kept ? in[0].x[i] : in[1].x[i - kept];
}

BUILD(center, ur_center(t, s, in[0]))
static void ref_center(const operand *in, int n, double *out) {
  (void)n;
  for (int r = 0; r < in[0].rows; r++) {
    const double *x = in[0].x + r * in[0].cols;
    double mean = 0;
    for (int i = 0; i < in[0].cols; i++) mean += x[i] / in[0].cols;
    for (int i = 0; i < in[0].cols; i++) *out++ = x[i] - mean;
  }
}
BUILD(normalize, ur_normalize(t, s, in[0], 0.01))
static void ref_normalize(const operand *in, int n, double *out) {
  (void)n;
  for (int r = 0; r < in[0].rows; r++) {
    const double *x = in[0].x + r * in[0].cols;
    double mean = 0.01;
    for (int i = 0; i < in[0].cols; i++) mean += x[i] * x[i] / in[0].cols;
    for (int i = 0; i < in[0].cols; i++) *out++ = x[i] / sqrt(mean);
  }
}
BUILD(layer_norm, ur_layer_norm(t, s, in[0], in[1], in[2], 0.01))
static void ref_layer_norm(const operand *in, int n, double *out) {
  double centred[CELLS];
  operand middle = in[0];
  ref_center(in, n, centred);
  middle.x = centred;
  ref_normalize(&middle, n, out);
  for (int i = 0; i < in[0].cells; i++) out[i] = out[i] * in[1].x[i % in[0].cols] + in[2].x[i % in[0].cols];
}
BUILD(sinusoid, ur_sinusoid(t, s, in[0], 6, 'D', 1))
static void ref_sinusoid(const operand *in, int n, double *out) {
  (void)n;
  for (int r = 0; r < in[0].cells; r++)
    for (int j = 1; j <= 3; j++) {
      *out++ = sin((in[0].x[r] + 1) / pow(10000, 2 * j / 6.0));
      *out++ = cos((in[0].x[r] + 1) / pow(10000, 2 * j / 6.0));
    }
}

BUILD(mul, ur_mul(t, s, in[0], in[1]))
static void ref_mul(const operand *in, int n, double *out) {
  (void)n;
  for (int i = 0; i < in[0].cells; i++) out[i] = in[0].x[i] * in[1].x[i % in[1].cells];
}
UNARY(one_minus, 1 - x)
BUILD(slice, ur_slice(t, s, in[0], 1, 2, 'H'))
static void ref_slice(const operand *in, int n, double *out) {
  (void)n;
  for (int i = 0; i < in[0].rows * 2; i++) out[i] = in[0].x[i / 2 * in[0].cols + 1 + i % 2];
}
BUILD(concat, ur_concat_all(t, s, in, n))
static void ref_concat(const operand *in, int n, double *out) {
  for (int r = 0; r < in[0].rows; r++)
    for (int k = 0; k < n; k++)
      for (int i = 0; i < in[k].cols; i++) *out++ = in[k].x[r * in[k].cols + i];
}
BUILD(reverse, ur_reverse(t, s, in[0], in[1]))
static void ref_reverse(const operand *in, int n, double *out) {
  (void)n;
  int B = in[1].cells, T = in[0].rows / B, E = in[0].cols;
  for (int i = 0; i < T * B * E; i++) {
    int t = i / E / B, b = i / E % B, length = (int)in[1].x[b];
    out[i] = in[0].x[((t < length ? length - 1 - t : t) * B + b) * E + i % E];
  }
}
BUILD(last, ur_last(t, s, in[0], in[1]))
static void ref_last(const operand *in, int n, double *out) {
  (void)n;
  int B = in[1].cells, E = in[0].cols;
  for (int i = 0; i < B * E; i++) out[i] = in[0].x[(((int)in[1].x[i / E] - 1) * B + i / E) * E + i % E];
}
BUILD(half_squares, ur_half_squares(t, s, in[0], in[1]))
BUILD(bernoulli, ur_bernoulli(t, s, in[0], in[1]))
BUILD(categorical, ur_categorical(t, s, in[0], in[1]))
static void ref_half_squares(const operand *in, int n, double *out) {
  (void)n;
  for (int r = 0; r < in[0].rows; r++) {
    out[r] = 0;
    for (int i = r * in[0].cols; i < (r + 1) * in[0].cols; i++) out[r] += pow(in[0].x[i] - in[1].x[i], 2) / 2;
  }
}
static void ref_bernoulli(const operand *in, int n, double *out) {
  (void)n;
  for (int r = 0; r < in[0].rows; r++) {
    out[r] = 0;
    for (int i = r * in[0].cols; i < (r + 1) * in[0].cols; i++)
      out[r] -= in[1].x[i] * log(in[0].x[i]) + (1 - in[1].x[i]) * log(1 - in[0].x[i]);
  }
}
static void ref_categorical(const operand *in, int n, double *out) {
  (void)n;
  for (int r = 0; r < in[0].rows; r++) {
    out[r] = 0;
    for (int i = r * in[0].cols; i < (r + 1) * in[0].cols; i++) out[r] -= in[1].x[i] * log(in[0].x[i]);
  }
}

BUILD(squared_error, ur_squared_error(t, s, in[0], in[1]))
static void ref_squared_error(const operand *in, int n, double *out) {
  (void)n;
  for (int i = 0; i < in[0].cells; i++) out[i] = pow(in[0].x[i] - in[1].x[i], 2);
}

/* row i of W times x */
static double times(const operand *W, int i, const double *x) {
  double sum = 0;
  for (int j = 0; j < W->cols; j++) sum += W->x[i * W->cols + j] * x[j];
  return sum;
}
static double f_sigmoid(double x) { return 1 / (1 + exp(-x)); }

BUILD(lstm, ur_lstm(t, s, in[0], in[1], in[2], in[3], in[4], in[5]))
static void ref_lstm(const operand *in, int n, double *out) {
  (void)n;
  int B = in[1].rows, H = in[1].cols, E = in[0].cols, T = in[0].rows / B;
  double c[CELLS];
  memcpy(c, in[2].x, (size_t)in[2].cells * sizeof *c);
  for (int t = 0; t < T; t++)
    for (int b = 0; b < B; b++) {
      const double *h = t ? out + ((t - 1) * B + b) * H : in[1].x + b * H, *e = in[0].x + (t * B + b) * E;
      for (int j = 0; j < H; j++) {
        double z[4];
        for (int k = 0; k < 4; k++)
          z[k] = times(&in[4], k * H + j, h) + times(&in[3], k * H + j, e) + in[5].x[k * H + j];
        c[b * H + j] = f_sigmoid(z[1]) * c[b * H + j] + f_sigmoid(z[0]) * tanh(z[2]);
        out[(t * B + b) * H + j] = f_sigmoid(z[3]) * tanh(c[b * H + j]);
      }
    }
}

BUILD(gru, ur_gru(t, s, in[0], in[1], in[2], in[3], in[4], in[5]))
static void ref_gru(const operand *in, int n, double *out) {
  (void)n;
  int B = in[1].rows, H = in[1].cols, E = in[0].cols, T = in[0].rows / B;
  for (int t = 0; t < T; t++)
    for (int b = 0; b < B; b++) {
      const double *h = t ? out + ((t - 1) * B + b) * H : in[1].x + b * H, *e = in[0].x + (t * B + b) * E;
      for (int j = 0; j < H; j++) {
        double a[3], x[3];
        for (int k = 0; k < 3; k++) {
          a[k] = times(&in[3], k * H + j, h);
          x[k] = times(&in[2], k * H + j, e) + in[4].x[k * H + j];
        }
        double r = f_sigmoid(a[0] + x[0]), z = f_sigmoid(a[1] + x[1]);
        out[(t * B + b) * H + j] = (1 - z) * tanh(x[2] + r * (a[2] + in[5].x[j])) + z * h[j];
      }
    }
}

/* in: e [T,B,E], h0 [B,H], W_e [H,E], W_h [H,H], b [H] */
static void rnn(const operand *in, double *out, double (*f)(double)) {
  int B = in[1].rows, H = in[1].cols, E = in[0].cols, T = in[0].rows / B;
  for (int t = 0; t < T; t++)
    for (int b = 0; b < B; b++)
      for (int i = 0; i < H; i++) {
        const double *before = t ? out + (t - 1) * B * H + b * H : in[1].x + b * H;
        double z = in[4].x[i];
        for (int j = 0; j < H; j++) z += in[3].x[i * H + j] * before[j];
        for (int j = 0; j < E; j++) z += in[2].x[i * E + j] * in[0].x[(t * B + b) * E + j];
        out[(t * B + b) * H + i] = f(z);
      }
}
static double f_relu(double x) { return x > 0 ? x : 0; }
#define RNN(name, ACT, f)                                                                                    \
  static int build_##name(ur_tape *t, const char *s, const int *in, int n) {                                 \
    (void)n;                                                                                                 \
    return ur_rnn(t, s, in[0], in[1], in[2], in[3], in[4], ACT);                                             \
  }                                                                                                          \
  static void ref_##name(const operand *in, int n, double *out) {                                            \
    (void)n;                                                                                                 \
    rnn(in, out, f);                                                                                         \
  }
RNN(rnn_tanh, UR_ACT_TANH, tanh)
RNN(rnn_sigmoid, UR_ACT_SIGMOID, f_sigmoid)
RNN(rnn_relu, UR_ACT_RELU, f_relu)

/* ---- cases. Batch is 3 and length 4 on every tape. ---- */
#define UNARY_LEAVES                                                                                         \
  .good = {{{'p', "WE", {3, 7}}}, {{'p', "W", {13}}}, {{'r', "TBE", {4, 3, 1}}}},                            \
  .bad = {{{'i', "BE", {3, 7}}}}
#define RNN_LEAVES                                                                                           \
  .good = {{{'p', "WPE", {4, 3, 5}},                                                                         \
            {'p', "PH", {3, 6}},                                                                             \
            {'p', "HE", {6, 5}},                                                                             \
            {'p', "HH", {6, 6}},                                                                             \
            {'p', "H", {6}}},                                                                                \
           {{'p', "WPE", {1, 1, 1}},                                                                         \
            {'p', "PH", {1, 1}},                                                                             \
            {'p', "HE", {1, 1}},                                                                             \
            {'p', "HH", {1, 1}},                                                                             \
            {'p', "H", {1}}},                                                                                \
           {{'r', "TBE", {4, 3, 2}},                                                                         \
            {'r', "BH", {3, 9}},                                                                             \
            {'p', "HE", {9, 2}},                                                                             \
            {'p', "HH", {9, 9}},                                                                             \
            {'p', "H", {9}}}},                                                                               \
  .bad = {{{'p', "WPE", {4, 3, 5}},                                                                          \
           {'p', "PH", {2, 6}},                                                                              \
           {'p', "HE", {6, 5}},                                                                              \
           {'p', "HH", {6, 6}},                                                                              \
           {'p', "H", {6}}},                                                                                 \
          {{'p', "WPE", {4, 3, 5}},                                                                          \
           {'p', "PH", {3, 6}},                                                                              \
           {'p', "HE", {6, 4}},                                                                              \
           {'p', "HH", {6, 6}},                                                                              \
           {'p', "H", {6}}},                                                                                 \
          {{'p', "WPE", {4, 3, 5}},                                                                          \
           {'p', "PH", {3, 6}},                                                                              \
           {'p', "HE", {6, 5}},                                                                              \
           {'p', "HH", {6, 7}},                                                                              \
           {'p', "H", {6}}},                                                                                 \
          {{'p', "WPE", {4, 3, 5}},                                                                          \
           {'p', "PH", {3, 6}},                                                                              \
           {'p', "HE", {6, 5}},                                                                              \
           {'p', "HH", {6, 6}},                                                                              \
           {'p', "H", {5}}}}

/* clang-format off */
#define ATTENTION_LEAVES                                                                                               \
  {{{'p', "WPK", {4, 3, 5}}, {'p', "VPK", {6, 3, 5}}, {'p', "VPH", {6, 3, 7}}, {'i', "P", {3}}},                       \
   {{'p', "WPK", {1, 1, 1}}, {'p', "VPK", {1, 1, 1}}, {'p', "VPH", {1, 1, 1}}, {'i', "P", {1}}},                       \
   {{'p', "WPK", {2, 2, 4}}, {'p', "VPK", {3, 2, 4}}, {'p', "VPH", {3, 2, 18}}, {'i', "P", {2}}}},                     \
  {{{'p', "WPK", {4, 3, 5}}, {'p', "VPK", {6, 3, 5}}, {'p', "VPH", {5, 3, 7}}, {'i', "P", {3}}},                       \
   {{'p', "WPK", {4, 3, 5}}, {'p', "VPK", {6, 3, 4}}, {'p', "VPH", {6, 3, 7}}, {'i', "P", {3}}},                       \
   {{'p', "WPK", {4, 3, 5}}, {'p', "VPK", {6, 2, 5}}, {'p', "VPH", {6, 3, 7}}, {'i', "P", {3}}},                       \
   {{'p', "WPK", {4, 3, 5}}, {'p', "VPK", {6, 3, 5}}, {'p', "VPH", {6, 3, 7}}, {'p', "P", {3}}}}
static const op_case cases[] = {
  {UR_OP_EMBEDDING, build_embedding, ref_embedding, 0, 0,
   {{{'p', "VE", {5, 7}}, {'i', "TB", {4, 3}}}, {{'p', "VE", {2, 1}}, {'i', "W", {6}}}, {{'p', "VE", {9, 4}}, {'i', "TBW", {4, 3, 2}}}},
   {{{'p', "V", {5}}, {'i', "B", {3}}}, {{'p', "VE", {5, 7}}, {'p', "W", {3}}}, {{'i', "VE", {5, 7}}, {'i', "W", {3}}},
    {{'p', "VE", {5, 7}}, {'i', "WTBW", {1, 4, 3, 1}}}}},
  {UR_OP_MATMUL, build_matmul, ref_matmul, 0, 0,
   {{{'p', "WK", {5, 7}}, {'p', "NK", {9, 7}}}, {{'p', "K", {1}}, {'p', "NK", {1, 1}}}, {{'r', "TBE", {4, 3, 6}}, {'p', "HE", {4, 6}}}},
   {{{'p', "WK", {5, 7}}, {'p', "NK", {9, 6}}}, {{'p', "WK", {5, 7}}, {'p', "K", {7}}}, {{'i', "WK", {5, 7}}, {'p', "NK", {9, 7}}},
    {{'r', "WB", {5, 3}}, {'p', "NK", {9, 3}}}}},
  {UR_OP_ADD, build_add, ref_add, 0, 0,
   {{{'p', "WH", {5, 7}}, {'p', "H", {7}}}, {{'p', "WH", {2, 3}}, {'p', "WH", {2, 3}}}, {{'r', "TBH", {4, 3, 5}}, {'p', "H", {5}}}},
   {{{'p', "WH", {5, 7}}, {'p', "H", {5}}}, {{'p', "WH", {5, 7}}, {'p', "HW", {7, 5}}}, {{'p', "H", {7}}, {'p', "WH", {5, 7}}},
    {{'r', "BH", {3, 7}}, {'p', "WH", {3, 7}}}}},
  {UR_OP_TANH, build_tanh, ref_tanh, 0, 0, UNARY_LEAVES},
  {UR_OP_SIGMOID, build_sigmoid, ref_sigmoid, 0, 0, UNARY_LEAVES},
  {UR_OP_RELU, build_relu, ref_relu, 0, 0, UNARY_LEAVES},
  {UR_OP_GELU, build_gelu, ref_gelu, 0, 0, UNARY_LEAVES},
  {UR_OP_DOTS, build_dots, ref_dots, 0, 0,
   {{{'p', "WPK", {4, 3, 7}}, {'p', "VPK", {5, 3, 7}}}, {{'p', "WPK", {1, 1, 1}}, {'p', "VPK", {1, 1, 1}}}, {{'p', "WPK", {2, 2, 6}}, {'p', "WPK", {2, 2, 6}}}},
   {{{'p', "WPK", {4, 3, 7}}, {'p', "VPK", {5, 2, 7}}}, {{'p', "WPK", {4, 3, 7}}, {'p', "VPK", {5, 3, 6}}}, {{'p', "PK", {3, 7}}, {'p', "VPK", {5, 3, 7}}}}},
  {UR_OP_MASK, build_mask, ref_mask, 0, 0,
   {{{'p', "WPK", {1, 3, 7}}}, {{'p', "WPK", {1, 1, 1}}}, {{'p', "WPK", {1, 2, 5}}}},
   {{{'p', "WPK", {4, 3, 3}}}, {{'p', "PK", {1, 3}}}, {{'i', "WPK", {1, 3, 3}}}}},
  {UR_OP_HEADS, build_heads_back, ref_heads_back, 0, 1,
   {{{'p', "WPK", {6, 3, 8}}, {'p', "VPK", {7, 3, 8}}, {'p', "VPH", {7, 3, 6}}, {'i', "P", {3}}},
    {{'p', "WPK", {1, 1, 2}}, {'p', "VPK", {1, 1, 2}}, {'p', "VPH", {1, 1, 2}}, {'i', "P", {1}}},
    {{'r', "TBK", {4, 3, 6}}, {'r', "TBK", {4, 3, 6}}, {'r', "TBH", {4, 3, 8}}, {'i', "B", {3}}}},
   {{{'p', "WPK", {8, 3, 8}}, {'p', "VPK", {7, 3, 8}}, {'p', "VPH", {7, 3, 6}}, {'i', "P", {3}}},
    {{'p', "WPK", {6, 3, 7}}, {'p', "VPK", {7, 3, 7}}, {'p', "VPH", {7, 3, 6}}, {'i', "P", {3}}},
    {{'p', "WPK", {6, 3, 8}}, {'p', "VPK", {7, 2, 8}}, {'p', "VPH", {7, 3, 6}}, {'i', "P", {3}}},
    {{'p', "WPK", {6, 3, 8}}, {'p', "VPK", {7, 3, 8}}, {'p', "VPH", {7, 3, 6}}, {'p', "P", {3}}}}},
  {UR_OP_HEADS, build_heads_around, ref_heads_around, 0, 0,
   {{{'p', "WPK", {6, 3, 8}}, {'p', "VPK", {4, 3, 8}}, {'p', "VPH", {4, 3, 5}}},
    {{'p', "WPK", {1, 1, 1}}, {'p', "VPK", {5, 1, 1}}, {'p', "VPH", {5, 1, 1}}},
    {{'p', "WPK", {3, 2, 9}}, {'p', "VPK", {1, 2, 9}}, {'p', "VPH", {1, 2, 17}}}},
   {{{'p', "WPK", {6, 3, 8}}, {'p', "VPK", {4, 3, 8}}, {'p', "VPH", {5, 3, 5}}}}},
  {UR_OP_HEADS, build_heads_dropped, ref_heads_dropped, 0, 0,
   {{{'p', "WPK", {6, 3, 8}}, {'p', "VPK", {6, 3, 8}}, {'p', "VPH", {6, 3, 4}}, {'r', "APWV", {2, 3, 6, 6}}},
    {{'p', "WPK", {1, 1, 2}}, {'p', "VPK", {1, 1, 2}}, {'p', "VPH", {1, 1, 2}}, {'r', "APWV", {2, 1, 1, 1}}},
    {{'p', "WPK", {3, 1, 4}}, {'p', "VPK", {8, 1, 4}}, {'p', "VPH", {8, 1, 18}}, {'r', "APWV", {2, 1, 3, 8}}}},
   {{{'p', "WPK", {6, 3, 8}}, {'p', "VPK", {6, 3, 8}}, {'p', "VPH", {6, 3, 4}}, {'r', "APWV", {2, 3, 6, 5}}}}},
  {UR_OP_EXTEND, build_extend, ref_extend, 0, 0,
   {{{'r', "VPK", {5, 3, 7}}, {'p', "WPK", {2, 3, 7}}}, {{'r', "VPK", {1, 1, 1}}, {'p', "WPK", {1, 1, 1}}}, {{'r', "VBK", {6, 3, 2}}, {'r', "TBK", {4, 3, 2}}}},
   {{{'r', "VPK", {5, 3, 7}}, {'p', "WPK", {6, 3, 7}}}, {{'r', "VPK", {5, 3, 7}}, {'p', "WPK", {2, 2, 7}}}, {{'r', "PK", {3, 7}}, {'p', "WPK", {2, 3, 7}}}}},
  {UR_OP_CENTER, build_center, ref_center, 0, 0,
   {{{'p', "WE", {3, 7}}}, {{'p', "E", {2}}}, {{'r', "TBE", {4, 3, 4}}}}, {{{'i', "BE", {3, 7}}}, {{'r', "", {0}}}}},
  {UR_OP_NORMALIZE, build_normalize, ref_normalize, 0, 0,
   {{{'p', "WE", {3, 7}}}, {{'p', "E", {2}}}, {{'r', "TBE", {4, 3, 4}}}}, {{{'i', "BE", {3, 7}}}, {{'r', "", {0}}}}},
  {UR_OP_LAYER_NORM, build_layer_norm, ref_layer_norm, 0, 0,
   {{{'p', "WE", {3, 7}}, {'p', "E", {7}}, {'p', "E", {7}}}, {{'p', "WE", {1, 1}}, {'p', "E", {1}}, {'p', "E", {1}}},
    {{'r', "TBE", {4, 3, 8}}, {'p', "E", {8}}, {'p', "E", {8}}}},
   {{{'p', "WE", {3, 7}}, {'p', "E", {6}}, {'p', "E", {7}}}, {{'p', "WE", {3, 7}}, {'p', "E", {7}}, {'i', "E", {7}}},
    {{'p', "E", {7}}, {'p', "E", {7}}, {'p', "E", {7}}}}},
  {UR_OP_SINUSOID, build_sinusoid, ref_sinusoid, 0, 0,
   {{{'i', "WP", {3, 4}}}, {{'i', "P", {1}}}, {{'i', "TB", {4, 3}}}}, {{{'p', "WP", {3, 4}}}}},
  {UR_OP_GATE, build_gate, ref_gate, 0, 0,
   {{{'p', "WG", {3, 15}}}, {{'p', "G", {3}}}, {{'r', "TBG", {4, 3, 6}}}},
   {{{'p', "WG", {3, 7}}}, {{'i', "WG", {3, 6}}}, {{'r', "WB", {2, 3}}}}},
  {UR_OP_GATE, build_sigmoid_gate, ref_sigmoid_gate, 0, 0,
   {{{'p', "WG", {3, 10}}}, {{'p', "G", {2}}}, {{'r', "TBG", {4, 3, 6}}}},
   {{{'p', "WG", {3, 7}}}}},
  {UR_OP_MUL, build_mul, ref_mul, 0, 0,
   {{{'p', "WH", {5, 7}}, {'p', "WH", {5, 7}}}, {{'p', "H", {1}}, {'p', "H", {1}}}, {{'r', "BH", {3, 5}}, {'r', "BH", {3, 5}}}},
   {{{'p', "WH", {5, 7}}, {'p', "H", {5}}}, {{'p', "WH", {5, 7}}, {'p', "HW", {7, 5}}}, {{'i', "H", {7}}, {'p', "H", {7}}}}},
  {UR_OP_MUL, build_mul, ref_mul, 0, 0,
   {{{'p', "WH", {5, 7}}, {'p', "H", {7}}}, {{'p', "WPH", {3, 2, 5}}, {'p', "PH", {2, 5}}}, {{'r', "TBH", {4, 3, 5}}, {'p', "H", {5}}}},
   {{{'p', "WPH", {3, 2, 7}}, {'p', "PH", {3, 7}}}, {{'p', "H", {7}}, {'p', "WH", {5, 7}}}}},
  {UR_OP_ONE_MINUS, build_one_minus, ref_one_minus, 0, 0,
   {{{'p', "WE", {3, 2}}}, {{'p', "W", {1}}}, {{'r', "TBE", {4, 3, 1}}}}, {{{'i', "BE", {3, 7}}}}},
  {UR_OP_SLICE, build_slice, ref_slice, 0, 0,
   {{{'p', "WG", {3, 7}}}, {{'p', "G", {3}}}, {{'r', "TBG", {4, 3, 4}}}},
   {{{'p', "WG", {3, 2}}}, {{'i', "WG", {3, 6}}}, {{'r', "WB", {2, 3}}}}},
  {UR_OP_CONCAT, build_concat, ref_concat, 0, 0,
   {{{'p', "WH", {5, 7}}, {'p', "WH", {5, 2}}}, {{'p', "H", {1}}, {'p', "H", {3}}, {'p', "H", {2}}}, {{'r', "BH", {3, 5}}, {'r', "BH", {3, 2}}}},
   {{{'p', "WH", {5, 7}}, {'p', "WH", {4, 7}}}, {{'p', "H", {7}}, {'p', "WH", {1, 7}}}, {{'i', "H", {7}}, {'p', "H", {7}}},
    {{'r', "WB", {5, 3}}, {'r', "WB", {5, 3}}}}},
  {UR_OP_REVERSE, build_reverse, ref_reverse, 0, 1,
   {{{'p', "WPE", {2, 3, 5}}, {'i', "P", {3}}}, {{'p', "WPE", {1, 1, 1}}, {'i', "P", {1}}}, {{'p', "WPE", {2, 7, 1}}, {'i', "P", {7}}}},
   {{{'p', "WPE", {2, 3, 5}}, {'i', "P", {2}}}, {{'p', "PE", {3, 5}}, {'i', "P", {3}}}, {{'p', "WPE", {2, 3, 5}}, {'p', "P", {3}}}}},
  {UR_OP_LAST, build_last, ref_last, 0, 1,
   {{{'p', "WPE", {4, 3, 5}}, {'i', "P", {3}}}, {{'p', "WPE", {1, 1, 1}}, {'i', "P", {1}}}, {{'r', "TBE", {4, 3, 2}}, {'i', "B", {3}}}},
   {{{'p', "WPE", {2, 3, 5}}, {'i', "P", {2}}}, {{'p', "PE", {3, 5}}, {'i', "P", {3}}}, {{'p', "WPE", {2, 3, 5}}, {'p', "P", {3}}}}},
  {UR_OP_FLATTEN, build_flatten, ref_flatten, 0, 0,
   {{{'p', "WE", {3, 5}}}, {{'p', "PWE", {2, 3, 2}}}, {{'r', "TBWE", {4, 3, 2, 3}}}},
   {{{'p', "E", {5}}}, {{'r', "BE", {3, 5}}}, {{'r', "WB", {5, 3}}}, {{'i', "WE", {3, 5}}}}},
  {UR_OP_SOFTMAX, build_softmax, ref_softmax, 0, 0,
   {{{'p', "WV", {3, 7}}}, {{'p', "V", {4}}}, {{'r', "TBV", {4, 3, 5}}}},
   {{{'i', "WV", {3, 7}}}, {{'r', "", {0}}}}},
  {UR_OP_NLL, build_nll, ref_nll, 1, -1,
   {{{'p', "WV", {6, 7}}, {'i', "W", {6}}}, {{'p', "WPV", {2, 3, 2}}, {'i', "WP", {2, 3}}}, {{'p', "WV", {1, 1}}, {'i', "W", {1}}}},
   {{{'p', "WV", {6, 7}}, {'i', "W", {5}}}, {{'p', "WV", {6, 7}}, {'i', "WV", {6, 7}}}, {{'p', "WV", {6, 7}}, {'p', "W", {6}}},
    {{'p', "WV", {3, 7}}, {'i', "B", {3}}}}},
  {UR_OP_CROSS_ENTROPY, build_cross_entropy, ref_cross_entropy, 0, -1,
   {{{'p', "WV", {6, 7}}, {'i', "W", {6}}}, {{'p', "WPV", {2, 3, 2}}, {'i', "WP", {2, 3}}}, {{'p', "WV", {1, 1}}, {'i', "W", {1}}}},
   {{{'p', "WV", {6, 7}}, {'i', "W", {5}}}, {{'p', "WV", {6, 7}}, {'i', "WV", {6, 7}}}, {{'p', "WV", {6, 7}}, {'p', "W", {6}}},
    {{'p', "WV", {3, 7}}, {'i', "B", {3}}}}},
  {UR_OP_SQUARED_ERROR, build_squared_error, ref_squared_error, 0, 0,
   {{{'p', "WC", {5, 2}}, {'p', "WC", {5, 2}}}, {{'p', "C", {1}}, {'r', "C", {1}}}, {{'r', "BC", {3, 1}}, {'r', "BC", {3, 1}}}},
   {{{'p', "WC", {5, 1}}, {'p', "W", {5}}}, {{'p', "W", {5}}, {'i', "W", {5}}}}},
  {UR_OP_HALF_SQUARES, build_half_squares, ref_half_squares, 0, 0,
   {{{'p', "WC", {5, 2}}, {'p', "WC", {5, 2}}}, {{'p', "WC", {4, 1}}, {'r', "WC", {4, 1}}}, {{'r', "WC", {3, 3}}, {'r', "WC", {3, 3}}}},
   {{{'p', "WC", {5, 1}}, {'p', "WC", {5, 2}}}, {{'p', "WC", {5, 2}}, {'i', "WC", {5, 2}}}, {{'p', "WC", {5, 2}}, {'p', "W", {5}}}}},
  {UR_OP_BERNOULLI, build_bernoulli, ref_bernoulli, 2, 0,
   {{{'p', "WC", {5, 2}}, {'p', "WC", {5, 2}}}, {{'p', "WC", {4, 1}}, {'r', "WC", {4, 1}}}, {{'r', "WC", {3, 3}}, {'r', "WC", {3, 3}}}},
   {{{'p', "WC", {5, 1}}, {'p', "WC", {5, 2}}}, {{'p', "WC", {5, 2}}, {'i', "WC", {5, 2}}}, {{'p', "WC", {5, 2}}, {'p', "W", {5}}}}},
  {UR_OP_CATEGORICAL, build_categorical, ref_categorical, 2, 0,
   {{{'p', "WC", {5, 2}}, {'p', "WC", {5, 2}}}, {{'p', "WC", {4, 1}}, {'r', "WC", {4, 1}}}, {{'r', "WC", {3, 3}}, {'r', "WC", {3, 3}}}},
   {{{'p', "WC", {5, 1}}, {'p', "WC", {5, 2}}}, {{'p', "WC", {5, 2}}, {'i', "WC", {5, 2}}}, {{'p', "WC", {5, 2}}, {'p', "W", {5}}}}},
  {UR_OP_MEAN_LOSS, build_mean_loss, ref_mean_loss, 1, 0,
   {{{'p', "W", {5}}, {'p', "WP", {2, 3}}, {'p', "W", {5}}, {'r', "", {0}}}, {{'p', "W", {1}}, {'p', "C", {1}}}, {{'p', "W", {7}}, {'i', "C", {1}}}},
   {{{'p', "W", {5}}, {'r', "C", {2}}}, {{'i', "W", {5}}, {'r', "", {0}}}}},
  {UR_OP_ADD, build_add, ref_add, 0, 0,
   {{{'p', "WPH", {3, 2, 7}}, {'p', "PH", {2, 7}}}, {{'p', "WPH", {2, 1, 1}}, {'p', "PH", {1, 1}}}, {{'r', "TBH", {4, 3, 5}}, {'r', "BH", {3, 5}}}},
   {{{'p', "WPH", {3, 2, 7}}, {'p', "PH", {3, 7}}}, {{'r', "TBH", {4, 3, 7}}, {'p', "WH", {3, 7}}}}},
  {UR_OP_STACK, build_stack, ref_stack, 0, 0,
   {{{'p', "PH", {3, 7}}, {'p', "PH", {3, 7}}, {'p', "PH", {3, 7}}}, {{'p', "H", {1}}}, {{'r', "BH", {3, 2}}, {'r', "BH", {3, 2}}}},
   {{{'p', "PH", {3, 7}}, {'p', "PH", {3, 6}}}, {{'p', "PH", {3, 7}}, {'i', "PH", {3, 7}}}, {{'r', "BH", {3, 7}}, {'p', "PH", {3, 7}}}}},
  {UR_OP_SCALE, build_scale, ref_scale, 0, 0, UNARY_LEAVES},
  {UR_OP_SCORES, build_scores, ref_scores, 0, 0,
   {{{'p', "PK", {3, 7}}, {'p', "WPK", {5, 3, 7}}}, {{'p', "K", {6}}, {'p', "WPK", {2, 3, 6}}}, {{'p', "PK", {1, 1}}, {'p', "WPK", {1, 1, 1}}}},
   {{{'p', "PK", {3, 7}}, {'p', "WPK", {5, 2, 7}}}, {{'p', "PK", {3, 7}}, {'p', "WPK", {5, 3, 6}}}, {{'r', "BK", {3, 7}}, {'p', "WPK", {5, 3, 7}}},
    {{'p', "PK", {3, 7}}, {'p', "PK", {3, 7}}}}},
  {UR_OP_SCORES, build_scores, ref_scores, 0, 0,
   {{{'p', "WPK", {4, 3, 7}}, {'p', "VPK", {5, 3, 7}}}, {{'p', "WPK", {4, 3, 5}}, {'p', "WPK", {4, 3, 5}}}, {{'p', "WPK", {1, 1, 1}}, {'p', "VPK", {1, 1, 1}}}},
   {{{'p', "WPK", {4, 2, 7}}, {'p', "VPK", {5, 3, 7}}}, {{'p', "WPK", {4, 3, 6}}, {'p', "VPK", {5, 3, 7}}}, {{'p', "VWPK", {2, 2, 3, 6}}, {'p', "VPK", {5, 3, 6}}}}},
  {UR_OP_MASKED_SOFTMAX, build_masked_softmax, ref_masked_softmax, 0, 1,
   {{{'p', "PW", {7, 2}}, {'i', "P", {7}}}, {{'p', "PW", {1, 1}}, {'i', "P", {1}}}, {{'r', "BW", {3, 2}}, {'i', "B", {3}}}},
   {{{'p', "PW", {7, 2}}, {'i', "P", {6}}}, {{'p', "PW", {7, 2}}, {'p', "P", {7}}}, {{'r', "BW", {3, 2}}, {'i', "P", {3}}},
    {{'p', "P", {7}}, {'i', "P", {7}}}}},
  {UR_OP_MASKED_SOFTMAX, build_masked_softmax, ref_masked_softmax, 0, 1,
   {{{'p', "VPW", {4, 7, 2}}, {'i', "P", {7}}}, {{'p', "VPW", {1, 1, 1}}, {'i', "P", {1}}}, {{'r', "TBW", {4, 3, 2}}, {'i', "B", {3}}}},
   {{{'p', "PVW", {7, 4, 2}}, {'i', "P", {7}}}, {{'p', "VPW", {4, 7, 2}}, {'p', "P", {7}}}, {{'p', "HVPW", {2, 2, 7, 2}}, {'i', "P", {7}}}}},
  {UR_OP_MASKED_SOFTMAX, build_clamped_quarter, ref_clamped_quarter, 0, 1,
   {{{'p', "PW", {7, 5}}, {'i', "P", {7}}}, {{'p', "PW", {1, 1}}, {'i', "P", {1}}}, {{'r', "BW", {3, 2}}, {'i', "B", {3}}}},
   {{{'p', "PW", {7, 5}}, {'i', "P", {6}}}, {{'p', "PW", {7, 5}}, {'p', "P", {7}}}, {{'r', "BW", {3, 2}}, {'i', "P", {3}}},
    {{'p', "P", {7}}, {'i', "P", {7}}}}},
  {UR_OP_MASKED_SOFTMAX, build_clamped_whole, ref_clamped_whole, 0, 1,
   {{{'p', "PW", {7, 5}}, {'i', "P", {7}}}, {{'p', "PW", {1, 1}}, {'i', "P", {1}}}, {{'r', "BW", {3, 2}}, {'i', "B", {3}}}},
   {{{'p', "PW", {7, 5}}, {'i', "P", {6}}}, {{'p', "PW", {7, 5}}, {'p', "P", {7}}}, {{'r', "BW", {3, 2}}, {'i', "P", {3}}},
    {{'p', "P", {7}}, {'i', "P", {7}}}}},
  {UR_OP_WEIGHTED_SUM, build_weighted_sum, ref_weighted_sum, 1, 0,
   {{{'p', "PW", {3, 5}}, {'p', "WPH", {5, 3, 18}}}, {{'p', "PW", {1, 1}}, {'p', "WPH", {1, 1, 1}}}, {{'p', "PW", {2, 3}}, {'p', "WPH", {3, 2, 7}}}},
   {{{'p', "PW", {3, 5}}, {'p', "WPH", {4, 3, 6}}}, {{'p', "PW", {2, 5}}, {'p', "WPH", {5, 3, 6}}}, {{'p', "PW", {3, 5}}, {'p', "PH", {3, 6}}},
    {{'i', "PW", {3, 5}}, {'p', "WPH", {5, 3, 6}}}}},
  {UR_OP_WEIGHTED_SUM, build_weighted_sum, ref_weighted_sum, 1, 0,
   {{{'p', "VPW", {4, 3, 5}}, {'p', "WPH", {5, 3, 7}}}, {{'p', "VPV", {4, 2, 4}}, {'p', "VPH", {4, 2, 6}}}, {{'p', "VPW", {1, 1, 1}}, {'p', "WPH", {1, 1, 1}}}},
   {{{'p', "VPW", {4, 2, 5}}, {'p', "WPH", {5, 3, 7}}}, {{'p', "VPW", {4, 3, 4}}, {'p', "WPH", {5, 3, 7}}}, {{'p', "HVPW", {2, 4, 3, 5}}, {'p', "WPH", {5, 3, 7}}}}},
  {UR_OP_ATTENTION, build_attention_dot, ref_attention_dot, 0, 1, ATTENTION_LEAVES},
  {UR_OP_ATTENTION, build_attention_scaled, ref_attention_scaled, 0, 1, ATTENTION_LEAVES},
  {UR_OP_ATTENTION, build_attention_additive, ref_attention_additive, 0, 1,
   {{{'p', "WPK", {4, 3, 5}}, {'p', "VPK", {6, 3, 5}}, {'p', "VPH", {6, 3, 7}}, {'i', "P", {3}}, {'p', "K", {5}}},
    {{'p', "WPK", {1, 1, 1}}, {'p', "VPK", {1, 1, 1}}, {'p', "VPH", {1, 1, 1}}, {'i', "P", {1}}, {'p', "K", {1}}},
    {{'r', "TBK", {4, 3, 5}}, {'r', "VBK", {6, 3, 5}}, {'r', "VBH", {6, 3, 4}}, {'i', "B", {3}}, {'p', "K", {5}}}},
   {{{'p', "WPK", {4, 3, 5}}, {'p', "VPK", {6, 3, 5}}, {'p', "VPH", {6, 3, 7}}, {'i', "P", {3}}, {'p', "K", {4}}},
    {{'p', "WPK", {4, 3, 5}}, {'p', "VPK", {6, 3, 4}}, {'p', "VPH", {6, 3, 7}}, {'i', "P", {3}}, {'p', "K", {5}}}}},
  {UR_OP_RNN, build_rnn_tanh, ref_rnn_tanh, 0, 0, RNN_LEAVES},
  {UR_OP_RNN, build_rnn_sigmoid, ref_rnn_sigmoid, 0, 0, RNN_LEAVES},
  {UR_OP_RNN, build_rnn_relu, ref_rnn_relu, 0, 0, RNN_LEAVES},
  {UR_OP_LSTM, build_lstm, ref_lstm, 0, 0,
   {{{'p', "WPE", {4, 3, 5}}, {'p', "PH", {3, 3}}, {'p', "PH", {3, 3}}, {'p', "GE", {12, 5}}, {'p', "GH", {12, 3}}, {'p', "G", {12}}},
    {{'p', "WPE", {1, 1, 1}}, {'p', "PH", {1, 1}}, {'p', "PH", {1, 1}}, {'p', "GE", {4, 1}}, {'p', "GH", {4, 1}}, {'p', "G", {4}}},
    {{'r', "TBE", {4, 3, 2}}, {'r', "BH", {3, 5}}, {'r', "BH", {3, 5}}, {'p', "GE", {20, 2}}, {'p', "GH", {20, 5}}, {'p', "G", {20}}}},
   {{{'p', "WPE", {4, 3, 5}}, {'p', "PH", {3, 3}}, {'p', "PH", {3, 4}}, {'p', "GE", {12, 5}}, {'p', "GH", {12, 3}}, {'p', "G", {12}}},
    {{'p', "WPE", {4, 3, 5}}, {'p', "PH", {3, 3}}, {'p', "PH", {3, 3}}, {'p', "GE", {12, 4}}, {'p', "GH", {12, 3}}, {'p', "G", {12}}},
    {{'p', "WPE", {4, 3, 5}}, {'p', "PH", {3, 3}}, {'p', "PH", {3, 3}}, {'p', "GE", {9, 5}}, {'p', "GH", {9, 3}}, {'p', "G", {9}}},
    {{'p', "WPE", {4, 3, 5}}, {'p', "PH", {3, 3}}, {'p', "PH", {3, 3}}, {'p', "GE", {12, 5}}, {'p', "GH", {12, 3}}, {'p', "G", {11}}}}},
  {UR_OP_GRU, build_gru, ref_gru, 0, 0,
   {{{'p', "WPE", {4, 3, 5}}, {'p', "PH", {3, 3}}, {'p', "GE", {9, 5}}, {'p', "GH", {9, 3}}, {'p', "G", {9}}, {'p', "H", {3}}},
    {{'p', "WPE", {1, 1, 1}}, {'p', "PH", {1, 1}}, {'p', "GE", {3, 1}}, {'p', "GH", {3, 1}}, {'p', "G", {3}}, {'p', "H", {1}}},
    {{'r', "TBE", {4, 3, 2}}, {'r', "BH", {3, 5}}, {'p', "GE", {15, 2}}, {'p', "GH", {15, 5}}, {'p', "G", {15}}, {'p', "H", {5}}}},
   {{{'p', "WPE", {4, 3, 5}}, {'p', "PH", {2, 3}}, {'p', "GE", {9, 5}}, {'p', "GH", {9, 3}}, {'p', "G", {9}}, {'p', "H", {3}}},
    {{'p', "WPE", {4, 3, 5}}, {'p', "PH", {3, 3}}, {'p', "GE", {9, 4}}, {'p', "GH", {9, 3}}, {'p', "G", {9}}, {'p', "H", {3}}},
    {{'p', "WPE", {4, 3, 5}}, {'p', "PH", {3, 3}}, {'p', "GE", {12, 5}}, {'p', "GH", {12, 3}}, {'p', "G", {12}}, {'p', "H", {3}}},
    {{'p', "WPE", {4, 3, 5}}, {'p', "PH", {3, 3}}, {'p', "GE", {9, 5}}, {'p', "GH", {9, 3}}, {'p', "G", {9}}, {'p', "H", {4}}}}},
};
/* clang-format on */
#define CASES (int)(sizeof cases / sizeof *cases)

/* ---- one case on one tape: y = op(leaves), J = mean tanh(y p^T), so that the upstream gradient varies ----
 */
typedef struct bench {
  ur_params *params;
  ur_tape *tape;
  int n, leaves[LEAVES], y;
} bench;

static int count_leaves(const leaf *leaves) {
  int n = 0;
  while (n < LEAVES && leaves[n].kind) n++;
  return n;
}

static void close_bench(bench *b) {
  ur_tape_free(b->tape);
  ur_params_free(b->params);
}

static int add_leaves(bench *b, const leaf *leaves) {
  int param = 0;
  b->n = count_leaves(leaves);
  for (int k = 0; k < b->n; k++) {
    const leaf *l = &leaves[k];
    const char name[] = {'i', 'n', (char)('0' + k), '\0'};
    b->leaves[k] = l->kind == 'p'   ? ur_param(b->tape, param++)
                   : l->kind == 'i' ? ur_input_index(b->tape, name, l->axes, l->shape)
                                    : ur_input(b->tape, name, l->axes, l->shape);
  }
  return param;
}

static ur_status open_bench(bench *b, const leaf *leaves, ur_dtype dtype) {
  *b = (bench){0};
  ur_rng stream = ur_rng_stream(3, "ops", 0);
  ur_status status = ur_params_create(&b->params);
  for (int k = 0; status == UR_OK && k < count_leaves(leaves); k++) {
    const char name[] = {'p', (char)('0' + k), '\0'};
    if (leaves[k].kind == 'p')
      ur_params_add(b->params, name, leaves[k].axes, leaves[k].shape, UR_INIT_NORMAL, 1);
  }
  for (int n = 1; n <= ROW; n++) { /* what y is projected with */
    const char name[] = {'r', (char)('0' + n), '\0'};
    ur_params_add(b->params, name, "NK", (int[]){1, n}, UR_INIT_NORMAL, 1);
  }
  if (status == UR_OK) status = ur_params_finish(b->params, &stream);
  ur_tape_options options = {.dtype = dtype, .batch = 3, .length = 4, .gradients = 1, .edges = 1};
  if (status == UR_OK) status = ur_tape_create(&options, b->params, &b->tape);
  return status;
}

static void put(bench *b, int node, size_t cell, double x) {
  ur_dtype dtype = ur_tape_node(b->tape, node).dtype;
  void *value = ur_tape_value(b->tape, node);
  if (dtype == UR_INDEX)
    ((int32_t *)value)[cell] = (int32_t)x;
  else if (dtype == UR_F64)
    ((double *)value)[cell] = x;
  else
    ((float *)value)[cell] = (float)x;
}

static double get(const bench *b, int node, const void *numbers, size_t cell) {
  ur_dtype dtype = ur_tape_node(b->tape, node).dtype;
  if (dtype == UR_INDEX) return ((const int32_t *)numbers)[cell];
  return dtype == UR_F64 ? ((const double *)numbers)[cell] : (double)((const float *)numbers)[cell];
}

static int cells_of(const bench *b, int node) {
  ur_node_view view = ur_tape_node(b->tape, node);
  int cells = 1;
  for (int i = 0; i < view.rank; i++) cells *= view.shape[i];
  return cells;
}

static int cols_of(const bench *b, int node) {
  ur_node_view view = ur_tape_node(b->tape, node);
  return view.rank ? view.shape[view.rank - 1] : 1;
}

/* Limits of what an index leaf may hold: the rows of a table, the columns of scores. */
static int highest_index(const bench *b, ur_op op) {
  ur_node_view table = ur_tape_node(b->tape, b->leaves[0]);
  if (op == UR_OP_REVERSE || op == UR_OP_LAST) return table.shape[0];
  if (op == UR_OP_MASKED_SOFTMAX) return table.shape[table.rank - 1];
  if (op == UR_OP_ATTENTION || op == UR_OP_HEADS) return ur_tape_node(b->tape, b->leaves[1]).shape[0];
  return (op == UR_OP_EMBEDDING ? table.shape[0] : cols_of(b, b->leaves[0])) - 1;
}

static void fill_leaves(bench *b, const op_case *c) {
  ur_rng stream = ur_rng_stream(4, "ops", 0);
  for (int k = 0; k < b->n; k++) {
    ur_node_view view = ur_tape_node(b->tape, b->leaves[k]);
    float *params =
        view.param >= 0 ? ur_params_data(b->params) + ur_params_view(b->params, view.param).offset : NULL;
    int is_count = c->op == UR_OP_MEAN_LOSS && k == b->n - 1;
    for (int i = 0; i < cells_of(b, b->leaves[k]); i++) {
      double x = ur_rng_normal(&stream) / 2;
      if (c->positive) x = 0.1 + fabs(x) / 2;
      if (c->positive == 2) x = 0.1 + 0.8 * ur_rng_uniform(&stream);
      if (is_count) x = 3;
      if (view.dtype == UR_INDEX && !is_count)
        x = c->lowest_index +
            (int)ur_rng_below(&stream, (uint32_t)(highest_index(b, c->op) - c->lowest_index + 1));
      if (params)
        params[i] = (float)x; /* a tape in double takes it from there at each run */
      else
        put(b, b->leaves[k], (size_t)i, (float)x);
    }
  }
}

static int ready(bench *b, const op_case *c, const leaf *leaves, ur_dtype dtype) {
  if (!CHECK(open_bench(b, leaves, dtype) == UR_OK)) return 0;
  int declared = add_leaves(b, leaves);
  b->y = c->build(b->tape, "y", b->leaves, b->n);
  ur_node_view view = ur_tape_node(b->tape, b->y);
  if (view.rank > 0) {
    int product = ur_matmul(b->tape, "product", b->y, ur_param(b->tape, declared + cols_of(b, b->y) - 1));
    int squashed = ur_tanh(b->tape, "squashed", product), one = ur_input(b->tape, "one", "", NULL);
    ur_mean_loss(b->tape, "J", &squashed, 1, one);
  }
  if (!CHECK(ur_tape_finish(b->tape) == UR_OK)) {
    printf("  %s\n", ur_last_error()->message);
    return 0;
  }
  if (view.rank > 0) put(b, ur_tape_find(b->tape, "one"), 0, 1);
  fill_leaves(b, c);
  return CHECK(ur_tape_forward(b->tape) == UR_OK) && CHECK(ur_tape_backward(b->tape) == UR_OK);
}

/* ---- what is checked of every case ---- */
static void check_value(bench *b, const op_case *c, double tolerance) {
  static double numbers[LEAVES][CELLS], expected[CELLS];
  operand in[LEAVES];
  ur_node_view views[LEAVES];
  for (int k = 0; k < b->n; k++) {
    int cells = cells_of(b, b->leaves[k]), cols = cols_of(b, b->leaves[k]);
    for (int i = 0; i < cells; i++)
      numbers[k][i] = get(b, b->leaves[k], ur_tape_value(b->tape, b->leaves[k]), (size_t)i);
    views[k] = ur_tape_node(b->tape, b->leaves[k]);
    in[k] = (operand){numbers[k], cells / cols, cols, cells, views[k].shape};
  }
  c->reference(in, b->n, expected);
  for (int i = 0; i < cells_of(b, b->y); i++)
    CHECK_NEAR(get(b, b->y, ur_tape_value(b->tape, b->y), (size_t)i), expected[i],
               tolerance * (1 + fabs(expected[i])));
}

static void check_gradient(const op_case *c, const leaf *leaves) {
  bench f = {0}, d = {0};
  ur_gradcheck result;
  ur_rng stream = ur_rng_stream(5, "ops", 0);
  if (ready(&f, c, leaves, UR_F32) && ready(&d, c, leaves, UR_F64)) {
    check_value(&f, c, 2e-6);
    check_value(&d, c, 1e-12);
    CHECK(ur_tape_gradcheck(d.tape, 0, &stream, &result) == UR_OK);
    CHECK(result.checked > 0);
    /* Differences of a loss near 1 are good to some 1e-13, which is 1e-5 of the smallest gradient that
     * counts. */
    if (!CHECK(result.worst < 1e-4))
      printf("  %s, parameter %d cell %zu: %g against %g\n", ur_op_describe(c->op)->name, result.param,
             result.cell, result.analytic, result.numeric);
    for (int k = 0; k < f.n; k++) {
      if (!CHECK((ur_tape_grad(f.tape, f.leaves[k]) != NULL) == (leaves[k].kind == 'p')) ||
          leaves[k].kind != 'p')
        continue;
      double difference = 0, norm = 0;
      for (int i = 0; i < cells_of(&f, f.leaves[k]); i++) {
        double a = get(&f, f.leaves[k], ur_tape_grad(f.tape, f.leaves[k]), (size_t)i);
        double g = get(&d, d.leaves[k], ur_tape_grad(d.tape, d.leaves[k]), (size_t)i);
        difference += (a - g) * (a - g);
        norm += g * g;
      }
      CHECK_NEAR(sqrt(difference), 0, 1e-5 * sqrt(norm) + 1e-9);
    }
  }
  close_bench(&f);
  close_bench(&d);
}

/* d loss / d input through this edge is the sum over the output of partial times upstream. */
static void check_partial_against_backward(const op_case *c, const leaf *leaves) {
  bench b = {0};
  if (ready(&b, c, leaves, UR_F64))
    for (int k = 0; k < b.n; k++) {
      const double *edge = ur_tape_edge(b.tape, b.y, k), *up = ur_tape_grad(b.tape, b.y);
      if (!CHECK((edge != NULL) == (leaves[k].kind == 'p')) || !edge || !up) continue;
      for (int j = 0; j < cells_of(&b, b.leaves[k]); j++) {
        double sum = 0, partial = 0;
        for (int i = 0; i < cells_of(&b, b.y); i++) {
          CHECK(ur_tape_partial(b.tape, b.y, (size_t)i, k, (size_t)j, &partial) == UR_OK);
          sum += partial * up[i];
        }
        CHECK_NEAR(edge[j], sum, 1e-12 * (1 + fabs(sum)));
      }
    }
  close_bench(&b);
}

/* Runs forward with one leaf cell set to x, parameters included, and puts it back. */
static void run_with(bench *b, int node, size_t cell, double x, double *out) {
  double kept = get(b, node, ur_tape_value(b->tape, node), cell);
  int loss_free = ur_tape_walk_to(b->tape, 0) == UR_OK;
  put(b, node, cell, x);
  CHECK(loss_free && ur_tape_walk_to(b->tape, 1) == UR_OK); /* y is the only op before the projection */
  for (int i = 0; i < cells_of(b, b->y); i++) out[i] = get(b, b->y, ur_tape_value(b->tape, b->y), (size_t)i);
  put(b, node, cell, kept);
}

/* Of a row with a held weight: what is named without moving it, its partial being 0. */
static int is_held(const op_case *c, const leaf *leaves, int k, size_t j, int i, double y) {
  const int row = leaves[0].shape[1], whole = c->build == build_clamped_whole;
  if (!whole && c->build != build_clamped_quarter) return 0;
  if (k == 1) return i % row == 1 || y == 0;         /* the held weight; masked with both lengths */
  return whole || j % (size_t)row == 1 || y == 0.75; /* nothing to share; the held score; the only other */
}

static void check_map(const op_case *c, const leaf *leaves) {
  static double base[CELLS], moved[CELLS], above[CELLS], below[CELLS];
  bench b = {0};
  if (ready(&b, c, leaves, UR_F64)) {
    ur_tape *tape = b.tape;
    int cells = cells_of(&b, b.y);
    for (int k = 0; k < b.n; k++) {
      int node = b.leaves[k], index = ur_tape_node(tape, node).dtype == UR_INDEX;
      int is_count = c->op == UR_OP_MEAN_LOSS && k == b.n - 1;
      for (size_t j = 0; j < (size_t)cells_of(&b, node); j++) {
        double x = get(&b, node, ur_tape_value(tape, node), j), h = 1e-5;
        double far = c->positive == 2                ? x / 2
                     : !index || is_count            ? x + 10
                     : x == highest_index(&b, c->op) ? c->lowest_index
                                                     : x + 1;
        run_with(&b, node, j, x, base);
        run_with(&b, node, j, far, moved);
        if (!index) {
          run_with(&b, node, j, x + h, above);
          run_with(&b, node, j, x - h, below);
        }
        run_with(&b, node, j, x, base);
        for (int i = 0; i < cells; i++) {
          ur_cells from = {0, 1, 0};
          double partial = -1;
          CHECK(ur_tape_sources(tape, b.y, k, (size_t)i, &from) == UR_OK);
          int named = 0;
          for (size_t s = 0; s < from.count; s++) named |= from.start + s * from.stride == j;
          int same_tokens = index && far == x;                       /* a vocabulary of one */
          int alone = c->op == UR_OP_MASKED_SOFTMAX && base[i] == 1; /* a share of one, whatever the score */
          int held = is_held(c, leaves, k, j, i, base[i]);
          CHECK(same_tokens || alone || held || named == (moved[i] != base[i]));
          CHECK(ur_tape_partial(tape, b.y, (size_t)i, k, j, &partial) == UR_OK);
          CHECK_NEAR(partial, index ? 0 : (above[i] - below[i]) / (2 * h), 1e-6 * (1 + fabs(partial)));
        }
      }
    }
    ur_cells from;
    CHECK(ur_tape_sources(tape, b.y, b.n, 0, &from) == UR_E_ARGUMENT);
    CHECK(ur_tape_sources(tape, b.y, 0, (size_t)cells, &from) == UR_E_ARGUMENT);
  }
  close_bench(&b);
}

static void check_has_no_map(const op_case *c, const leaf *leaves) {
  bench b = {0};
  ur_cells from;
  double partial;
  if (ready(&b, c, leaves, UR_F32)) {
    CHECK(ur_tape_sources(b.tape, b.y, 0, 0, &from) == UR_E_STATE);
    CHECK(ur_tape_partial(b.tape, b.y, 0, 0, 0, &partial) == UR_E_STATE);
    CHECK(strcmp(ur_last_error()->node, "y") == 0);
  }
  close_bench(&b);
}

/* A cell is a step and its work is known; a fused op is refused by its path. */
static void check_counted(const op_case *c, const leaf *leaves, int fused) {
  bench b = {0};
  ur_work work[UR_OP_COUNT];
  if (ready(&b, c, leaves, UR_F32)) {
    CHECK(ur_steps_work(b.tape, work) == (fused ? UR_E_STATE : UR_OK));
    CHECK(fused ? strcmp(ur_last_error()->node, "y") == 0 : work[c->op].nodes > 0);
  }
  close_bench(&b);
}

/* The message names the path and every shape; the tape stays poisoned with it. */
static void check_bad_shape(const op_case *c, const leaf *leaves) {
  bench b = {0};
  if (CHECK(open_bench(&b, leaves, UR_F32) == UR_OK)) {
    add_leaves(&b, leaves);
    ur_scope_push(b.tape, "scope");
    CHECK(c->build(b.tape, "bad", b.leaves, b.n) == UR_NODE_NONE);
    CHECK(ur_input(b.tape, "later", "", NULL) == UR_NODE_NONE);
    ur_fail(UR_E_STATE, "", "something else");
    CHECK(ur_tape_finish(b.tape) == UR_E_SHAPE);
    CHECK(strcmp(ur_last_error()->node, "scope.bad") == 0);
    CHECK(strncmp(ur_last_error()->message, "scope.bad: ", 11) == 0);
    for (int k = 0; k < b.n; k++) {
      char shape[64] = "[";
      for (int i = 0; leaves[k].axes[i]; i++)
        snprintf(shape + strlen(shape), 20, "%s%d", i ? "," : "", leaves[k].shape[i]);
      strcat(shape, "]");
      if (!CHECK(strstr(ur_last_error()->message, shape) != NULL))
        printf("  %s is not in: %s\n", shape, ur_last_error()->message);
    }
  }
  close_bench(&b);
}

int main(void) {
  int has_case[UR_OP_COUNT] = {[UR_OP_LEAF] = 1};
  for (int c = 0; c < CASES; c++) {
    const ur_op_info *info = ur_op_describe(cases[c].op);
    has_case[cases[c].op] = 1;
    for (int g = 0; g < 3; g++) {
      const leaf *leaves = cases[c].good[g];
      TEST(info->name) {
        check_gradient(&cases[c], leaves);
        check_counted(&cases[c], leaves, info->fused);
        if (info->fused) {
          check_has_no_map(&cases[c], leaves);
        } else {
          check_partial_against_backward(&cases[c], leaves);
          check_map(&cases[c], leaves);
        }
      }
    }
    int bad = 0;
    for (int k = 0; k < 4 && cases[c].bad[k][0].kind; k++, bad++)
      TEST(info->name) check_bad_shape(&cases[c], cases[c].bad[k]);
    TEST(info->name) CHECK(bad > 0);
  }
  TEST("every op has a case") {
    for (int op = 0; op < UR_OP_COUNT; op++) CHECK(has_case[op]);
    CHECK(ur_op_describe((ur_op)UR_OP_COUNT) == NULL);
  }
  return check_done();
}
