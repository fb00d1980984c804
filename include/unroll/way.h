/* unroll/way.h: a plane through the way that the numbers of a run went, so that the loss of any net, of as
 * many numbers as it has, can be looked at over two directions. In double, from the numbers as recorded. */
#ifndef UNROLL_WAY_H
#define UNROLL_WAY_H

#include <stddef.h>

#include "unroll/status.h"

#define UR_WAY_PLACES_MAX 201

typedef enum ur_way_by {
  UR_WAY_ENDS, /* through the first place, the last, and the one farthest from the line between them (after
                    Goodfellow, Vinyals and Saxe 2015, who draw the line and what is left of the way) */
  UR_WAY_PRINCIPAL /* through the middle of all, along their first two principal components (Li, Xu, Taylor,
                        Studer and Goldstein 2018): no other plane has a larger share */
} ur_way_by;

typedef struct ur_way {
  int count;          /* places */
  size_t size;        /* numbers of each */
  float *places;      /* [count, size], to be filled by who records */
  double *origin;     /* [size]; this and what follows is of ur_way_through */
  double *directions; /* [2, size], of length 1, at right angles; the last place is not left of the first */
  double *at;         /* [count, 2]: where each place stands over them */
  double *off;        /* [count]: and how far from the plane */
  double share[2];    /* of the squared distances from the middle of all, those along each direction */
} ur_way;

/* Room for 2 to UR_WAY_PLACES_MAX places, all 0. UR_E_ARGUMENT, UR_E_MEMORY; empty after a failure. */
ur_status ur_way_create(int count, size_t size, ur_way *out);
void ur_way_free(ur_way *way);
/* The plane. Where all places lie on a line, its second direction is any at right angles to that.
 * UR_E_STATE where they do not move, or where the last is the first and the plane is to go through both;
 * UR_E_NUMBER, UR_E_MEMORY. */
ur_status ur_way_through(ur_way *way, ur_way_by by);
/* numbers [size] at this place of the plane. */
void ur_way_numbers(const ur_way *way, const double at[2], float *numbers);

#endif
