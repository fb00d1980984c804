/* tests/fuzz/fuzz.h: what the fuzz targets share. */
#ifndef UNROLL_TESTS_FUZZ_H
#define UNROLL_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What must hold whatever the input; a failure is a finding. */
#define MUST(condition) ((condition) ? (void)0 : abort())

#endif
