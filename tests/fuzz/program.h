/* tests/fuzz/program.h: the program of calls that an input of the target `boundary` is. It reads as text, so
 * that seeds can be written by hand; any bytes are some program. A letter is a call (boundary.c), then come
 * its arguments; spaces and newlines between them mean nothing.
 *
 *   F int        lets that allocation of the next call fail, and all after it
 *   I parts \n   lays parts into the input area, cut by commas, a NUL after each. In a part, | is a NUL,
 * \ takes the next byte as it is, ^ and three bytes (low, high, value) change a byte of the part laid so far,
 * and
 *                @ with a letter is a longer text: s settings of a small net, c five lines, p prose, f the
 * file saved last a part       0 to 9: one of those, or none as at the end of the area; ! and four bytes:
 * offset and size, 0xFFFF standing for 2^32 - 1 a handle     0 to 9: of those open now; z: the one closed
 * last; ! and four bytes: invented an int       0 to 9, - for -1, < and > for the least and the greatest, !
 * and four bytes, or else the byte a real       0 to 2, 3 to 9 for tenths, - for -1, n for
 * NaN, i for infinity, ! and eight bytes */
#ifndef UNROLL_TESTS_FUZZ_PROGRAM_H
#define UNROLL_TESTS_FUZZ_PROGRAM_H

#include <limits.h>
#include <math.h>
#include <string.h>

#include "fuzz.h"
#include "unroll/status.h"

enum { PARTS = 10, AREA_MAX = 1 << 16 };

typedef struct part {
  uint32_t offset, size;
} part;

typedef struct program {
  const uint8_t *at, *end;
  part parts[PARTS];
  int count; /* of parts */
} program;

static inline int next_byte(program *p) { return p->at < p->end ? *p->at++ : -1; }

/* The first byte of a call or an argument; -1 at the end. */
static inline int next_sign(program *p) {
  int byte = next_byte(p);
  while (byte == ' ' || byte == '\n') byte = next_byte(p);
  return byte;
}

static inline void next_raw(program *p, void *out, size_t size) {
  const size_t left = (size_t)(p->end - p->at), taken = left < size ? left : size;
  memset(out, 0, size);
  if (taken > 0) memcpy(out, p->at, taken);
  p->at += taken;
}

static inline int next_int(program *p) {
  int32_t value;
  const int sign = next_sign(p);
  if (sign >= '0' && sign <= '9') return sign - '0';
  if (sign == '-') return -1;
  if (sign == '<') return INT_MIN;
  if (sign == '>') return INT_MAX;
  if (sign != '!') return sign;
  next_raw(p, &value, sizeof value);
  return value;
}

static inline double next_real(program *p) {
  double value;
  const int sign = next_sign(p);
  if (sign >= '0' && sign <= '2') return sign - '0';
  if (sign >= '3' && sign <= '9') return (sign - '0') / 10.0;
  if (sign == '-') return -1;
  if (sign == 'n') return NAN;
  if (sign == 'i') return INFINITY;
  if (sign != '!') return sign;
  next_raw(p, &value, sizeof value);
  return value;
}

static inline part next_part(program *p) {
  uint16_t raw[2];
  const int sign = next_sign(p), index = sign - '0';
  if (sign != '!') return p->count > 0 && index >= 0 ? p->parts[index % p->count] : (part){0, 0};
  next_raw(p, raw, sizeof raw);
  return (part){raw[0] == UINT16_MAX ? UINT32_MAX : raw[0], raw[1] == UINT16_MAX ? UINT32_MAX : raw[1]};
}

/* The text that @ with a letter stands for. */
static inline ur_bytes long_text(int letter, ur_bytes saved) {
  static const char settings[] = "hidden_size\0003\0embedding_size\0002\0batch_size\0002";
  static const char lines[] = "abacab\nbadge\nface\ncab\ndeaf\n";
  static const char prose[] =
      "Call me Ishmael. Some years ago, never mind how long, I went to sea. It is a way "
      "I have of driving off the spleen, and regulating the circulation.";
  static const char pairs[] = "two days\t2 days\nan hour\t1 hour\none day\t1 day\n2 0 1 7\tmil , dos\n";
  switch (letter) {
  case 'd': return (ur_bytes){(const uint8_t *)pairs, sizeof pairs - 1};
  case 's': return (ur_bytes){(const uint8_t *)settings, sizeof settings};
  case 'c': return (ur_bytes){(const uint8_t *)lines, sizeof lines - 1};
  case 'p': return (ur_bytes){(const uint8_t *)prose, sizeof prose - 1};
  case 'f': return saved;
  default: return (ur_bytes){NULL, 0};
  }
}

/* The rest of the call I: writes the area and notes its parts. Its size, at most AREA_MAX. */
static inline size_t next_area(program *p, uint8_t *area, ur_bytes saved) {
  size_t size = 0, start = 0;
  p->count = 0;
  while (p->at < p->end && *p->at == ' ') p->at++;
  for (;;) {
    int byte = next_byte(p);
    const int over = byte < 0 || byte == '\n' || size == AREA_MAX - 1;
    if (over || byte == ',') {
      if (p->count < PARTS) p->parts[p->count++] = (part){(uint32_t)start, (uint32_t)(size - start)};
      area[size++] = 0;
      start = size;
      if (over || size == AREA_MAX) return size;
    } else if (byte == '^') {
      uint8_t raw[3];
      next_raw(p, raw, sizeof raw);
      const size_t place = start + raw[0] + 256u * raw[1];
      if (place < size) area[place] = raw[2];
    } else if (byte == '@') {
      const ur_bytes text = long_text(next_byte(p), saved);
      if (text.size == 0 || text.size > AREA_MAX - 1 - size) continue;
      memcpy(area + size, text.data, text.size);
      size += text.size;
    } else if (byte == '|') {
      area[size++] = 0;
    } else {
      if (byte == '\\') byte = next_byte(p);
      area[size++] = (uint8_t)byte;
    }
  }
}

#endif
