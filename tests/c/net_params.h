/* tests/c/net_params.h: the parameters of a model as they are drawn at first, without a run. */
#ifndef UNROLL_TESTS_NET_PARAMS_H
#define UNROLL_TESTS_NET_PARAMS_H

#include "check.h"
#include "net.h"

static inline ur_params *net_params(const ur_settings *settings, const ur__io *io) {
  ur_rng stream = ur_rng_stream(1, "init", 0);
  ur_params *params = NULL;
  CHECK(ur_params_create(&params) == UR_OK);
  ur__model_find(settings->model)->declare(ur__model_values(settings), io, params);
  CHECK(ur_params_finish(params, &stream) == UR_OK);
  return params;
}

#endif
