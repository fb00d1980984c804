/* unroll/train.h: a training run, everything it needs to be stopped, stored, brought back and gone on with.
 *
 * A run is (settings, corpus) -> a sequence of states, one an update, the same on every target. Losses are
 * the mean over predicted tokens, END counted, padding not, in nats. */
#ifndef UNROLL_TRAIN_H
#define UNROLL_TRAIN_H

#include "unroll/graph.h"
#include "unroll/settings.h"

typedef struct ur_trainer ur_trainer;

/* corpus: UTF-8 lines, one sequence a line; {NULL,0} for the corpus that comes with the task. Copied.
 * Errors: UR_E_TEXT (what is wrong with the corpus and what to do), UR_E_MEMORY, UR_E_SETTING. */
ur_status ur_trainer_create(const ur_settings *settings, ur_bytes corpus, ur_trainer **out);
void ur_trainer_free(ur_trainer *trainer);
const ur_settings *ur_trainer_settings(const ur_trainer *trainer);
/* Changes a live setting from the next update on. UR_E_SETTING for one that needs a new run. */
ur_status ur_trainer_set(ur_trainer *trainer, const char *key, const char *value);

typedef struct ur_step_report {
  uint64_t step;    /* updates done, this one included */
  double loss;      /* nats a token, of this batch, before the update */
  double grad_norm; /* before clipping */
  double rate;      /* learning rate used */
  uint32_t tokens;  /* predicted in this batch */
} ur_step_report;
/* One update. UR_E_NUMBER when the loss or a gradient is not finite: parameters, optimiser and streams stay
 * as they were before this update, and the error names the first node that did it. A counting model does all
 * its work in its first update. */
ur_status ur_trainer_step(ur_trainer *trainer, ur_step_report *out);
uint64_t ur_trainer_updates(const ur_trainer *trainer);
/* What is trained on and what is unseen. Copies of one sequence are on one side; symbols are tokens that are
 * no marks. All 0 for weights without their text. A task that makes its examples holds some back and trains
 * on any others: of it, 0 are trained on, and no symbols are counted. */
typedef struct ur_sequences {
  uint32_t train, validation;
  uint32_t train_distinct, validation_distinct; /* different ones among them */
  uint32_t train_symbols, validation_symbols;   /* different ones in them */
} ur_sequences;
ur_sequences ur_trainer_sequences(const ur_trainer *trainer);
/* How many tokens stand in unseen sequences only, so that the model never learns them; the first `capacity`
 * of them. */
int ur_trainer_unlearned(const ur_trainer *trainer, int32_t *tokens, int capacity);

typedef struct ur_evaluation {
  double loss; /* nats a token; of a task with numbers for answers, the mean squared error */
  uint64_t tokens, sequences;
  double right; /* share of the answers that are right, or of the sources for which all is written right; -1
                   where a sequence has no such answer */
} ur_evaluation;
/* Mean loss over the unseen sequences (validation != 0) or the training ones; infinite where a probability
 * underflowed. Changes nothing. UR_E_STATE for weights without their text. */
ur_status ur_trainer_evaluate(ur_trainer *trainer, int validation, ur_evaluation *out);
/* The same over unseen sequences of so many symbols, be it more than any had in training; a net of that size
 * is built for it, and gone after. What a task without `length` and `shortest` says of them, UR_E_MEMORY, or
 * what is wrong with that length. */
ur_status ur_trainer_evaluate_at(const ur_trainer *trainer, int length, ur_evaluation *out);

/* Of the task sentiment and its like: of the unseen pairs, a sentence and its mirror, how many have both
 * right, one or none. UR_E_STATE for other tasks. */
typedef struct ur_pairs {
  int pairs, both, one;
} ur_pairs;
ur_status ur_trainer_pairs(ur_trainer *trainer, ur_pairs *out);

int ur_trainer_reads_source(const ur_trainer *trainer); /* does it write something for a source? */
/* Of a task with sources, by the length of the source: how many are written right by the model itself, the
 * likeliest token each time, to their <end>; and how many tokens are the likeliest after the right ones. */
#define UR_GROUPS 65 /* lengths 0 to 64 */
typedef struct ur_group {
  uint64_t sequences, right, tokens, tokens_right;
} ur_group;
/* UR_E_STATE for a task without sources, and for weights without their text. */
ur_status ur_trainer_groups(ur_trainer *trainer, int validation, ur_group groups[UR_GROUPS]);

/* An unseen sequence as text, appended; after the last comes the first. UR_E_STATE for weights without their
 * text. */
ur_status ur_trainer_example(ur_trainer *trainer, uint64_t index, ur_buffer *out);

