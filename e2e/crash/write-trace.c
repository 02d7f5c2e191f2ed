// Records every change a program makes to files under KIOSK_TRACE_DIR, and every sync, in order, to KIOSK_TRACE_LOG.
// Loaded with LD_PRELOAD; the program under test is not changed. Linux with glibc only; never shipped.
//
// A record: op (1 byte), name length (2, little endian), offset or size (8), data length (4), name, data.
// C name: made; D: folder made; W: written at offset; T: cut or grown to size; S: synced (file or folder); U: unlinked;
// R: renamed (name holds "old\0new"). Names are relative to the folder; the folder itself is ".".
//
// With KIOSK_FAIL_SYNC=n, the n-th sync and all after it fail with EIO and are not carried out.
// With KIOSK_KILL_AT=n, the program ends by SIGKILL instead of the n-th of these steps; with KIOSK_KILL_HALF as well,
// half of the bytes of that step are written first. Steps on the file called KIOSK_UNCOUNTED do not count.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_FDS 4096
static char names[MOST_FDS][512];
static char folder[512];
static size_t folder_length;
static int log_fd = -1;
static long syncs_left = -1;
static long steps_left = -1;
static int half = 0;
static const char *uncounted = "";
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void begin(void) {
  const char *dir = getenv("KIOSK_TRACE_DIR"), *log = getenv("KIOSK_TRACE_LOG");
  if (!dir || !log) return;
  snprintf(folder, sizeof folder, "%s", dir);
  folder_length = strlen(folder);
  const char *fail = getenv("KIOSK_FAIL_SYNC");
  if (fail) syncs_left = atol(fail) - 1;
  const char *kill_at = getenv("KIOSK_KILL_AT"), *not_counted = getenv("KIOSK_UNCOUNTED");
  if (kill_at) steps_left = atol(kill_at);
  if (not_counted) uncounted = not_counted;
  half = getenv("KIOSK_KILL_HALF") != NULL;
  log_fd = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND, 0600);
}

// The name inside the folder, or NULL when the path lies elsewhere. The shared memory of a write-ahead log does not
// count: whoever opens the database first after a cut makes it anew.
static const char *inside(const char *path) {
  if (log_fd < 0 || !path || strncmp(path, folder, folder_length) != 0) return NULL;
  size_t length = strlen(path);
  if (length > 4 && strcmp(path + length - 4, "-shm") == 0) return NULL;
  if (path[folder_length] == 0) return ".";
  return path[folder_length] == '/' ? path + folder_length + 1 : NULL;
}

static const char *name_of(int fd) { return fd >= 0 && fd < MOST_FDS && names[fd][0] ? names[fd] : NULL; }

static void put(const void *bytes, size_t length) {
  const char *at = bytes;
  while (length > 0) {
    long written = syscall(SYS_write, log_fd, at, length);
    if (written < 0) {
      if (errno == EINTR) continue;
      abort();
    }
    at += written;
    length -= (size_t)written;
  }
}

static void note(char op, const char *name, size_t name_length, uint64_t offset, const void *data, uint32_t length) {
  int kept = errno;
  unsigned char head[15];
  uint16_t short_length = (uint16_t)name_length;
  head[0] = (unsigned char)op;
  memcpy(head + 1, &short_length, 2);
  memcpy(head + 3, &offset, 8);
  memcpy(head + 11, &length, 4);
  pthread_mutex_lock(&lock);
  put(head, sizeof head);
  put(name, name_length);
  if (length) put(data, length);
  pthread_mutex_unlock(&lock);
  errno = kept;
}

// Counts a step that is about to be taken; 1: it is the last one, and is not taken whole.
static int last_step(const char *name) {
  return name && steps_left > 0 && strcmp(name, uncounted) != 0 && --steps_left == 0;
}

