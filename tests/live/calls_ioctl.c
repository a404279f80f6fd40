// SPDX-License-Identifier: MIT
/* Commands of ioctl(2): what they point to, in the direction that is true of each. */
#include "calls.h"
#include "families.h"
#include <fcntl.h>
#include <linux/blkpg.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <linux/hdreg.h>
#include <linux/if_tun.h>
#include <linux/kvm.h>
#include <linux/loop.h>
#include <linux/nsfs.h>
#include <linux/seccomp.h>
#include <linux/sockios.h>
#include <linux/userfaultfd.h>
#include <linux/videodev2.h>
#include <linux/vm_sockets.h>
#include <linux/watchdog.h>
#include <scsi/sg.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#define PAGE 4096

/* A command that reads *arg, and leaves it as it is. */
#define PASSES(file, command, arg)						\
	do {									\
		control(file, command, arg);					\
		ALSO_BYTES(value, arg, sizeof(*(arg)));				\
	} while (0)

/* One that writes it, or reads and writes it. */
#define GETS(file, command, arg)						\
	do {									\
		if (control(file, command, arg) < 0)				\
			NONE(value);						\
		else								\
			GOT_BYTES(value, arg, sizeof(*(arg)));			\
	} while (0)
#define CHANGES(file, command, arg)						\
	do {									\
		control(file, command, arg);					\
		NOW_BYTES(value, arg, sizeof(*(arg)));				\
	} while (0)

static long control(long fd, unsigned command, const void *arg)
{
	return CALL(ioctl, NUM(fd, fd), NUM(request, command), NUM(argument, arg));
}

/* One whose argument is a number, or none. */
static long takes(long fd, unsigned command, long arg)
{
	long ret = CALL(ioctl, NUM(fd, fd), NUM(request, command), NUM(argument, arg));

	NONE(value);
	return ret;
}

static long open_device(const char *path, unsigned flags)
{
	long fd = CALL(openat, NUM(dirfd, AT_FDCWD), STR(name, path), NUM(flags, flags), UNSEEN(0));

	ALSO_NUM(mode, 0);
	if (fd < 0) {
		NONE(dev);
		NONE(ino);
	} else {
		GOT_NUM(dev, dev_of(fd));
		GOT_NUM(ino, ino_of(fd));
	}
	return fd;
}

static void done_with(long fd)
{
	CALL(close, NUM(fd, fd));
}

/* Where there is none, the commands fail, which tells as much of what they pass. */
static void memory_that_faults(void)
{
	static char pages[3 * PAGE];
	char *page = (char *)(((unsigned long)pages + PAGE) & -PAGE);
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register reg = { { (unsigned long)page, PAGE }, UFFDIO_REGISTER_MODE_MISSING, 0 };
	struct uffdio_zeropage zero = { reg.range, UFFDIO_ZEROPAGE_MODE_DONTWAKE, 0 };
	struct uffdio_copy copy = { .dst = (unsigned long)page, .src = 1, .len = PAGE };
	long fd = CALL(userfaultfd, NUM(flags, O_CLOEXEC | UFFD_USER_MODE_ONLY));

	CHANGES(fd, UFFDIO_API, &api);
	CHANGES(fd, UFFDIO_REGISTER, &reg);
	CHANGES(fd, UFFDIO_ZEROPAGE, &zero);
	CHANGES(fd, UFFDIO_COPY, &copy);
	PASSES(fd, UFFDIO_WAKE, &reg.range);
	PASSES(fd, UFFDIO_UNREGISTER, &reg.range);
	PASSES(-1, UFFDIO_UNREGISTER, &reg.range);
	done_with(fd);
}

static void extents(void)
{
	long fd = CALL(memfd_create, STR(name, "extents"), NUM(flags, 0));
	struct fiemap map = { .fm_length = PAGE, .fm_flags = FIEMAP_FLAG_SYNC };
	struct file_dedupe_range range = { .src_length = 8 };
	struct file_clone_range clone = { .src_fd = fd, .src_length = 1 };

	CHANGES(fd, FS_IOC_FIEMAP, &map);
	CHANGES(fd, FIDEDUPERANGE, &range);
	PASSES(fd, FICLONERANGE, &clone);
	takes(fd, FICLONE, fd);
	done_with(fd);
}

static void disks(void)
{
	struct loop_info64 info = { .lo_offset = 512, .lo_file_name = "image" };
	struct loop_info old = { .lo_flags = LO_FLAGS_READ_ONLY };
	struct blkpg_ioctl_arg part = { .op = BLKPG_DEL_PARTITION };
	struct sg_io_hdr scsi = { .interface_id = 'S', .dxfer_direction = SG_DXFER_NONE };
	int timeout = 7;

	takes(-1, LOOP_CTL_GET_FREE, 0);
	PASSES(-1, LOOP_SET_STATUS64, &info);
	PASSES(-1, LOOP_SET_STATUS, &old);
	PASSES(-1, BLKPG, &part);
	PASSES(-1, SG_IO, &scsi);
	PASSES(-1, SG_SET_TIMEOUT, &timeout);
	GETS(-1, HDIO_GET_DMA, (long *)&info);
}

