/* Encoder and decoder (Sutskever et al. 2014; Cho et al. 2014), with attention where it is asked for
 * (Bahdanau et al. 2015, Luong et al. 2015): e = E_source w;  h_s by recurrent layers, in one direction or in
 * both;  the decoder begins at the last h; e = E x;  h by recurrent layers;  scores of h against every h_s, a
 * softmax over them, their weighted sum a; y_hat = softmax(U [a; h] + b_2), without attention softmax(U h +
 * b_2). */
#include <math.h>
#include <stdio.h>

#include "recurrent.h"

enum {
  CELL,
  EMBEDDING_SIZE,
  HIDDEN_SIZE,
  NUM_LAYERS,
  DIRECTIONS,
  ATTENTION,
  ACTIVATION,
  EMBEDDING_STD,
  START,
  FORGET_BIAS = START + 2,
  UPDATE_BIAS,
  FREE_RUNNING,
  HOLD,
  SETTINGS = HOLD + 7
};
enum { NONE, DOT, SCALED, GENERAL, ADDITIVE }; /* of ATTENTION */
enum { LAYERS_MAX = 2 };

static const ur_setting settings[SETTINGS] = {
    [CELL] = UR__ROW_CELL(UR_CELL_GRU, "what is done at each step, in encoder and decoder"),
    [EMBEDDING_SIZE] = UR__ROW_EMBEDDING(32),
    [HIDDEN_SIZE] = {.key = "hidden_size",
                     .def = 64,
                     .min = 1,
                     .max = 1024,
                     .help = "numbers in the state that goes from encoder to decoder"},
    [NUM_LAYERS] = {.key = "num_layers",
                    .def = 1,
                    .min = 1,
                    .max = LAYERS_MAX,
                    .help = "recurrent layers, one on another, in encoder and decoder"},
    [DIRECTIONS] = UR__ROW_DIRECTIONS("of the encoder; 2: from the end too, half of the state each"),
    [ATTENTION] = {.key = "attention",
                   .type = UR_SETTING_CHOICE,
                   .choices = "none|dot|scaled|general|additive",
                   .max = ADDITIVE,
                   .help = "how the decoder's state is compared with the encoder's"},
    [ACTIVATION] = UR__ROW_ACTIVATION,
    [EMBEDDING_STD] = UR__ROW_STD,
    [START] = UR__ROWS_START,
    [FREE_RUNNING] = UR__ROW_FREE_RUNNING,
    [HOLD] = UR__ROWS_HOLD,
};

/* What it is built of, and the numbers of its parameters. */
typedef struct parts {
  int attention, hidden, embedding;
  ur_recurrent encoder, decoder;
  int E_source, E, W_a, W_1, W_2, v; /* of the scores; -1 where there is none */
  ur_dense output;
} parts;

static ur_recurrent layers_of(const double *values, const char *scope, int directions) {
  const ur_cell cell = (ur_cell)values[CELL];
  return (ur_recurrent){.cell = cell,
                        .input = (int)values[EMBEDDING_SIZE],
                        .hidden = (int)values[HIDDEN_SIZE] / directions,
                        .layers = (int)values[NUM_LAYERS],
                        .directions = directions,
                        .activation = (ur_activation)values[ACTIVATION],
                        .gate_bias = values[cell == UR_CELL_GRU ? UPDATE_BIAS : FORGET_BIAS],
                        .scope = scope};
}

/* In the order in which they are declared. */
static parts parts_of(const double *values) {
  parts m = {.attention = (int)values[ATTENTION],
             .hidden = (int)values[HIDDEN_SIZE],
             .embedding = (int)values[EMBEDDING_SIZE],
             .encoder = layers_of(values, "encoder", (int)values[DIRECTIONS]),
             .decoder = layers_of(values, "decoder", 1),
             .E_source = 0,
             .E = 1,
             .W_a = -1,
             .W_1 = -1,
             .W_2 = -1,
             .v = -1};
  int next = 2;
  m.encoder.source = 1;
  m.encoder.first = next;
  next += ur_recurrent_param_count(&m.encoder);
  m.decoder.first = next;
  next += ur_recurrent_param_count(&m.decoder);
  if (m.attention == GENERAL) m.W_a = next++;
  if (m.attention == ADDITIVE) {
    m.W_1 = next++;
    m.W_2 = next++;
    m.v = next++;
  }
  m.output = (ur_dense){next, next + 1};
  return m;
}

