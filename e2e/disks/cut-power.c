// cut-power FOLDER COUNTER BYTES: waits until the file COUNTER has so many bytes, then cuts the power of the ext4 or XFS
// file system that holds FOLDER: its log is not flushed, and from now on every write to it fails. Prints how many bytes
// COUNTER had just before, for what is promised while the call is under way may or may not be kept. SIGTERM ends the wait;
// a cut that has begun is told of all the same.
#include <fcntl.h>
#include <linux/types.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

// XFS_IOC_GOINGDOWN and EXT4_IOC_SHUTDOWN have the same number and the same flags.
#define SHUTDOWN _IOR('X', 125, __u32)
#define NO_LOG_FLUSH 2

static volatile sig_atomic_t over = 0;

static void end(int number) {
  (void)number;
  over = 1;
}

int main(int count, char **arguments) {
  if (count != 4) return 2;
  int folder = open(arguments[1], O_RDONLY | O_DIRECTORY);
  int counter = open(arguments[2], O_RDONLY);
  if (folder < 0 || counter < 0) {
    perror("open");
    return 1;
  }
  struct sigaction ending = {.sa_handler = end};
  sigaction(SIGTERM, &ending, NULL);
  struct stat now = {0};
  for (;;) {
    if (over) return 3;
    if (fstat(counter, &now) < 0) {
      perror("fstat");
      return 1;
    }
    if (now.st_size >= atol(arguments[3])) break;
    usleep(50);
  }
  __u32 flags = NO_LOG_FLUSH;
  if (ioctl(folder, SHUTDOWN, &flags) < 0) {
    perror("ioctl");
    return 1;
  }
  printf("%lld\n", (long long)now.st_size);
  return 0;
}
