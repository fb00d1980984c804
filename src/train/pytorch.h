/* train/pytorch.h: the parts of a PyTorch file, private to this folder. */
#ifndef UNROLL_TRAIN_PYTORCH_H
#define UNROLL_TRAIN_PYTORCH_H

#include "saved.h"
#include "unroll/layers.h"
#include "unroll/pytorch.h"

/* The tensors of one layer in one direction; the biases are NULL where there are none. */
typedef struct ur__torch_layer {
  const ur__stored *weight_ih, *weight_hh, *bias_ih, *bias_hh;
} ur__torch_layer;

/* The modules of a file whose shapes fit one another. */
typedef struct ur__torch {
  ur__safetensors file;
  ur__torch_layer layers[UR_LAYERS_MAX][2];
  const ur__stored *table, *weight,
      *bias; /* of the embedding (NULL: there is none) and of the linear layer */
  ur_cell cell;
  int depth, directions, embedding, hidden, symbols, outputs;
  const ur__model *model;
} ur__torch;
/* UR_E_FORMAT names what does not fit. `bytes` must outlive *out, which is empty after a failure. */
ur_status ur__torch_find(ur_bytes bytes, const char *model, ur__torch *out);
void ur__torch_free(ur__torch *torch);

/* Which row of the embedding and of the linear layer is that of our token; -1: of none. */
typedef struct ur__torch_rows {
  ur__corpus vocabulary;
  int table[UR__VOCABULARY_MAX], linear[UR__VOCABULARY_MAX];
} ur__torch_rows;
/* marks: whether there has to be a symbol that begins a text. UR_E_TEXT says what is lacking. */
ur_status ur__torch_symbols(const ur__torch *torch, const ur_pytorch_how *how, int marks,
                            ur__torch_rows *out);

/* ---- models whose parameters are PyTorch's one by one, pytorch_named.c ---- */
#define UR__TORCH_NAME 64
int ur__torch_named(const ur__model *model);
/* The name of a parameter there; 0 where it has none: what self-attention by hand was thrown as. */
int ur__torch_theirs(const ur__model *model, const char *ours, char out[UR__TORCH_NAME]);
/* The model of such a file; NULL for any other file. */
const ur__model *ur__torch_named_file(const ur__safetensors *file);
/* As ur_pytorch_describe and ur_pytorch_read. */
ur_status ur__torch_named_describe(const ur__safetensors *file, const ur__model *model, ur_buffer *out);
ur_status ur__torch_named_read(ur__safetensors *file, const ur__model *model, const ur_pytorch_how *how,
                               ur_tensors_read *told, ur_buffer *out);

/* The cells of a parameter, and what it is; NULL where there is none of that name. */
float *ur__torch_param(ur_params *params, const char *name, ur_param_view *view);
/* "layer2.back.W_h": the name of ours, as layers/recurrent.c makes it. */
void ur__torch_name(int depth, int layer, int back, const char *name, char out[64]);

#endif
