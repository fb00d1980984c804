/* train/saved.h: a run as a file. Weights hold the parameters and what is needed to use them; a snapshot also
 * holds where training stands, so that it goes on bit for bit.
 *
 * Metadata: format "pt", program "unroll", kind "weights" or "snapshot", model, task, seed, updates, settings
 * (JSON object of texts), vocabulary (JSON array), corpus (hash of the text, 16 hexadecimal digits); in a
 * snapshot also epoch, cursor and changes (JSON array of [update, key, value]). Tensors: the parameters by
 * name; in a snapshot the optimiser's moments as "first.W_h" and "second.W_h". A counting model: "keys",
 * "counts" and "first". We write F32 and read F16, BF16 and F64 too; tensors of other names are let be and
 * told. */
#ifndef UNROLL_TRAIN_SAVED_H
#define UNROLL_TRAIN_SAVED_H

#include "safetensors.h"
#include "trainer.h"

/* A file that has been read and whose metadata makes sense; its tensors are checked against a trainer. */
typedef struct ur__saved {
  ur__safetensors file;
  ur_settings settings;
  ur__corpus vocabulary; /* no sequences */
  uint64_t updates, epoch, cursor, corpus_hash;
  int snapshot;
} ur__saved;

/* UR_E_FORMAT says what is wrong and where, UR_E_MEMORY. `bytes` must outlive *out, which is empty after a
 * failure. */
ur_status ur__saved_read(ur_bytes bytes, ur__saved *out);
void ur__saved_free(ur__saved *saved);
/* Puts tensors, and of a snapshot the place in training, into a trainer of the same settings and vocabulary.
 * Everything is checked before anything is changed. UR_E_FORMAT, UR_E_MEMORY. */
ur_status ur__saved_apply(ur__saved *saved, ur_trainer *trainer);
/* The settings as a JSON object of texts, appended, as they stand in a file. */
void ur__saved_settings(const ur_settings *settings, ur_buffer *out);
/* What was done with each tensor of a file, once those that are used have been taken. */
ur_tensors_read ur__tensors_told(const ur__safetensors *file);

#endif