static void terminals(void)
{
	long fd = open_device("/dev/ptmx", O_RDWR | O_CLOEXEC | O_NOCTTY);
	struct termio modes = { 0 };
	struct winsize size = { .ws_row = 24, .ws_col = 80 };
	unsigned char subcode = 2;
	int number = 0;

	GETS(fd, TIOCGPTN, &number);
	GETS(fd, TCGETA, &modes);
	PASSES(fd, TCSETA, &modes);
	PASSES(fd, TIOCSWINSZ, &size);
	GETS(fd, TIOCGWINSZ, &size);
	PASSES(-1, TIOCLINUX, &subcode);
	takes(-1, TIOCMIWAIT, TIOCM_CTS | TIOCM_RNG);
	done_with(fd);
}

/* A name, and a union of the size that struct ifreq has. */
struct named {
	char name[16];
	union {
		short flags;
		char room[24];
	} u;
};

static void interfaces(void)
{
	struct named lo = { .name = "lo" }, tun = { .u = { IFF_TUN | IFF_NO_PI } };
	long fd = CALL(socket, NUM(domain, AF_INET), NUM(type, SOCK_DGRAM), NUM(proto, 0));
	unsigned features = 0;
	int filter = -1;

	ALSO_NUM(flags, 0);
	CHANGES(fd, SIOCGIFMAP, &lo);
	CHANGES(fd, SIOCGIFFLAGS, &lo);
	takes(-1, SIOCGSKNS, 0);
	done_with(fd);
	fd = open_device("/dev/net/tun", O_RDWR | O_CLOEXEC);
	GETS(fd, TUNGETFEATURES, &features);
	CHANGES(fd, TUNSETIFF, &tun);
	GETS(fd, TUNGETIFF, &tun);
	PASSES(-1, TUNSETIFF, &tun);
	PASSES(-1, TUNSETQUEUE, &tun);
	PASSES(-1, TUNSETSTEERINGEBPF, &filter);
	takes(-1, TUNSETOWNER, 1000);
	done_with(fd);
}

static void namespaces(void)
{
	long fd = open_device("/proc/self/ns/user", O_RDONLY | O_CLOEXEC);
	unsigned owner = 0;

	GETS(fd, NS_GET_OWNER_UID, &owner);
	takes(fd, NS_GET_NSTYPE, 0);
	done_with(fd);
}

/* Newer than the headers: EPIOCSPARAMS, EPIOCGPARAMS, PIDFD_GET_INFO. */
static void descriptors(void)
{
	struct { unsigned usecs; unsigned short budget; unsigned char prefer, pad; } poll = { 50, 8, 0, 0 };
	struct { uint64_t mask, cgroup; unsigned ids[12]; } info = { .mask = 7 };
	long fd = CALL(epoll_create1, NUM(flags, 0));

	PASSES(fd, _IOW(0x8a, 1, uint64_t), &poll);
	GETS(fd, _IOR(0x8a, 2, uint64_t), &poll);
	done_with(fd);
	fd = CALL(pidfd_open, NUM(pid, pid_now()), NUM(flags, 0));
	CHANGES(fd, _IOC(_IOC_READ | _IOC_WRITE, 0xff, 11, sizeof(info)), &info);
	done_with(fd);
}

/* What is not there on most machines. */
static void devices(void)
{
	struct kvm_userspace_memory_region memory = { .slot = 1, .memory_size = PAGE };
	struct seccomp_notif_resp answer = { .id = 1, .error = -1 };
	struct v4l2_format format = { .type = V4L2_BUF_TYPE_VIDEO_CAPTURE };
	struct v4l2_capability cap = { .driver = "" };
	struct kvm_regs regs = { .rip = 0 };
	int options = WDIOS_DISABLECARD;
	unsigned cid = 0;

	takes(-1, KVM_CHECK_EXTENSION, KVM_CAP_NR_VCPUS);
	PASSES(-1, KVM_SET_USER_MEMORY_REGION, &memory);
	PASSES(-1, KVM_SET_REGS, &regs);
	GETS(-1, KVM_GET_REGS, &regs);
	PASSES(-1, VIDIOC_S_FMT, &format);
	GETS(-1, VIDIOC_QUERYCAP, &cap);
	PASSES(-1, SECCOMP_IOCTL_NOTIF_SEND, &answer);
	PASSES(-1, WDIOC_SETOPTIONS, &options);
	GETS(-1, IOCTL_VM_SOCKETS_GET_LOCAL_CID, &cid);
}

void calls_ioctl(void)
{
	memory_that_faults();
	extents();
	disks();
	terminals();
	interfaces();
	namespaces();
	descriptors();
	devices();
}
