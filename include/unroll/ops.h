/* unroll/ops.h: the op table. A row is an op's number, its name, its formula in TeX and how many inputs
 * it takes (-1: any number). Its shape rule, forward, backward, index map and local partial are functions
 * called ur__<name>_... in src/graph/ops/; the table ties them together by name, so that a row without one
 * of them does not link. A fused op has no index map: its unrolled lowering explains it. */
#ifndef UNROLL_OPS_H
#define UNROLL_OPS_H

/*  enum            name             inputs  fused  formula */
#define UR_OP_LIST(X)                                                                                        \
  X(EMBEDDING, embedding, 2, 0, "e = E x")                                                                   \
  X(MATMUL, matmul, 2, 0, "c_{ij} = \\sum_k a_{ik} w_{jk}")                                                  \
  X(ADD, add, 2, 0, "c = a + b")                                                                             \
  X(TANH, tanh, 1, 0, "y = \\tanh(x)")                                                                       \
  X(SIGMOID, sigmoid, 1, 0, "y = 1 / (1 + e^{-x})")                                                          \
  X(RELU, relu, 1, 0, "y = \\max(0, x)")                                                                     \
  X(GELU, gelu, 1, 0, "y = x\\, \\Phi(x)")                                                                   \
  X(GATE, gate, 1, 0, "y = \\sigma(x)")                                                                      \
  X(MUL, mul, 2, 0, "c = a \\circ b")                                                                        \
  X(ONE_MINUS, one_minus, 1, 0, "y = 1 - x")                                                                 \
  X(SLICE, slice, 1, 0, "y = (x_m, \\ldots, x_n)")                                                           \
  X(CONCAT, concat, -1, 0, "y = (a, b, \\ldots)")                                                            \
  X(REVERSE, reverse, 2, 0, "y^{(t)} = x^{(T+1-t)}")                                                         \
  X(LAST, last, 2, 0, "y = x^{(T)}")                                                                         \
  X(FLATTEN, flatten, 1, 0, "y = (x_1, x_2, \\ldots)")                                                       \
  X(SOFTMAX, softmax, 1, 0, "\\hat y_i = \\exp(s_i) / \\sum_j \\exp(s_j)")                                   \
  X(NLL, nll, 2, 0, "J = -\\log \\hat y_{x}")                                                                \
  X(CROSS_ENTROPY, cross_entropy, 2, 1, "J = -\\log \\mathrm{softmax}(s)_{x}")                               \
  X(SQUARED_ERROR, squared_error, 2, 0, "J = (\\hat y - y)^2")                                               \
  X(MEAN_LOSS, mean_loss, -1, 0, "J = \\frac{1}{T} \\sum_t J^{(t)}")                                         \
  X(STACK, stack, -1, 0, "y_s = x_s")                                                                        \
  X(SCALE, scale, 1, 0, "y = x / \\sqrt{d}")                                                                 \
  X(SCORES, scores, 2, 0, "s_j = q \\cdot k_j")                                                              \
  X(MASKED_SOFTMAX, masked_softmax, 2, 0, "\\alpha_s = e^{e_s} / \\sum_j e^{e_j}")                           \
  X(WEIGHTED_SUM, weighted_sum, 2, 0, "c = \\sum_j \\alpha_j h_j")                                           \
  X(ATTENTION, attention, -1, 1, "c^{(t)} = \\sum_j \\mathrm{softmax}(s^{(t)})_j h_j")                       \
  X(HALF_SQUARES, half_squares, 2, 0, "J = \\frac{1}{2} \\sum_k (y_k - t_k)^2")                              \
  X(BERNOULLI, bernoulli, 2, 0, "J = -\\sum_k t_k \\log y_k + (1 - t_k) \\log(1 - y_k)")                     \
  X(CATEGORICAL, categorical, 2, 0, "J = -\\sum_k t_k \\log y_k")                                            \
  X(DOTS, dots, 2, 0, "e_{ij} = q_i \\cdot k_j")                                                             \
  X(MASK, mask, -1, 0, "y_{ij} = e_{ij} \\text{ or } -\\infty")                                              \
  X(HEADS, heads, -1, 1, "o_i = \\sum_j \\mathrm{softmax}(e_i)_j\\, v_j")                                    \
  X(EXTEND, extend, 2, 0, "y = (x_1, \\ldots, x_s, n_1, \\ldots, n_t)")                                      \
  X(CENTER, center, 1, 0, "y = x - \\bar x")                                                                 \
  X(NORMALIZE, normalize, 1, 0, "y = x / \\sqrt{\\overline{x^2} + \\varepsilon}")                            \
  X(LAYER_NORM, layer_norm, 3, 1,                                                                            \
    "y = \\gamma \\circ (x - \\bar x) / \\sqrt{\\sigma^2 + \\varepsilon} + \\beta")                          \
  X(SINUSOID, sinusoid, 1, 0, "p_i = (\\sin(i / 10000^{2j/d}), \\cos(i / 10000^{2j/d}))_j")                  \
  X(RNN, rnn, 5, 1, "h^{(t)} = \\sigma(W_h h^{(t-1)} + W_e e^{(t)} + b_1)")                                  \
  X(LSTM, lstm, 6, 1, "c = f \\circ c + i \\circ g,\\; h = o \\circ \\tanh(c)")                              \
  X(GRU, gru, 6, 1, "h = (1 - z) \\circ n + z \\circ h")

typedef enum ur_op {
  UR_OP_LEAF, /* input, constant or parameter: nothing to compute */
#define UR_OP_ENUM(ID, name, inputs, fused, formula) UR_OP_##ID,
  UR_OP_LIST(UR_OP_ENUM)
#undef UR_OP_ENUM
      UR_OP_COUNT
} ur_op;

typedef struct ur_op_info {
  const char *name, *formula;
  int inputs; /* -1: any number */
  int fused;  /* 1: no index map, no partial */
} ur_op_info;
const ur_op_info *ur_op_describe(ur_op op); /* NULL for a number that is no op */

#endif
