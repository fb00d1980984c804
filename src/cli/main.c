/* The native host of the command. */
#define _POSIX_C_SOURCE 200809L /* stat, isatty, clock_gettime */

#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"

static int read_file(void *context, const char *path, ur_buffer *out) {
  struct stat info;
  char block[65536];
  size_t size;
  (void)context;
  if (stat(path, &info) != 0 || S_ISDIR(info.st_mode)) return 0;
  FILE *file = fopen(path, "rb");
  if (file == NULL) return 0;
  while ((size = fread(block, 1, sizeof block, file)) > 0) ur_buffer_append(out, block, size);
  const int good = !ferror(file);
  fclose(file);
  return good;
}

static int write_file(void *context, const char *path, ur_bytes data) {
  FILE *file = fopen(path, "wb");
  (void)context;
  if (file == NULL) return 0;
  const int good = fwrite(data.data, 1, data.size, file) == data.size;
  return (fclose(file) == 0) && good;
}

static void print(void *context, int stream, const char *text, size_t size) {
  (void)context;
  fwrite(text, 1, size, stream == 2 ? stderr : stdout);
}

static double clock_ms(void *context) {
  struct timespec now;
  (void)context;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int is_terminal(void *context, int stream) {
  (void)context;
  return isatty(stream);
}

int main(int argc, char **argv) {
  const ur_host host = {NULL, "native", read_file, write_file, print, clock_ms, is_terminal};
  return ur_cli_main(argc, (const char *const *)argv, &host);
}
