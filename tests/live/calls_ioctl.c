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
#include <sys/mman.h>
#include <sys/socket.h>

#define PAGE 4096

/* A command that reads *arg, and leaves it as it is. */
#define PASSES(fd, command, arg)						\
	do {									\
		CALL(ioctl, NUM(fd, fd), NUM(request, (unsigned)(command)), NUM(argument, arg));	\
		ALSO_BYTES(value, arg, sizeof(*(arg)));				\
	} while (0)

/* One that writes it, or reads and writes it. */
#define GETS(fd, command, arg)							\
	do {									\
		long got = CALL(ioctl, NUM(fd, fd), NUM(request, (unsigned)(command)),	\
				NUM(argument, arg));				\
										\
		if (got < 0)							\
			NONE(value);						\
		else								\
			GOT_BYTES(value, arg, sizeof(*(arg)));			\
	} while (0)
#define CHANGES(fd, command, arg)						\
	do {									\
		CALL(ioctl, NUM(fd, fd), NUM(request, (unsigned)(command)), NUM(argument, arg));	\
		NOW_BYTES(value, arg, sizeof(*(arg)));				\
	} while (0)
/* One whose argument is a number, or none. */
#define TAKES(fd, command, arg)							\
	do {									\
		CALL(ioctl, NUM(fd, fd), NUM(request, (unsigned)(command)), NUM(argument, arg));	\
		NONE(value);							\
	} while (0)

static void done_with(long fd)
{
	CALL(close, NUM(fd, fd));
}

/* Where there is none, the commands fail, which tells as much of what they pass. */
static void memory_that_faults(void)
{
	char *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
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
	munmap(page, PAGE);
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
	TAKES(fd, FICLONE, fd);
	done_with(fd);
}

static void disks(void)
{
	struct loop_info64 info = { .lo_offset = 512, .lo_file_name = "image" };
	struct loop_info old = { .lo_flags = LO_FLAGS_READ_ONLY };
	struct blkpg_ioctl_arg part = { .op = BLKPG_DEL_PARTITION };
	struct sg_io_hdr scsi = { .interface_id = 'S', .dxfer_direction = SG_DXFER_NONE };
	int timeout = 7;

	TAKES(-1, LOOP_CTL_GET_FREE, 0);
	PASSES(-1, LOOP_SET_STATUS64, &info);
	PASSES(-1, LOOP_SET_STATUS, &old);
	PASSES(-1, BLKPG, &part);
	PASSES(-1, SG_IO, &scsi);
	PASSES(-1, SG_SET_TIMEOUT, &timeout);
	GETS(-1, HDIO_GET_DMA, (long *)&info);
}

static void terminals(void)
{
	long fd = open("/dev/ptmx", O_RDWR | O_CLOEXEC | O_NOCTTY);
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
	TAKES(-1, TIOCMIWAIT, TIOCM_CTS | TIOCM_RNG);
	if (fd >= 0)
		close(fd);
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
	long sock = CALL(socket, NUM(domain, AF_INET), NUM(type, SOCK_DGRAM), NUM(proto, 0));
	int fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC), filter = -1;
	unsigned features = 0;

	CHANGES(sock, SIOCGIFMAP, &lo);
	CHANGES(sock, SIOCGIFFLAGS, &lo);
	TAKES(-1, SIOCGSKNS, 0);
	done_with(sock);
	GETS(fd, TUNGETFEATURES, &features);
	CHANGES(fd, TUNSETIFF, &tun);
	GETS(fd, TUNGETIFF, &tun);
	PASSES(-1, TUNSETIFF, &tun);
	PASSES(-1, TUNSETQUEUE, &tun);
	PASSES(-1, TUNSETSTEERINGEBPF, &filter);
	TAKES(-1, TUNSETOWNER, 1000);
	if (fd >= 0)
		close(fd);
}

static void namespaces(void)
{
	int fd = open("/proc/self/ns/user", O_RDONLY | O_CLOEXEC);
	unsigned owner = 0;

	GETS(fd, NS_GET_OWNER_UID, &owner);
	TAKES(fd, NS_GET_NSTYPE, 0);
	close(fd);
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

	TAKES(-1, KVM_CHECK_EXTENSION, KVM_CAP_NR_VCPUS);
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
	devices();
}