static void declare(const double *values, const ur__io *io, ur_params *params) {
  parts m = parts_of(values);
  const int H = m.hidden, square[] = {H, H};
  if (m.encoder.hidden * m.encoder.directions != H) {
    ur_fail(UR_E_SETTING, "hidden_size",
            "hidden_size should be even where both directions have half of the state, not %d", H);
    ur_params_refuse(params);
  }
  const double scale = 1 / sqrt((double)H);
  ur_embedding_params(params, "E_source", io->vocabulary, m.embedding, values[EMBEDDING_STD]);
  ur_embedding_params(params, "E", io->vocabulary, m.embedding, values[EMBEDDING_STD]);
  ur_recurrent_params(params, &m.encoder);
  ur_recurrent_params(params, &m.decoder);
  if (m.attention == GENERAL) ur_params_add(params, "W_a", "AH", square, UR_INIT_UNIFORM, scale);
  if (m.attention == ADDITIVE) {
    ur_params_add(params, "W_1", "AH", square, UR_INIT_UNIFORM, scale);
    ur_params_add(params, "W_2", "AH", square, UR_INIT_UNIFORM, scale);
    ur_params_add(params, "v", "A", square, UR_INIT_UNIFORM, scale);
  }
  ur_dense_params(params, "U", "b_2", m.attention == NONE ? "VH" : "VF", io->vocabulary,
                  m.attention == NONE ? H : 2 * H);
}

/* What is compared with the states of the encoder: a state of the decoder, or what a matrix makes of it. */
static int query_of(const parts *m, int h, ur_tape *tape) {
  if (m->attention == GENERAL) return ur_matmul(tape, "Wa_h", h, ur_param(tape, m->W_a));
  return m->attention == ADDITIVE ? ur_matmul(tape, "W2_h", h, ur_param(tape, m->W_2)) : h;
}

/* The states of the encoder as they are compared. */
static int keys_of(const parts *m, int states, ur_tape *tape) {
  return m->attention == ADDITIVE ? ur_matmul(tape, "W1_h", states, ur_param(tape, m->W_1)) : states;
}

/* ---- fused ---- */
static int build_logits(const parts *m, int h, int states, int lengths, ur_tape *tape) {
  int read = h;
  if (m->attention != NONE) {
    static const ur_score scores[] = {[DOT] = UR_SCORE_DOT,
                                      [SCALED] = UR_SCORE_SCALED,
                                      [GENERAL] = UR_SCORE_DOT,
                                      [ADDITIVE] = UR_SCORE_ADDITIVE};
    const int v = m->attention == ADDITIVE ? ur_param(tape, m->v) : UR_NODE_NONE;
    const int keys = keys_of(m, states, tape), query = query_of(m, h, tape);
    const int context = ur_attention(tape, "context", scores[m->attention], query, keys, states, lengths, v);
    ur_kept(tape, "alpha", context, UR_KEPT_WEIGHTS);
    read = ur_concat(tape, "both", context, h);
  }
  return ur_dense_layer(tape, &m->output, "Uh", "logits", read);
}

/* Reads the source: its states, and where the decoder begins. */
static int build_encoder(const parts *m, const ur_tape_options *size, int lengths, ur_carried *last,
                         ur_tape *tape) {
  const int source = ur_input_index(tape, "source", "SB", (int[]){size->source, size->batch});
  const int e = ur_embedding(tape, "e_source", ur_param(tape, m->E_source), source);
  return ur_recurrent_fused_into(tape, &m->encoder, size->batch, e, lengths, &m->decoder, last);
}

static void build_fused(const parts *m, const ur_tape_options *size, ur_tape *tape) {
  const int sequence[] = {size->length, size->batch};
  ur_carried last;
  const int lengths = ur_input_index(tape, "source_lengths", "B", &size->batch);
  const int states = build_encoder(m, size, lengths, &last, tape);
  const int e = ur_embedding(tape, "e", ur_param(tape, m->E), ur_input_index(tape, "x", "TB", sequence));
  const int h = ur_recurrent_fused_from(tape, &m->decoder, size->batch, e, &last);
  const int logits = build_logits(m, h, states, lengths, tape);
  const int y = ur_input_index(tape, "y", "TB", sequence), count = ur_input(tape, "count", "", NULL);
  const int loss = ur_cross_entropy(tape, "J_t", logits, y);
  ur_mean_loss(tape, "J", &loss, 1, count);
}