/* 64-bit FNV-1a over the bits of all parameters (of all counts, for a counting model). */
uint64_t ur_trainer_hash(const ur_trainer *trainer);

typedef struct ur_sampling {
  double temperature; /* 1: as the model gives it; 0: greedy */
  int top_k;          /* 0: off */
  double top_p;       /* 1: off */
} ur_sampling;
/* One sequence as UTF-8, appended to out (UR_E_STATE for a model that answers); drawn from the stream
 * ("sampling", index). `prefix` is what it goes on from, or the source for which it is written. */
ur_status ur_trainer_sample(ur_trainer *trainer, const ur_sampling *how, uint64_t index, const char *prefix,
                            ur_buffer *out);
/* Does a model that sees many tokens at once go on from what it has of those before, as it does at first, or
 * compute all of them anew for each token? It gives the same bits. Nothing is kept where one drops out of
 * what it sees, or where tokens look at those behind them; other models know nothing of it. */
void ur_trainer_keep(ur_trainer *trainer, int keep);
/* The distribution of the next token after `text`, of the answer to it, or of the first token written for it:
 * [V] as the model gives it, and [V] after temperature, top-k, top-p. UR_E_STATE where the answer is a
 * number. */
ur_status ur_trainer_next(ur_trainer *trainer, const ur_sampling *how, const char *text, float *before,
                          float *after);
/* The same in pure form: p [V] in place. UR_E_ARGUMENT for a negative temperature or top_p outside (0,1]. */
ur_status ur_apply_sampling(const ur_sampling *how, const float *before, float *after, int size);

/* Vocabulary: token -> UTF-8 text; "<start>" and "<end>" for the two marks. NULL beyond. */
int ur_trainer_vocabulary_size(const ur_trainer *trainer);
const char *ur_trainer_token(const ur_trainer *trainer, int token);
/* The tokens of a text without the marks. UR_E_TEXT names the characters that the vocabulary lacks. */
ur_status ur_trainer_encode(const ur_trainer *trainer, const char *text, int32_t *tokens, int capacity,
                            int *count);

ur_params *ur_trainer_params(ur_trainer *trainer); /* NULL for a counting model */
/* Compares the gradients of a small double graph of this model, at the present parameters, with differences;
 * up to `samples` cells of every parameter (0: all). out->param counts as in ur_trainer_params. UR_E_STATE
 * for a counting model. */
ur_status ur_trainer_gradcheck(ur_trainer *trainer, size_t samples, ur_gradcheck *out);

/* safetensors. weights: parameters, settings, vocabulary, seed. snapshot: the optimiser, streams and cursor
 * too. */
ur_status ur_trainer_save(const ur_trainer *trainer, int snapshot, ur_buffer *out);
/* A run from such bytes: from weights it starts at update 0 with these parameters, from a snapshot it goes on
 * bit for bit. corpus as in create. Hostile bytes: UR_E_FORMAT saying what is wrong and where. */
ur_status ur_trainer_load(ur_bytes file, ur_bytes corpus, ur_trainer **out);
/* What was done with the tensors of the file that a run was opened from; all 0 for a run that was not. */
#define UR_UNUSED_NAMED 8
typedef struct ur_tensors_read {
  int f16, bf16, f64; /* converted to floats: ur__stored_floats */
  int unused;         /* that the model has no use for */
  char names[UR_UNUSED_NAMED]
            [64]; /* of the first of these, cut where they are longer; no control characters */
} ur_tensors_read;
const ur_tensors_read *ur_trainer_tensors(const ur_trainer *trainer);
/* As JSON, appended: {"f16":3,"bf16":0,"f64":0,"unused":1,"names":["epoch"]}. */
void ur_tensors_json(const ur_tensors_read *tensors, ur_buffer *out);
/* Puts a snapshot of the same run back into this one without building anything anew. */
ur_status ur_trainer_restore(ur_trainer *trainer, ur_bytes snapshot);

/* ---- the walk: the unrolled graph over one text, forwards, backwards, update ---- */
typedef struct ur_walk ur_walk;
/* Built over the trainer's parameters, which it reads but never changes. text without marks;
 * length 1..capacity. */
ur_status ur_walk_create(ur_trainer *trainer, const char *text, ur_walk **out);
/* The same of a source and what is written for it: each step is led by the target, whose next token is its
 * goal. target NULL: the model's own guess as it is now (unroll/decode.h); one that does not end is walked
 * as far as it goes. UR_E_STATE for a model without a source; UR_E_TEXT says whether source or target is
 * wrong. */
