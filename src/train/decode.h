/* train/decode.h: what a model with a source writes for it, token by token. */
#ifndef UNROLL_TRAIN_DECODE_H
#define UNROLL_TRAIN_DECODE_H

#include "net.h"
#include "unroll/decode.h"

/* Reads the sources of a batch and puts the decoder of as many sequences before its first step. */
ur_status ur__net_encode(ur__net *net, const ur__batch *batch);
/* One step of the decoder, token [count] each; probabilities [count,V] then at ur__net_probabilities. */
ur_status ur__net_decode(ur__net *net, const int32_t *tokens, int count);

/* What it writes by itself, always the likeliest: written [steps,count], a sequence's tokens and then <end>
 * to the last of the steps. */
ur_status ur__net_write(ur__net *net, const ur__batch *batch, int steps, int32_t *written);
/* Puts the model's own guesses into "x" in place of the right tokens, each with probability `share`. */
ur_status ur__net_free_run(ur__net *net, double share, ur_rng *stream, ur__batch *batch);

/* Beam search for the first source of a batch, into *out; see unroll/decode.h. */
ur_status ur__net_beam(ur__net *net, const ur__batch *batch, int width, double normalisation, int steps,
                       ur_beam *out);

#endif
