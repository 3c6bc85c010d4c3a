/* launcher CPUS FD COMMAND [ARGUMENT...]: run a program on some cores and tell what it used.
 *
 * A program started by Python would begin with Python's peak memory, which exec does not reset,
 * and its start would cost a copy of Python's page tables. This process is small and static.
 *
 * Writes to FD a line with the process and the time (CLOCK_MONOTONIC, ns) when the program is
 * started, and a line of figures, in the order of Usage in launch.py, when it has ended. The program ends when this process does.
 */
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static long long us(struct timeval t) { return t.tv_sec * 1000000LL + t.tv_usec; }

int main(int argc, char **argv) {
  if (argc < 4) {
    fputs("usage: launcher CPUS FD COMMAND [ARGUMENT...]\n", stderr);
    return 2;
  }
  cpu_set_t cpus;
  CPU_ZERO(&cpus);
  for (char *part = strtok(argv[1], ","); part; part = strtok(NULL, ",")) {
    CPU_SET(atoi(part), &cpus);
  }
  if (sched_setaffinity(0, sizeof cpus, &cpus)) {
    perror("sched_setaffinity");
    return 2;
  }
  int out = atoi(argv[2]);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  pid_t self = getpid();
  long long start = now_ns();
  pid_t pid = vfork();
  if (pid == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != self) _exit(127);
    close(out);
    execv(argv[3], argv + 3);
    _exit(127);
  }
  if (pid < 0) {
    perror("vfork");
    return 2;
  }
  dprintf(out, "%d %lld\n", pid, start);
  int status;
  struct rusage used;
  wait4(pid, &status, 0, &used);
  long long wall = now_ns() - start;
  int ended = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  dprintf(out, "%d %lld %lld %lld %ld %ld %ld %ld %ld\n", ended, wall, us(used.ru_utime),
          us(used.ru_stime), used.ru_maxrss, used.ru_minflt, used.ru_majflt, used.ru_nvcsw,
          used.ru_nivcsw);
  return 0;
}
