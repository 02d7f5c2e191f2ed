/*
 * A vendor plug-in, small enough to be read in one go: what a maker of a photo decoder or a matcher has to write around
 * a closed library. It speaks the protocol of ../README.md on its standard input and output and does toys in place of
 * the real work: always the same picture for the same bytes, always the same score for the same two.
 *
 * Build: cc -O2 -o plugin plugin.c
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#endif

#define MAX_MESSAGE (1u << 20)
#define WIDTH 102
#define HEIGHT 126
#define RGB (WIDTH * HEIGHT * 3)

static char request[MAX_MESSAGE + 1];
static char answer[MAX_MESSAGE];

static const char ALPHABET[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static int base64_value(char c) {
  const char *at = c ? strchr(ALPHABET, c) : NULL;
  return at ? (int)(at - ALPHABET) : -1;
}

/* Decodes up to the first character that is not base64. Returns the number of bytes. */
static size_t from_base64(const char *text, uint8_t *out, size_t room) {
  size_t length = 0;
  uint32_t bits = 0;
  int count = 0;
  for (; base64_value(*text) >= 0 && length < room; text++) {
    bits = bits << 6 | (uint32_t)base64_value(*text);
    if ((count += 6) >= 8) out[length++] = (uint8_t)(bits >> (count -= 8));
  }
  return length;
}

static char *to_base64(const uint8_t *bytes, size_t length, char *out) {
  for (size_t i = 0; i < length; i += 3) {
    uint32_t bits = (uint32_t)bytes[i] << 16;
    if (i + 1 < length) bits |= (uint32_t)bytes[i + 1] << 8;
    if (i + 2 < length) bits |= bytes[i + 2];
    *out++ = ALPHABET[bits >> 18 & 63];
    *out++ = ALPHABET[bits >> 12 & 63];
    *out++ = i + 1 < length ? ALPHABET[bits >> 6 & 63] : '=';
    *out++ = i + 2 < length ? ALPHABET[bits & 63] : '=';
  }
  return out;
}

/* The value of the n-th occurrence of a key. The host sends no key inside a text, so that looking for it is enough. */
static const char *value_of(const char *key, int occurrence) {
  char quoted[40];
  snprintf(quoted, sizeof quoted, "\"%s\":", key);
  const char *at = request;
  for (int i = 0; i <= occurrence; i++) {
    if (!(at = strstr(at, quoted))) return NULL;
    at += strlen(quoted);
  }
  return *at == '"' ? at + 1 : at;
}

static void write_message(size_t length) {
  uint8_t header[4] = {length >> 24, length >> 16, length >> 8, (uint8_t)length};
  fwrite(header, 1, sizeof header, stdout);
  fwrite(answer, 1, length, stdout);
  fflush(stdout);
}

static void write_text(const char *text) {
  strcpy(answer, text);
  write_message(strlen(text));
}

static void refuse(long id, const char *problem) {
  write_message((size_t)snprintf(answer, sizeof answer, "{\"id\":%ld,\"problem\":\"%s\"}", id, problem));
}

static uint8_t rgb[RGB];

static void write_picture(long id) {
  char *out = answer;
  out += sprintf(out, "{\"id\":%ld,\"result\":{\"width\":%d,\"height\":%d,\"rgb\":\"", id, WIDTH, HEIGHT);
  out = to_base64(rgb, RGB, out);
  out += sprintf(out, "\"}}");
  write_message((size_t)(out - answer));
}

static void decode_photo(long id) {
  static uint8_t wlt[1024];
  const char *text = value_of("wlt", 0);
  if (!text || from_base64(text, wlt, sizeof wlt) != sizeof wlt) return refuse(id, "wlt must have 1024 bytes");
  for (size_t i = 0; i < RGB; i++) rgb[i] = wlt[i % sizeof wlt] ^ (uint8_t)(i / sizeof wlt);
  write_picture(id);
}

/* Before a toy's camera stands whoever's picture was decoded last, in another light; grey where nobody's was. A picture is given once. */
static void capture_face(long id) {
  for (size_t i = 0; i < RGB; i++) rgb[i] = (uint8_t)(rgb[i] / 2 + 64);
  write_picture(id);
  memset(rgb, 128, sizeof rgb);
}

/* 1 minus the mean difference of the bytes that both have; 0 where the lengths differ. */
static void compare(long id, const char *first, const char *second) {
  static uint8_t a[MAX_MESSAGE], b[MAX_MESSAGE];
  if (!first || !second) return refuse(id, "two sets of bytes are needed");
  size_t length = from_base64(first, a, sizeof a);
  if (length == 0) return refuse(id, "nothing to compare");
  double difference = 0;
  if (from_base64(second, b, sizeof b) != length) difference = 255.0 * (double)length;
  else for (size_t i = 0; i < length; i++) difference += abs(a[i] - b[i]);
  double score = 1 - difference / 255 / (double)length;
  write_message((size_t)snprintf(answer, sizeof answer, "{\"id\":%ld,\"result\":{\"score\":%.6f}}", id, score));
}

int main(void) {
#ifdef _WIN32
  _setmode(_fileno(stdin), _O_BINARY);
  _setmode(_fileno(stdout), _O_BINARY);
#endif
  write_text("{\"protocol\":1,\"name\":\"reference\",\"version\":\"1\",\"capabilities\":[\"photo\",\"face\",\"fingerprint\",\"camera\"]}");
  uint8_t header[4];
  while (fread(header, 1, sizeof header, stdin) == sizeof header) {
    size_t length = (size_t)header[0] << 24 | (size_t)header[1] << 16 | (size_t)header[2] << 8 | header[3];
    if (length > MAX_MESSAGE || fread(request, 1, length, stdin) != length) return 1;
    request[length] = 0;
    const char *id_text = value_of("id", 0), *method = value_of("method", 0);
    long id = id_text ? strtol(id_text, NULL, 10) : 0;
    if (!method) refuse(id, "no method");
    else if (!strncmp(method, "decodePhoto\"", 12)) decode_photo(id);
    else if (!strncmp(method, "captureFace\"", 12)) capture_face(id);
    else if (!strncmp(method, "compareFaces\"", 13)) compare(id, value_of("rgb", 0), value_of("rgb", 1));
    else if (!strncmp(method, "compareFingerprints\"", 20)) compare(id, value_of("template", 0), value_of("live", 0));
    else refuse(id, "method not known");
  }
  /* The host closed the pipe: it has no more questions. */
  return 0;
}
