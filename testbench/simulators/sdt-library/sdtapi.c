/*
 * A library with the entry points that vendors of ID card readers publish, in front of the simulated reader: every call
 * becomes a frame on the serial port named by SDT_PORT. CRASH_AT and HANG_AT name a file; when it exists at the next
 * search for a card, the library behaves as vendors' libraries sometimes do.
 *
 * Build: cc -shared -fPIC -o libsdtapi.so sdtapi.c
 */
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

enum { OK = 0x90, PORT_NOT_OPEN = 0x01, TIMED_OUT = 0x02, BAD_CHECKSUM = 0x03 };
#define MAX_FRAME 4096
#define WAIT_MS 250

static const uint8_t PREAMBLE[5] = {0xaa, 0xaa, 0xaa, 0x96, 0x69};
static int line = -1;
static uint8_t frame[MAX_FRAME];

static int exists(const char *variable) {
  struct stat found;
  const char *path = getenv(variable);
  return path && stat(path, &found) == 0;
}

static int readable(void) {
  struct pollfd wait = {.fd = line, .events = POLLIN};
  return poll(&wait, 1, WAIT_MS) == 1 && (wait.revents & POLLIN);
}

/* Sends a command and puts the data of its answer into `frame`. Returns SW3, or what went wrong on the way. */
static int exchange(uint8_t command, uint8_t parameter, size_t *length) {
  uint8_t request[10] = {0xaa, 0xaa, 0xaa, 0x96, 0x69, 0, 3, command, parameter, 3 ^ command ^ parameter};
  size_t have = 0, from = 0, size = 0;
  *length = 0;
  if (line < 0) return PORT_NOT_OPEN;
  tcflush(line, TCIFLUSH);
  if (write(line, request, sizeof request) != sizeof request) return PORT_NOT_OPEN;
  for (;;) {
    if (!readable()) return TIMED_OUT;
    ssize_t came = read(line, frame + have, sizeof frame - have);
    if (came <= 0) return PORT_NOT_OPEN;
    have += (size_t)came;
    while (from + 7 <= have && memcmp(frame + from, PREAMBLE, 5) != 0) from++;
    if (from + 7 > have) continue;
    size = (size_t)frame[from + 5] << 8 | frame[from + 6];
    if (size < 4 || from + 7 + size > sizeof frame) return BAD_CHECKSUM;
    if (have >= from + 7 + size) break;
  }
  uint8_t sum = 0;
  for (size_t i = from + 5; i < from + 7 + size; i++) sum ^= frame[i];
  if (sum) return BAD_CHECKSUM;
  int status = frame[from + 9];
  *length = size - 4;
  memmove(frame, frame + from + 10, *length);
  return status;
}

static int copy(uint8_t command, uint8_t parameter, uint8_t *out, size_t room) {
  size_t length;
  int status = exchange(command, parameter, &length);
  if (length) memcpy(out, frame, length < room ? length : room);
  return status;
}

int SDT_OpenPort(int port) {
  (void)port;
  const char *path = getenv("SDT_PORT");
  if (line >= 0) close(line);
  line = path ? open(path, O_RDWR | O_NOCTTY) : -1;
  struct termios settings;
  if (line < 0 || tcgetattr(line, &settings)) return PORT_NOT_OPEN;
  cfmakeraw(&settings);
  cfsetspeed(&settings, B115200);
  return tcsetattr(line, TCSANOW, &settings) ? PORT_NOT_OPEN : OK;
}

int SDT_ClosePort(int port) {
  (void)port;
  if (line >= 0) close(line);
  line = -1;
  return OK;
}

int SDT_ResetSAM(int port, int if_open) {
  (void)port, (void)if_open;
  uint8_t nothing[4];
  return copy(0x10, 0xff, nothing, sizeof nothing);
}

int SDT_GetSAMStatus(int port, int if_open) {
  (void)port, (void)if_open;
  uint8_t nothing[4];
  return copy(0x11, 0xff, nothing, sizeof nothing);
}

int SDT_GetSAMID(int port, uint8_t *id, int if_open) {
  (void)port, (void)if_open;
  return copy(0x12, 0xff, id, 16);
}

int SDT_StartFindIDCard(int port, uint8_t *info, int if_open) {
  (void)port, (void)if_open;
  if (exists("CRASH_AT")) abort();
  while (exists("HANG_AT")) sleep(1);
  return copy(0x20, 0x01, info, 4);
}

int SDT_SelectIDCard(int port, uint8_t *message, int if_open) {
  (void)port, (void)if_open;
  return copy(0x20, 0x02, message, 8);
}

/* Answers begin with the lengths of their parts, two bytes each. */
static int parts(uint8_t parameter, int count, uint8_t *out[], uint32_t *lengths[]) {
  size_t length;
  int status = exchange(0x30, parameter, &length);
  size_t at = (size_t)count * 2;
  if (status != OK || length < at) return status;
  for (int i = 0; i < count; i++) {
    uint32_t size = (uint32_t)frame[i * 2] << 8 | frame[i * 2 + 1];
    if (at + size > length) return BAD_CHECKSUM;
    memcpy(out[i], frame + at, size < *lengths[i] ? size : *lengths[i]);
    *lengths[i] = size;
    at += size;
  }
  return status;
}

int SDT_ReadBaseMsg(int port, uint8_t *text, uint32_t *text_length, uint8_t *photo, uint32_t *photo_length, int if_open) {
  (void)port, (void)if_open;
  uint8_t *out[] = {text, photo};
  uint32_t *lengths[] = {text_length, photo_length};
  return parts(0x01, 2, out, lengths);
}

int SDT_ReadBaseFPMsg(int port, uint8_t *text, uint32_t *text_length, uint8_t *photo, uint32_t *photo_length,
                      uint8_t *prints, uint32_t *prints_length, int if_open) {
  (void)port, (void)if_open;
  uint8_t *out[] = {text, photo, prints};
  uint32_t *lengths[] = {text_length, photo_length, prints_length};
  return parts(0x10, 3, out, lengths);
}

int SDT_ReadNewAppMsg(int port, uint8_t *address, uint32_t *length, int if_open) {
  (void)port, (void)if_open, (void)length;
  return copy(0x30, 0x03, address, 70);
}
