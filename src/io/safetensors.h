/* io/safetensors.h: named tensors and a map of strings as bytes, in the layout of huggingface/safetensors:
 * 8 bytes of header length (little-endian), a JSON header padded with spaces to 8, then the data without
 * gaps.
 *
 * Reading believes nothing: every length, name, shape and offset is checked before it is used. */
#ifndef UNROLL_IO_SAFETENSORS_H
#define UNROLL_IO_SAFETENSORS_H

#include "unroll/status.h"

#define UR__TENSOR_RANK 8
#define UR__TENSORS_MAX 2048 /* twelve blocks of encoder and of decoder with their moments are 1,542 */
#define UR__PAIRS_MAX   256  /* of metadata */
#define UR__HEADER_MAX  (1 << 20)

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "files of weights are little-endian, and so must the machine be"
#endif

/* dtype, name, bytes of a number. Any may be in a file; ur__stored_floats says which can be parameters. */
#define UR__DTYPE_LIST(X)                                                                                    \
  X(UR__F32, "F32", 4)                                                                                       \
  X(UR__F16, "F16", 2)                                                                                       \
  X(UR__BF16, "BF16", 2)                                                                                     \
  X(UR__F64, "F64", 8)                                                                                       \
  X(UR__I64, "I64", 8)                                                                                       \
  X(UR__I32, "I32", 4)                                                                                       \
  X(UR__I16, "I16", 2)                                                                                       \
  X(UR__I8, "I8", 1)                                                                                         \
  X(UR__U64, "U64", 8)                                                                                       \
  X(UR__U32, "U32", 4)                                                                                       \
  X(UR__U16, "U16", 2)                                                                                       \
  X(UR__U8, "U8", 1)                                                                                         \
  X(UR__BOOL, "BOOL", 1)                                                                                     \
  X(UR__C64, "C64", 8)                                                                                       \
  X(UR__F8_E5M2, "F8_E5M2", 1)                                                                               \
  X(UR__F8_E4M3, "F8_E4M3", 1)                                                                               \
  X(UR__F8_E8M0, "F8_E8M0", 1)

typedef enum ur__dtype {
#define UR__DTYPE_ENUM(dtype, name, size) dtype,
  UR__DTYPE_LIST(UR__DTYPE_ENUM)
#undef UR__DTYPE_ENUM
      UR__DTYPES
} ur__dtype;
const char *ur__dtype_name(ur__dtype dtype);
size_t ur__dtype_size(ur__dtype dtype);

typedef struct ur__stored {
  const char *name;
  ur__dtype dtype;
  int rank;
  uint64_t shape[UR__TENSOR_RANK];
  const void *data; /* not aligned when it comes from a file: memcpy it */
  size_t size;      /* bytes */
  int used;         /* set by ur__safetensors_take */
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
/* The same, marked as used. */
const ur__stored *ur__safetensors_take(ur__safetensors *file, const char *name);

/* ---- the numbers of a tensor ---- */
size_t ur__stored_count(const ur__stored *tensor);
/* Those of an F32, F16, BF16 or F64 as floats: exactly, but of F64 the nearest, of two as near the even one.
 * NaN and infinities stay what they are. UR_E_FORMAT for another dtype, and for a finite F64 that is beyond
 * all floats. out: room for all of them. */
ur_status ur__stored_floats(const ur__stored *tensor, float *out);
/* "[28,32]" into out, cut where it is longer. */
void ur__stored_shape(const ur__stored *tensor, char *out, size_t size);

#endif