static void end(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

#define REAL(result, name, ...) \
  static result (*real)(__VA_ARGS__); \
  if (!real) real = dlsym(RTLD_NEXT, name)

static int opened(const char *path, int flags, int existed, int fd) {
  const char *name = inside(path);
  if (fd < 0 || fd >= MOST_FDS) return fd;
  names[fd][0] = 0;
  if (!name) return fd;
  snprintf(names[fd], sizeof names[fd], "%s", name);
  if ((flags & O_CREAT) && !existed) note('C', name, strlen(name), 0, NULL, 0);
  else if ((flags & O_TRUNC) && (flags & O_ACCMODE) != O_RDONLY) note('T', name, strlen(name), 0, NULL, 0);
  return fd;
}

#define OPEN(function) \
  int function(const char *path, int flags, ...) { \
    REAL(int, #function, const char *, int, ...); \
    va_list more; \
    va_start(more, flags); \
    mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, mode_t) : 0; \
    va_end(more); \
    const char *name = inside(path); \
    int existed = name ? access(path, F_OK) == 0 : 1; \
    if (name && ((!existed && (flags & O_CREAT)) || (flags & O_TRUNC)) && last_step(name)) end(); \
    return opened(path, flags, existed, real(path, flags, mode)); \
  }
OPEN(open)
OPEN(open64)

int close(int fd) {
  REAL(int, "close", int);
  if (fd >= 0 && fd < MOST_FDS) names[fd][0] = 0;
  return real(fd);
}

#define PWRITE(function, offset_type) \
  ssize_t function(int fd, const void *data, size_t length, offset_type offset) { \
    REAL(ssize_t, #function, int, const void *, size_t, offset_type); \
    const char *name = name_of(fd); \
    if (last_step(name)) { \
      if (half) real(fd, data, length / 2, offset); \
      end(); \
    } \
    ssize_t written = real(fd, data, length, offset); \
    if (name && written > 0) note('W', name, strlen(name), (uint64_t)offset, data, (uint32_t)written); \
    return written; \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t write(int fd, const void *data, size_t length) {
  REAL(ssize_t, "write", int, const void *, size_t);
  const char *name = name_of(fd);
  off64_t at = name ? lseek64(fd, 0, SEEK_CUR) : 0;
  if (last_step(name)) {
    if (half) real(fd, data, length / 2);
    end();
  }
  ssize_t written = real(fd, data, length);
  if (name && written > 0) {
    // In append mode the place is the end, whatever the position was.
    off64_t after = lseek64(fd, 0, SEEK_CUR);
    note('W', name, strlen(name), (uint64_t)(after >= written ? after - written : at), data, (uint32_t)written);
  }
  return written;
}

#define TRUNCATE(function, size_type) \
  int function(int fd, size_type size) { \
    REAL(int, #function, int, size_type); \
    const char *name = name_of(fd); \
    if (last_step(name)) end(); \
    int result = real(fd, size); \
    if (name && result == 0) note('T', name, strlen(name), (uint64_t)size, NULL, 0); \
    return result; \
  }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define SYNC(function) \
  int function(int fd) { \
    REAL(int, #function, int); \
    const char *name = name_of(fd); \
    if (name && syncs_left == 0) { \
      errno = EIO; \
      return -1; \
    } \
    if (name && syncs_left > 0) syncs_left--; \
    if (last_step(name)) end(); \
    int result = real(fd); \
    if (name && result == 0) note('S', name, strlen(name), 0, NULL, 0); \
    return result; \
  }
SYNC(fsync)
SYNC(fdatasync)

static int unlinked(const char *path, int result) {
  const char *name = inside(path);
  if (name && result == 0) note('U', name, strlen(name), 0, NULL, 0);
  return result;
}

#define UNLINK(function) \
  int function(const char *path) { \
    REAL(int, #function, const char *); \
    const char *name = inside(path); \
    if (name && access(path, F_OK) == 0 && last_step(name)) end(); \
    return unlinked(path, real(path)); \
  }
UNLINK(unlink)
UNLINK(remove)

int unlinkat(int folder_fd, const char *path, int flags) {
  REAL(int, "unlinkat", int, const char *, int);
  if (folder_fd != AT_FDCWD || (flags & AT_REMOVEDIR)) return real(folder_fd, path, flags);
  const char *name = inside(path);
  if (name && access(path, F_OK) == 0 && last_step(name)) end();
  return unlinked(path, real(folder_fd, path, flags));
}

int rename(const char *from, const char *to) {
  REAL(int, "rename", const char *, const char *);
  const char *old = inside(from), *fresh = inside(to);
  if (last_step(old)) end();
  int result = real(from, to);
  if (old && fresh && result == 0) {
    char both[1024];
    size_t length = strlen(old);
    memcpy(both, old, length + 1);
    memcpy(both + length + 1, fresh, strlen(fresh));
    note('R', both, length + 1 + strlen(fresh), 0, NULL, 0);
  }
  return result;
}

int mkdir(const char *path, mode_t mode) {
  REAL(int, "mkdir", const char *, mode_t);
  const char *name = inside(path);
  if (name && access(path, F_OK) != 0 && last_step(name)) end();
  int result = real(path, mode);
  if (name && result == 0) note('D', name, strlen(name), 0, NULL, 0);
  return result;
}
