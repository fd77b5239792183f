/* Put under the released program by LD_PRELOAD, so that it is measured byte for byte. Built by run.sh:
   -DCOUNT  counts the syncs: a byte each at the end of the file that ANJU_SYNCS names; costs a microsecond
   -DNOSYNC red control: a disk that does not sync
   -DSLOW   red control: a disk that writes slowly */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#ifdef COUNT
static void count(void) {
    static int tally = -1;
    if (tally < 0 && getenv("ANJU_SYNCS")) tally = open(getenv("ANJU_SYNCS"), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (tally >= 0 && write(tally, ".", 1) != 1) abort();
}
int fsync(int file) { count(); return (int)syscall(SYS_fsync, file); }
int fdatasync(int file) { count(); return (int)syscall(SYS_fdatasync, file); }
#endif

#ifdef NOSYNC
int fsync(int file) { (void)file; return 0; }
int fdatasync(int file) { (void)file; return 0; }
#endif

#ifdef SLOW
typedef ssize_t (*writer)(int, const void *, size_t, off64_t);
ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t at) {
    static writer real;
    if (!real) real = (writer)dlsym(RTLD_NEXT, "pwrite64");
    usleep(500);
    return real(file, bytes, length, at);
}
ssize_t pwrite(int file, const void *bytes, size_t length, off_t at) { return pwrite64(file, bytes, length, at); }
#endif
