/* train/trainer.h: what a training run is made of; private to this folder. */
#ifndef UNROLL_TRAIN_TRAINER_H
#define UNROLL_TRAIN_TRAINER_H

#include "net.h"
#include "ngram.h"
#include "unroll/train.h"

struct ur_trainer {
  ur_settings settings;
  const ur__model *model;
  const ur__task *task;
  ur__corpus corpus;
  ur__batches batches;   /* nothing in it for weights without their text */
  ur__examples examples; /* of a task that makes them */
  int batch_size;        /* the setting, or fewer where the text has fewer */
  uint64_t step;
  ur_buffer changes; /* live settings changed during the run, as JSON: [step,"key","value"],... */
  ur__net net;       /* of a model that learns by gradients */
  ur__ngram ngram;   /* of one that counts; with no keys before its update */
  int32_t prefix[UR__SEQUENCE_MAX + 1]; /* of the sequence being generated, for a counting model */
  int prefix_length;
  double *counted;         /* [V], of a counting model */
  int32_t *written;        /* [T,B], of a model with a source */
  ur_tensors_read tensors; /* of the file that it was opened from */
  float *given, *drawn;    /* [V] each: a distribution as the model gives it, and as it is sampled from */
};

/* Reads a text as the task of these settings reads it, with the vocabulary of `known` or its own. */
ur_status ur__trainer_corpus(const ur__task *task, const double *values, ur_bytes text,
                             const ur__corpus *known, ur__corpus *out);
/* A run over this corpus, which it takes over whatever happens. */
ur_status ur__trainer_build(const ur_settings *settings, ur__corpus *corpus, ur_trainer **out);
/* What graphs these settings need, where they are others than those that stand (built rows): to be adopted;
 * else an empty one. */
ur_status ur__trainer_graphs(const ur_trainer *trainer, const ur_settings *settings, ur__net *out);
/* The run goes on with these settings and graphs. */
void ur__trainer_change(ur_trainer *trainer, const ur_settings *settings, ur__net *graphs);
/* Holds the gates of all graphs as the settings say. */
void ur__trainer_hold(ur_trainer *trainer);

#endif
