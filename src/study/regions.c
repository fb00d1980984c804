#include "unroll/regions.h"

#include <math.h>
#include <string.h>

#include "alloc.h"
#include "flat.h"
#include "hash.h"

/* A polygon and what all values are on it: maps [values, 3], corners [most, 2] behind them. */
typedef struct region {
  int corners, above; /* above: units that are above 0 */
  uint64_t on;
  double *maps, *at;
} region;

typedef struct pieces {
  const ur__flat *flat;
  region **all;
  int count, capacity;
  int *after;  /* [hidden]: regions once so many units have cut */
  double thin; /* a value this near to 0 is on the line */
} pieces;

static region *room(const ur__flat *flat) {
  const size_t maps = 3 * ur__flat_values(flat), corners = (size_t)flat->hidden + 4;
  region *r = ur__alloc(sizeof *r + (maps + 2 * corners) * sizeof(double));
  if (r == NULL) return NULL;
  r->maps = (double *)(void *)(r + 1);
  r->at = r->maps + maps;
  return r;
}

/* Takes a region over, also where there is no room for it. */
static ur_status push(pieces *p, region *r) {
  if (r == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left for %d regions", p->count + 1);
  if (p->count == UR_REGIONS_MAX) {
    ur__free(r);
    return ur_fail(UR_E_MEMORY, "", "there are more than %d regions; take fewer units or a smaller box",
                   UR_REGIONS_MAX);
  }
  if (p->count == p->capacity) {
    const int capacity = p->capacity == 0 ? 64 : 2 * p->capacity;
    region **more = ur__realloc(p->all, (size_t)capacity * sizeof *more);
    if (more == NULL) {
      ur__free(r);
      return ur_fail(UR_E_MEMORY, "", "there is no memory left for %d regions", capacity);
    }
    p->all = more;
    p->capacity = capacity;
  }
  p->all[p->count++] = r;
  return UR_OK;
}

static double value_at(const double *map, const double *x) { return map[0] * x[0] + map[1] * x[1] + map[2]; }

/* The part of `from` on one side of map = 0; corners on the line belong to both. */
static void clip(const region *from, const double *map, double side, double thin, region *to) {
  to->corners = 0;
  for (int i = 0; i < from->corners; i++) {
    const double *a = from->at + 2 * i, *b = from->at + 2 * ((i + 1) % from->corners);
    const double va = side * value_at(map, a), vb = side * value_at(map, b);
    if (va >= -thin) {
      memcpy(to->at + 2 * to->corners, a, 2 * sizeof *a);
      to->corners++;
    }
    if ((va > thin && vb < -thin) || (va < -thin && vb > thin)) {
      double *cut = to->at + 2 * to->corners++;
      const double t = va / (va - vb);
      for (int k = 0; k < 2; k++) cut[k] = a[k] + t * (b[k] - a[k]);
    }
  }
}

static void sum_up(const ur__flat *flat, const ur__unit *unit, const double *maps, double *out) {
  out[0] = out[1] = 0;
  out[2] = flat->theta[unit->bias];
  for (int k = 0; k < unit->wires; k++)
    for (int c = 0; c < 3; c++)
      out[c] += flat->theta[unit->weight + k] * maps[3 * flat->from[unit->from + k] + c];
}

/* The hidden unit is above 0 in this region, or is not. */
static void settle(region *r, int value, int u, const double *map, int on) {
  for (int c = 0; c < 3; c++) r->maps[3 * value + c] = on ? map[c] : 0;
  r->above += on;
  if (on) r->on = ur__fnv1a(r->on, &u, sizeof u);
}

/* Hidden unit u cuts region i in two, or is on one side all over it. */
static ur_status cut(pieces *p, int i, int u) {
  const ur__flat *flat = p->flat;
  const int value = flat->features + u;
  region *whole = p->all[i];
  double map[3], most = 0, least = 0;
  sum_up(flat, &flat->units[u], whole->maps, map);
  /* how near to the line a corner is counts in the plane, whatever the slope */
  const double thin = p->thin * sqrt(map[0] * map[0] + map[1] * map[1]);
  for (int k = 0; k < whole->corners; k++) {
    const double v = value_at(map, whole->at + 2 * k);
    most = v > most ? v : most;
    least = v < least ? v : least;
  }
  if (!(most > thin && least < -thin)) {
    settle(whole, value, u, map, most > -least);
    return UR_OK;
  }
  region *above = room(flat), *below = room(flat);
  if (above != NULL && below != NULL) {
    clip(whole, map, 1, thin, above);
    clip(whole, map, -1, thin, below);
    above->on = below->on = whole->on;
    above->above = below->above = whole->above;
    memcpy(above->maps, whole->maps, (size_t)(3 * value) * sizeof *map);
    memcpy(below->maps, whole->maps, (size_t)(3 * value) * sizeof *map);
    settle(above, value, u, map, 1);
    settle(below, value, u, map, 0);
    p->all[i] = above;
    ur__free(whole);
    return push(p, below);
  }
  ur__free(above), ur__free(below);
  return ur_fail(UR_E_MEMORY, "", "there is no memory left for %d regions", p->count + 1);
}

static ur_status begin(pieces *p, const double box[4]) {
  region *r = room(p->flat);
  if (r != NULL) {
    const double corners[] = {box[0], box[2], box[1], box[2], box[1], box[3], box[0], box[3]};
    r->corners = 4;
    r->on = UR__FNV_START;
    memcpy(r->at, corners, sizeof corners);
    r->maps[0] = r->maps[4] = 1;
  }
  return push(p, r);
}

static ur_status collect(const pieces *p, ur_regions *out) {
  const ur__flat *flat = p->flat;
  const size_t n = (size_t)p->count;
  size_t corners = 0;
  for (size_t i = 0; i < n; i++) corners += (size_t)p->all[i]->corners;
  const size_t hidden = (size_t)flat->hidden;
  *out = (ur_regions){.count = p->count, .outputs = flat->outputs, .hidden = flat->hidden};
  out->corners = ur__alloc((2 * corners + 3 * n * (size_t)flat->outputs) * sizeof(double) +
                           n * sizeof *out->on + (2 * n + 1 + hidden) * sizeof *out->first);
  if (out->corners == NULL) {
    *out = (ur_regions){0};
    return ur_fail(UR_E_MEMORY, "", "there is no memory left to hand over %zu regions", n);
  }
  out->planes = out->corners + 2 * corners;
  out->on = (uint64_t *)(void *)(out->planes + 3 * n * (size_t)flat->outputs);
  out->first = (int *)(void *)(out->on + n);
  out->above = out->first + n + 1;
  out->after = out->above + n;
  for (size_t u = 0; u < hidden; u++) out->after[u] = p->after[u];
  for (size_t i = 0; i < n; i++) {
    const region *r = p->all[i];
    memcpy(out->corners + 2 * out->first[i], r->at, 2 * (size_t)r->corners * sizeof *r->at);
    out->first[i + 1] = out->first[i] + r->corners;
    out->on[i] = r->on;
    out->above[i] = r->above;
    for (int k = 0; k < flat->outputs; k++)
      sum_up(flat, &flat->units[flat->hidden + k], r->maps,
             out->planes + 3 * (i * (size_t)flat->outputs + (size_t)k));
  }
  return UR_OK;
}

static ur_status check(const ur__flat *flat, const double box[4]) {
  if (flat->features != 2)
    return ur_fail(UR_E_STATE, "", "the net has %d inputs; regions are of the plane, with two",
                   flat->features);
  if (flat->activation != UR__MLP_RELU && flat->hidden > 0)
    return ur_fail(UR_E_STATE, "activation",
                   "only a net of relus is linear in pieces; set the activation to relu");
  for (int i = 0; i < 4; i++)
    if (!(fabs(box[i]) <= 1e6) || !(box[i & 2] < box[(i & 2) + 1]))
      return ur_fail(UR_E_ARGUMENT, "box", "the box from %g to %g and from %g to %g is empty or too large",
                     box[0], box[1], box[2], box[3]);
  return UR_OK;
}

ur_status ur_regions_of(const ur_trainer *trainer, const double box[4], ur_regions *out) {
  ur__flat flat;
  *out = (ur_regions){0};
  ur_status status = ur__flat_of(trainer, &flat);
  if (status != UR_OK) return status;
  pieces p = {.flat = &flat};
  status = check(&flat, box);
  if (status == UR_OK) {
    p.thin = 1e-12 * (box[1] - box[0] + box[3] - box[2]);
    p.after = ur__alloc_array((size_t)flat.hidden + 1, sizeof *p.after);
    status = p.after != NULL ? begin(&p, box)
                             : ur_fail(UR_E_MEMORY, "", "there is no memory left for %d units", flat.hidden);
  }
  for (int u = 0; u < flat.hidden && status == UR_OK; u++) {
    const int before = p.count;
    for (int i = 0; i < before && status == UR_OK; i++) status = cut(&p, i, u);
    p.after[u] = p.count;
  }
  if (status == UR_OK) status = collect(&p, out);
  for (int i = 0; i < p.count; i++) ur__free(p.all[i]);
  ur__free(p.all);
  ur__free(p.after);
  ur__flat_free(&flat);
  return status;
}

void ur_regions_free(ur_regions *regions) {
  ur__free(regions->corners);
  *regions = (ur_regions){0};
}
