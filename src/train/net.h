/* train/net.h: a model that learns by gradients: its parameters, the optimiser's memory, and the graphs over
 * them, all built once. */
#ifndef UNROLL_TRAIN_NET_H
#define UNROLL_TRAIN_NET_H

#include "batches.h"
#include "optimizer.h"
#include "unroll/graph.h"

typedef struct ur__net {
  const ur__model *model;
  ur__io io;
  ur_params *params;
  ur_tape *train, *evaluate; /* NULL without text */
  ur_tape *next;             /* one step of one sequence; of a model that answers, a whole one; of one with a
                                source, of many */
  ur_tape *encode;           /* of a model with a source: reading it; else NULL */
  int window, seen;          /* of a model that sees many tokens at once: most, and so far; else 0 */
  int grows;       /* most of one with a source that keeps what it has of the tokens before; else 0 */
  int keeps;       /* 1: it goes on from what it has of them, as long as none drops out */
  int32_t *read;   /* [window]: those tokens */
  double dropout;  /* share that is left out in training */
  ur_rng dropping; /* of the next update: the stream that says what */
  int capacity;    /* sequences in a batch of evaluation or training */
  ur__batch room;  /* arrays for one batch */

  size_t size;           /* floats of all parameters; each of the arrays below is as long */
  float *grads;          /* of train */
  float *first, *second; /* the optimiser's moments */
  float *backup;         /* parameters and both moments before the present update */
} ur__net;

/* corpus: its vocabulary, and the longest sequence. With sequences == 0 nothing can be trained or evaluated.
 * batch: sequences an update. UR_E_MEMORY, and what the model's builder refuses. */
ur_status ur__net_create(const ur_settings *settings, const ur__corpus *corpus, int batch, ur__net *out);
/* The graphs alone, over the parameters of `net`, as these settings say. In *out there is nothing else; it is
 * given to ur__net_adopt, or freed by ur__net_free. UR_E_SETTING where other parameters would be needed. */
ur_status ur__net_graphs(const ur__net *net, const ur_settings *settings, const ur__corpus *corpus, int batch,
                         ur__net *out);
void ur__net_adopt(ur__net *net, ur__net *graphs);
void ur__net_free(ur__net *net);

/* Builds and finishes a tape of this model, its gates held as the settings say. length: of the sequences, END
 * counted. */
ur_status ur__net_tape(const ur_settings *settings, ur_params *params, ur__lowering lowering,
                       const ur_tape_options *options, ur_tape **out);
/* Holds the gates of a tape as the settings say; 1 where that changed anything. */
int ur__net_hold(const ur_settings *settings, ur_tape *tape);
/* Does it go on from what it has of the tokens before? */
int ur__model_keeps(const ur_settings *settings);
/* Sets the tape's size and all inputs that are in the batch or follow from it (of each step, in an unrolled
 * one). */
ur_status ur__net_feed(ur_tape *tape, const ur__batch *batch);

/* After feeding, which leaves nothing out: puts 0 into so large a share of what numbers are multiplied with
 * while a model is trained, and 1 / (1 - share) into the rest (inputs drop_...). */
void ur__net_drop(ur_tape *tape, double share, ur_rng *stream);

typedef struct ur__net_report {
  double loss, grad_norm;
  uint32_t tokens;
} ur__net_report;
/* One update on this batch. UR_E_NUMBER names the node; nothing has changed then. */
ur_status ur__net_step(ur__net *net, const ur__batch *batch, const ur__rule *rule, double clip_norm,
                       ur__net_report *out);
/* Adds to *sum the losses of this batch, sequence by sequence, infinite where a probability underflowed. */
ur_status ur__net_evaluate(ur__net *net, const ur__batch *batch, double *sum);
/* Of the batch that was evaluated last: [T,B,V], or [B,V] of a model that answers. */
const float *ur__net_logits(ur__net *net);
int ur__net_largest(const float *values, int n); /* the first of the largest */
/* A model that answers: one sequence. Its answer is then ur__net_probabilities. */
ur_status ur__net_answer(ur__net *net, const ur__batch *batch);

/* One sequence, token by token, each seen once: the state is carried along. */
void ur__net_begin(ur__net *net);
ur_status ur__net_push(ur__net *net, int32_t token);
const float *ur__net_probabilities(ur__net *net); /* [V], after the tokens pushed so far, at least one */
/* The same of a model that reads numbers at each step: what it says next stands where probabilities do. */
ur_status ur__net_push_numbers(ur__net *net, const float *numbers);
/* Its state after them, of the last layer: H of them into h. */
int ur__net_state_size(const ur__net *net);
void ur__net_state(ur__net *net, float *h);

#endif
