/* Ends the process at the n-th call that changes a file, as a power switch does: loaded before libc (LD_PRELOAD).

   crash_at(n) arms it, calls_seen() says how many such calls there were since. Of a write the first half still reaches
   the file. Pipes and terminals do not count. Compiled by test_crash.py. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static long armed, seen;

void crash_at(long n) { armed = n; seen = 0; }
long calls_seen(void) { return seen; }

static int is_now(void) { return armed && ++seen == armed; }
static void end_if_now(void) { if (is_now()) _exit(137); }
static int is_file(int fd) { struct stat s; return !fstat(fd, &s) && S_ISREG(s.st_mode); }

#define LIBC(name) static __typeof__(name) *libc; if (!libc) libc = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void *data, size_t n) {
    LIBC(write);
    if (armed && is_file(fd) && is_now()) { libc(fd, data, n / 2); _exit(137); }
    return libc(fd, data, n);
}
ssize_t pwrite(int fd, const void *data, size_t n, off_t at) {
    LIBC(pwrite);
    if (armed && is_now()) { libc(fd, data, n / 2, at); _exit(137); }
    return libc(fd, data, n, at);
}
ssize_t pwrite64(int fd, const void *data, size_t n, off64_t at) {
    LIBC(pwrite64);
    if (armed && is_now()) { libc(fd, data, n / 2, at); _exit(137); }
    return libc(fd, data, n, at);
}
ssize_t writev(int fd, const struct iovec *pieces, int n) {
    LIBC(writev);
    if (armed && is_file(fd)) end_if_now();
    return libc(fd, pieces, n);
}
int ftruncate(int fd, off_t n) { LIBC(ftruncate); end_if_now(); return libc(fd, n); }
int ftruncate64(int fd, off64_t n) { LIBC(ftruncate64); end_if_now(); return libc(fd, n); }
int fsync(int fd) { LIBC(fsync); end_if_now(); return libc(fd); }
int fdatasync(int fd) { LIBC(fdatasync); end_if_now(); return libc(fd); }
int rename(const char *from, const char *to) { LIBC(rename); end_if_now(); return libc(from, to); }
int renameat(int a, const char *from, int b, const char *to) { LIBC(renameat); end_if_now(); return libc(a, from, b, to); }
int unlink(const char *name) { LIBC(unlink); end_if_now(); return libc(name); }
int unlinkat(int fd, const char *name, int how) { LIBC(unlinkat); end_if_now(); return libc(fd, name, how); }
