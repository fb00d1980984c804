/* io/safetensors.h: named tensors and a map of strings as bytes, in the layout of huggingface/safetensors:
 * 8 bytes of header length (little-endian), a JSON header padded with spaces to 8, then the data without
 * gaps.
 *
 * Reading believes nothing: every length, name, shape and offset is checked before it is used. */
#ifndef UNROLL_IO_SAFETENSORS_H
#define UNROLL_IO_SAFETENSORS_H

#include "unroll/status.h"

#define UR__TENSOR_RANK 4
#define UR__TENSORS_MAX 256
#define UR__HEADER_MAX  (1 << 20)

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "files of weights are little-endian, and so must the machine be"
#endif

typedef enum ur__dtype { UR__F32, UR__I64 } ur__dtype;

typedef struct ur__stored {
  const char *name;
  ur__dtype dtype;
  int rank;
  uint64_t shape[UR__TENSOR_RANK];
  const void *data; /* not aligned when it comes from a file: memcpy it */
  size_t size;      /* bytes */
} ur__stored;

typedef struct ur__pair {
  const char *key, *value;
} ur__pair;

typedef struct ur__safetensors {
  ur__stored *tensors;
  ur__pair *metadata;
  int tensor_count, pair_count;
  char *strings; /* what the names, keys and values point into */
} ur__safetensors;

/* Appends the file to `out`. Write the widest type first: the data is then aligned. UR_E_MEMORY. */
ur_status ur__safetensors_write(const ur__safetensors *file, ur_buffer *out);
/* Data points into `bytes`, which must outlive *out; all else belongs to *out. UR_E_FORMAT says what is wrong
 * and where, UR_E_MEMORY; *out is empty then. */
ur_status ur__safetensors_read(ur_bytes bytes, ur__safetensors *out);
void ur__safetensors_free(ur__safetensors *file);

/* NULL where there is none of that name. */
const ur__stored *ur__safetensors_find(const ur__safetensors *file, const char *name);
const char *ur__safetensors_meta(const ur__safetensors *file, const char *key);

#endif