/* The decoder alone, over what ENCODE has left at the same paths. */
static void build_next(const parts *m, const ur_tape_options *size, ur_tape *tape) {
  int states = UR_NODE_NONE, lengths = UR_NODE_NONE;
  if (m->attention != NONE) {
    char scope[64];
    const char *name = ur_recurrent_states_name(&m->encoder, scope);
    lengths = ur_input_index(tape, "source_lengths", "B", &size->batch);
    ur_scope_push(tape, scope);
    states = ur_input(tape, name, "SBH", (int[]){size->source, size->batch, m->hidden});
    ur_scope_pop(tape);
  }
  const int x = ur_input_index(tape, "x", "TB", (int[]){size->length, size->batch});
  const int e = ur_embedding(tape, "e", ur_param(tape, m->E), x);
  const int h = ur_recurrent_fused_from(tape, &m->decoder, size->batch, e, NULL);
  ur_softmax(tape, "y_hat", build_logits(m, h, states, lengths, tape));
}

/* ---- unrolled ---- */
/* One row of the alignment, in the scope of its step; the weighted sum. */
static int build_row(const parts *m, int h, int states, int keys, int lengths, ur_tape *tape) {
  int query = query_of(m, h, tape), scores;
  if (m->attention == ADDITIVE) {
    const int sum = ur_add(tape, "sum_s", keys, query), squashed = ur_tanh(tape, "tanh_s", sum);
    scores = ur_scores(tape, "scores", ur_param(tape, m->v), squashed);
  } else {
    scores = ur_scores(tape, m->attention == SCALED ? "products" : "scores", query, keys);
    if (m->attention == SCALED) scores = ur_scale(tape, "scores", scores, m->hidden);
  }
  const int alpha = ur_masked_softmax(tape, "alpha", scores, lengths);
  return ur_weighted_sum(tape, "context", alpha, states);
}

static void scope_of(const char *name, int t, ur_tape *tape) {
  char scope[24];
  snprintf(scope, sizeof scope, "%s.%d", name, t);
  ur_scope_push(tape, scope);
}

static int build_source(const parts *m, const ur_tape_options *size, int lengths, ur_carried *last,
                        ur_tape *tape) {
  int e[UR_STEPS_MAX];
  for (int s = 1; s <= size->source; s++) {
    scope_of("encoder", s, tape);
    ur_scope_source(tape, s);
    e[s - 1] = ur_embedding(tape, "e", ur_param(tape, m->E_source),
                            ur_input_index(tape, "source", "B", &size->batch));
    ur_scope_pop(tape);
  }
  ur_scope_time(tape, 0);
  return ur_recurrent_into(tape, &m->encoder, size->batch, e, size->source, lengths, &m->decoder, last);
}

static void build_steps(const parts *m, int measured, const ur_tape_options *size, ur_tape *tape) {
  int losses[UR_STEPS_MAX];
  ur_carried state;
  const int count = ur_input(tape, "count", "", NULL);
  const int lengths = ur_input_index(tape, "source_lengths", "B", &size->batch);
  const int states = build_source(m, size, lengths, &state, tape), keys = keys_of(m, states, tape);
  for (int t = 1; t <= size->length; t++) {
    scope_of("decoder", t, tape);
    ur_scope_time(tape, t);
    const int x = ur_input_index(tape, "x", "B", &size->batch),
              y = ur_input_index(tape, "y", "B", &size->batch);
    int read = ur_recurrent_step(tape, &m->decoder, ur_embedding(tape, "e", ur_param(tape, m->E), x), &state);
    if (m->attention != NONE)
      read = ur_concat(tape, "both", build_row(m, read, states, keys, lengths, tape), read);
    const int logits = ur_dense_layer(tape, &m->output, "Uh", "logits", read);
    losses[t - 1] = measured ? ur_cross_entropy(tape, "J", logits, y)
                             : ur_nll(tape, "J", ur_softmax(tape, "y_hat", logits), y);
    ur_scope_pop(tape);
  }
  ur_scope_time(tape, 0);
  ur_mean_loss(tape, "J", losses, size->length, count);
}

static void build(const double *values, const ur__io *io, ur__lowering lowering,
                  const ur_tape_options *capacity, ur_tape *tape) {
  const parts m = parts_of(values);
  ur_carried last;
  (void)io;
  if (lowering == UR__UNROLLED || lowering == UR__MEASURED)
    build_steps(&m, lowering == UR__MEASURED, capacity, tape);
  else if (lowering == UR__NEXT)
    build_next(&m, capacity, tape);
  else if (lowering == UR__ENCODE)
    build_encoder(&m, capacity, ur_input_index(tape, "source_lengths", "B", &capacity->batch), &last, tape);
  else
    build_fused(&m, capacity, tape);
}

const ur__model ur__seq2seq = {.name = "seq2seq",
                               .help = "an encoder that reads a sequence and a decoder that writes another",
                               .settings = settings,
                               .setting_count = SETTINGS,
                               .takes = ur__takes_source,
                               .declare = declare,
                               .build = build};
