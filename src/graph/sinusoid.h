/* graph/sinusoid.h: the angle of a wave at a place, as the op sinusoid has it and a study draws it between
 * places. */
#ifndef UNROLL_GRAPH_SINUSOID_H
#define UNROLL_GRAPH_SINUSOID_H

#include "real.h"

/* 10000^(-2 j / size) of pair `pair`, from 0; j is counted from 1 or 0. */
static inline double ur__sinusoid_wave(int pair, int size, int count_from) {
  return ur__exp(-2.0 * (double)(pair + count_from) / (double)size * 9.210340371976184);
}
/* The angle i / 10000^(2 j / size) in turns. */
static inline double ur__sinusoid_turns(double i, double wave) { return i * wave * 0.15915494309189535; }

#endif
