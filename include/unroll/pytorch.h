/* unroll/pytorch.h: weights that PyTorch wrote, and weights for it.
 *
 * What opens: the state_dict of nn.Embedding, one nn.RNN, nn.LSTM or nn.GRU and nn.Linear, as a safetensors
 * file, whatever its modules are called. docs/files.md says what fits and what is asked for. */
#ifndef UNROLL_PYTORCH_H
#define UNROLL_PYTORCH_H

#include "unroll/train.h"

/* What cannot be seen in the file. */
typedef struct ur_pytorch_how {
  ur_bytes vocabulary;         /* JSON: a list of symbols or {symbol: index}; data NULL: that in the file */
  const char *start, *end;     /* the symbols a text begins and ends with; NULL: found by their names */
  const char *model;           /* NULL: as the shapes have it */
  const char *const *settings; /* key, value, key, value ...: activation above all */
  int setting_count;           /* pairs */
} ur_pytorch_how;

/* 1 for safetensors that do not say that they are ours, 2 where such a file names its symbols itself. */
int ur_is_pytorch(ur_bytes file);
/* What the shapes say, appended as JSON: model, cell, layers, directions, embedding_size, hidden_size,
 * symbols (how many a vocabulary has to name; 0: none is needed), table (the embedding's name), vocabulary
 * (whether the file names them itself), activation (whether it has to be told). UR_E_FORMAT names what does
 * not fit. */
ur_status ur_pytorch_describe(ur_bytes file, const char *model, ur_buffer *out);
/* The file as one of ours, appended: weights of the same function. told: what was done with its tensors.
 * UR_E_FORMAT names what does not fit, UR_E_TEXT what is lacking of the vocabulary, UR_E_SETTING. */
ur_status ur_pytorch_read(ur_bytes file, const ur_pytorch_how *how, ur_tensors_read *told, ur_buffer *out);

/* Weights under PyTorch's names, appended, which ur_pytorch_program reads and ur_pytorch_read as well.
 * UR_E_STATE for a model that counts and for gates that are held. */
ur_status ur_pytorch_write(ur_trainer *trainer, ur_buffer *out);
/* Python that builds the modules, from the file of its own name that ends in .safetensors. */
ur_bytes ur_pytorch_program(void);

#endif