ur_status ur_walk_create_pair(ur_trainer *trainer, const char *source, const char *target, ur_walk **out);
/* What is read, [*count] each: UR_READ_INPUTS has a token a step, UR_READ_GOALS what should come next, or
 * the one answer; none where they are numbers. */
typedef enum ur_read { UR_READ_SOURCE, UR_READ_INPUTS, UR_READ_GOALS } ur_read;
const int32_t *ur_walk_read(const ur_walk *walk, ur_read what, int *count);
void ur_walk_free(ur_walk *walk);
ur_tape *ur_walk_tape(ur_walk *walk);
/* Positions: 0 nothing, 1..2F the tape's walk, 2F+1 clipping by norm, then one a parameter: its update. */
int ur_walk_length(const ur_walk *walk);
ur_status ur_walk_to(ur_walk *walk, int position); /* recomputes with the parameters as they are now */
int ur_walk_position(const ur_walk *walk);
/* The optimiser's own lines for one parameter after this backward: names and formulas, arrays shaped as the
 * parameter. */
typedef struct ur_update_line {
  const char *name, *formula;
  const float *values;
} ur_update_line;
ur_status ur_walk_update(ur_walk *walk, int param, const ur_update_line **lines, int *count);
size_t ur_walk_parameters(const ur_walk *walk); /* how many numbers */
/* Every derivative of the loss of what is read, by the walk back and by differences, both in double
 * [ur_walk_parameters] and laid out as ur_params_data; out: where they are furthest apart. Nothing of the
 * walk changes. UR_E_MEMORY. */
ur_status ur_walk_derivatives(ur_walk *walk, double *backward, double *differences, ur_gradcheck *out);
double ur_walk_grad_norm(const ur_walk *walk);
double ur_walk_clip_scale(const ur_walk *walk);

/* ---- claims: an exhibit's experiment, in small pieces so that a page stays alive ---- */
typedef struct ur_claim ur_claim;
#define UR_CLAIM_POINTS 24
typedef struct ur_claim_point {
  double at, measured;
} ur_claim_point;
typedef struct ur_claim_row {
  const char *name;  /* "window of 5 letters" */
  double measured;   /* 1.99; of a series its whole */
  const char *along; /* "length of the source": what a series runs along; NULL: it is none */
  const char *of;    /* "share written right": what a series is of; those of one kind are drawn together */
  int points;        /* of a series, `at` ascending */
  ur_claim_point series[UR_CLAIM_POINTS]; /* the same of a part each */
} ur_claim_row;
typedef struct ur_claim_report {
  int done, holds;      /* holds is meant when done */
  const char *now;      /* what runs now: name of the row */
  int row;              /* its number; all train side by side, and are measured in order when all have */
  const char *task;     /* its task: losses of one task can be compared */
  uint64_t step, steps; /* of the row that runs now */
  double loss;          /* of the update just done; NaN where it was a measurement */
  double fraction;      /* of the whole, in updates and measurements: it grows evenly */
  int count;            /* rows measured so far */
  const ur_claim_row *rows;
  const char *sentence; /* what is claimed */
  const char *asked;    /* the condition in words, with its thresholds */
} ur_claim_report;
/* short form for tests: fewer updates, thresholds of its own. UR_E_NAME lists the claims there are. */
ur_status ur_claim_create(const char *id, uint64_t seed, int short_form, ur_claim **out);
void ur_claim_free(ur_claim *claim);
ur_status ur_claim_step(ur_claim *claim, ur_claim_report *out); /* one update or one evaluation */

/* ---- what there is ---- */
#define UR_ABI 8 /* counts up when the calls that a host makes change */
/* "sse2", "simd128" or "scalar": how this build computes, with the same results. */
const char *ur_simd_name(void);
/* JSON: abi, simd, status [names], ops [{name, formula, inputs, fused}], models [{name, help, counting,
 * answers, tasks [the names of those it goes with], settings}], tasks [{name, help, answers, settings}],
 * training [settings]. A setting is {key, type, default, min, max, choices, live, built, help}. */
void ur_describe_runs(ur_buffer *out);
/* JSON: studies [{name, help, reads, settings, inputs}], claims [{id, sentence, asked, texts}]. */
void ur_describe_experiments(ur_buffer *out);
/* Both in one. */
void ur_describe(ur_buffer *out);
/* One node of a tape as JSON, as `unroll trace` prints it: path, op, role, axes, shape, time, inputs (paths),
 * value, and with gradients grad and edges (one an input, null where none). */
void ur_node_json(ur_tape *tape, int id, int values, int gradients, ur_buffer *out);

#endif
