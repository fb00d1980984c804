/* unroll/reader.h: two nets that read a sentence, alike but for how a word learns of the others: through the
 * state before it, or by looking at all words at once. Unrolled, untrained, forwards only: what they are made
 * for is to be counted (unroll/steps.h), timed and looked into, and no count hangs on a weight.
 *
 *   recurrent  h^(t) = tanh(W_h h^(t-1) + W_e x^(t) + b_1), in every layer
 *   attention  q_i = Q x_i, k_i = K x_i, v_i = V x_i, o_i = sum_j softmax_j(q_i . k_j / sqrt(H)) v_j: one
 * head, no positions, the words to come are seen (Vaswani et al. 2017)
 *
 * x is the word's vector e [1,H] in the first layer, the state of the layer below in the others. */
#ifndef UNROLL_READER_H
#define UNROLL_READER_H

#include "unroll/graph.h"

#define UR_READER_WORDS  1024
#define UR_READER_LAYERS 4

typedef enum ur_reader_net { UR_READER_RECURRENT, UR_READER_ATTENTION, UR_READER_NETS } ur_reader_net;
const char *ur_reader_net_name(ur_reader_net net); /* "recurrent", "attention" */

typedef struct ur_reader_options {
  ur_reader_net net;
  const char *text; /* words with spaces between them, the same word the same vector; NULL: `length` words */
  int length;
  int hidden, layers;
  uint64_t seed; /* of the weights and the words' vectors */
} ur_reader_options;

typedef struct ur_reader ur_reader;
/* Built and run once. UR_E_TEXT for a text without words or with more than UR_READER_WORDS; UR_E_ARGUMENT for
 * a length, size or number of layers out of range; UR_E_MEMORY. */
ur_status ur_reader_create(const ur_reader_options *options, ur_reader **out);
void ur_reader_free(ur_reader *reader); /* NULL is allowed */

ur_tape *ur_reader_tape(ur_reader *reader); /* the reader's own */
int ur_reader_length(const ur_reader *reader);
/* The node of a state, both from 1: layers.1.3.h or layers.1.3.o; layer 0: the word's vector. UR_NODE_NONE
 * where there is none. */
int ur_reader_state(const ur_reader *reader, int layer, int word);
/* The same values once more: one forward run, for a clock. */
ur_status ur_reader_run(ur_reader *reader);

#endif
