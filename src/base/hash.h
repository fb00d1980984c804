/* base/hash.h: 64-bit FNV-1a (Fowler, Noll, Vo). Not for anything hostile. */
#ifndef UNROLL_BASE_HASH_H
#define UNROLL_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#define UR__FNV_START UINT64_C(0xcbf29ce484222325)
/* The hash of what was hashed so far (UR__FNV_START for nothing) followed by these bytes. */
uint64_t ur__fnv1a(uint64_t hash, const void *data, size_t size);

#endif
