// Lets calls that change files under KIOSK_FAIL_FOLDER fail. Loaded with LD_PRELOAD; the program under test is not
// changed. Linux with glibc only; never shipped.
//
// KIOSK_FAIL is "CALL N ERROR once|on": the N-th call of that kind from now on, and with `on` every one after it, fails
// with the error's number. CALL is one of sync, write, truncate, rename, make, remove, or any. A write that fails leaves
// half of its bytes behind. The program may change KIOSK_FAIL in its own environment while it runs (Node's process.env
// does): counting begins anew. KIOSK_FAILED, an integer, is set to the number of calls that failed since.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_FDS 4096
static char ours[MOST_FDS];
static char plan[64];
static char call[16];
static long number = 0, seen = 0, failed = 0;
static int error = 0, on = 0;

static int inside(const char *path) {
  const char *folder = getenv("KIOSK_FAIL_FOLDER");
  size_t length = folder ? strlen(folder) : 0;
  return length > 0 && path && strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == 0);
}

static int is_ours(int fd) { return fd >= 0 && fd < MOST_FDS && ours[fd]; }

// Whether this call is to fail, and errno if so.
static int fails(const char *kind) {
  const char *now = getenv("KIOSK_FAIL");
  if (!now) now = "";
  if (strcmp(now, plan) != 0) {
    char way[8] = "";
    snprintf(plan, sizeof plan, "%s", now);
    number = seen = failed = 0;
    if (sscanf(plan, "%15s %ld %d %7s", call, &number, &error, way) != 4) number = 0;
    on = strcmp(way, "on") == 0;
    setenv("KIOSK_FAILED", "0", 1);
  }
  if (number == 0 || (strcmp(call, "any") != 0 && strcmp(call, kind) != 0)) return 0;
  seen++;
  if (seen != number && !(on && seen > number)) return 0;
  char text[24];
  snprintf(text, sizeof text, "%ld", ++failed);
  setenv("KIOSK_FAILED", text, 1);
  errno = error;
  return 1;
}

#define REAL(result, name, ...) \
  static result (*real)(__VA_ARGS__); \
  if (!real) real = dlsym(RTLD_NEXT, name)

#define OPEN(function) \
  int function(const char *path, int flags, ...) { \
    REAL(int, #function, const char *, int, ...); \
    va_list more; \
    va_start(more, flags); \
    mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, mode_t) : 0; \
    va_end(more); \
    int of_us = inside(path); \
    if (of_us && (flags & O_CREAT) && access(path, F_OK) != 0 && fails("make")) return -1; \
    int fd = real(path, flags, mode); \
    if (fd >= 0 && fd < MOST_FDS) ours[fd] = (char)of_us; \
    return fd; \
  }
OPEN(open)
OPEN(open64)

int close(int fd) {
  REAL(int, "close", int);
  if (fd >= 0 && fd < MOST_FDS) ours[fd] = 0;
  return real(fd);
}

#define PWRITE(function, offset_type) \
  ssize_t function(int fd, const void *data, size_t length, offset_type offset) { \
    REAL(ssize_t, #function, int, const void *, size_t, offset_type); \
    if (is_ours(fd) && fails("write")) { \
      real(fd, data, length / 2, offset); \
      errno = error; \
      return -1; \
    } \
    return real(fd, data, length, offset); \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t write(int fd, const void *data, size_t length) {
  REAL(ssize_t, "write", int, const void *, size_t);
  if (is_ours(fd) && fails("write")) {
    real(fd, data, length / 2);
    errno = error;
    return -1;
  }
  return real(fd, data, length);
}

#define SYNC(function) \
  int function(int fd) { \
    REAL(int, #function, int); \
    return is_ours(fd) && fails("sync") ? -1 : real(fd); \
  }
SYNC(fsync)
SYNC(fdatasync)

#define TRUNCATE(function, size_type) \
  int function(int fd, size_type size) { \
    REAL(int, #function, int, size_type); \
    return is_ours(fd) && fails("truncate") ? -1 : real(fd, size); \
  }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define ON_NAME(function) \
  int function(const char *path) { \
    REAL(int, #function, const char *); \
    return inside(path) && access(path, F_OK) == 0 && fails("remove") ? -1 : real(path); \
  }
ON_NAME(unlink)
ON_NAME(remove)

int rename(const char *from, const char *to) {
  REAL(int, "rename", const char *, const char *);
  return inside(to) && fails("rename") ? -1 : real(from, to);
}

int mkdir(const char *path, mode_t mode) {
  REAL(int, "mkdir", const char *, mode_t);
  return inside(path) && access(path, F_OK) != 0 && fails("make") ? -1 : real(path, mode);
}
