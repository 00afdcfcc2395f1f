/* Breaks off at the n-th call that changes a file: loaded before libc (LD_PRELOAD), compiled by test_crash.py.

   crash_at(n) ends the process there, as a power switch does; of a write the first half still reaches the file.
   fail_at(n, error, stays, below) lets that call fail instead, and with `stays` all after it: a full disk (ENOSPC, which
   stops no flush, renaming or removing), a broken one (EIO), a read-only one (EROFS), a stick that was pulled out. With
   `below` only what lies under that folder fails. calls_seen() says how many such calls there were since, calls_failed()
   how many of them failed. Pipes and terminals do not count. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static long armed, seen, failed;
static int number, lasts;
static char under[PATH_MAX];

void crash_at(long n) { armed = n; seen = failed = 0; number = 0; under[0] = 0; }
void fail_at(long n, int error, int stays, const char *below) {
    crash_at(n);
    number = error; lasts = stays;
    strncpy(under, below, sizeof under - 1);
}
long calls_seen(void) { return seen; }
long calls_failed(void) { return failed; }

static int is_file(int fd) { struct stat s; return !fstat(fd, &s) && S_ISREG(s.st_mode); }
static int is_below(const char *path) { return !strncmp(path, under, strlen(under)); }
static int is_below_fd(int fd) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n < 0) return 0;
    path[n] = 0;
    return is_below(path);
}

/* Whether this call is the one. `takes_room`: a full disk refuses it. */
static int is_now(int takes_room, int fd, const char *path) {
    if (!armed) return 0;
    seen++;
    if (!number) return seen == armed;
    if (seen < armed || (failed && !lasts) || (number == ENOSPC && !takes_room)) return 0;
    if (under[0] && !(path ? is_below(path) : is_below_fd(fd))) return 0;
    failed++;
    return 1;
}
static int end(void) { if (!number) _exit(137); errno = number; return -1; }

#define LIBC(name) static __typeof__(name) *libc; if (!libc) libc = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void *data, size_t n) {
    LIBC(write);
    if (armed && is_file(fd) && is_now(1, fd, 0)) { libc(fd, data, n / 2); return end(); }
    return libc(fd, data, n);
}
ssize_t pwrite(int fd, const void *data, size_t n, off_t at) {
    LIBC(pwrite);
    if (is_now(1, fd, 0)) { libc(fd, data, n / 2, at); return end(); }
    return libc(fd, data, n, at);
}
ssize_t pwrite64(int fd, const void *data, size_t n, off64_t at) {
    LIBC(pwrite64);
    if (is_now(1, fd, 0)) { libc(fd, data, n / 2, at); return end(); }
    return libc(fd, data, n, at);
}
ssize_t writev(int fd, const struct iovec *pieces, int n) {
    LIBC(writev);
    if (armed && is_file(fd) && is_now(1, fd, 0)) return end();
    return libc(fd, pieces, n);
}
int ftruncate(int fd, off_t n) { LIBC(ftruncate); return is_now(1, fd, 0) ? end() : libc(fd, n); }
int ftruncate64(int fd, off64_t n) { LIBC(ftruncate64); return is_now(1, fd, 0) ? end() : libc(fd, n); }
int fsync(int fd) { LIBC(fsync); return is_now(0, fd, 0) ? end() : libc(fd); }
int fdatasync(int fd) { LIBC(fdatasync); return is_now(0, fd, 0) ? end() : libc(fd); }
int mkdir(const char *name, mode_t mode) {
    LIBC(mkdir);
    return armed && access(name, F_OK) && is_now(1, 0, name) ? end() : libc(name, mode);
}
int rename(const char *from, const char *to) { LIBC(rename); return is_now(0, 0, to) ? end() : libc(from, to); }
int renameat(int a, const char *from, int b, const char *to) {
    LIBC(renameat);
    return is_now(0, 0, to) ? end() : libc(a, from, b, to);
}
int unlink(const char *name) { LIBC(unlink); return is_now(0, 0, name) ? end() : libc(name); }
int unlinkat(int fd, const char *name, int how) {
    LIBC(unlinkat);
    return is_now(0, fd, 0) ? end() : libc(fd, name, how);
}

#define OPENING(name, ...) \
    LIBC(name); \
    va_list rest; va_start(rest, flags); mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0; va_end(rest); \
    int writes = number == EROFS ? flags & (O_WRONLY | O_RDWR) : flags & O_CREAT && access(path, F_OK); \
    if (armed && writes && is_now(1, 0, path)) return end(); \
    return libc(__VA_ARGS__, mode)

int open(const char *path, int flags, ...) { OPENING(open, path, flags); }
int open64(const char *path, int flags, ...) { OPENING(open64, path, flags); }
int openat(int fd, const char *path, int flags, ...) { OPENING(openat, fd, path, flags); }
int openat64(int fd, const char *path, int flags, ...) { OPENING(openat64, fd, path, flags); }
