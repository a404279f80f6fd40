// SPDX-License-Identifier: MIT
/* The names of ioctl(2)'s commands, with the values that the kernel's headers give them. */
#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include <asm-generic/ioctls.h>
#include <asm-generic/sockios.h>
#include <asm/termbits.h>
#include <linux/blkpg.h>
#include <linux/blktrace_api.h>
#include <linux/blkzoned.h>
#include <linux/btrfs.h>
#include <linux/cdrom.h>
#include <linux/cec.h>
#include <linux/counter.h>
#include <linux/dm-ioctl.h>
#include <linux/dma-buf.h>
#include <linux/dma-heap.h>
#include <linux/dvb/dmx.h>
#include <linux/dvb/frontend.h>
#include <linux/fd.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <linux/fscrypt.h>
#include <linux/fsverity.h>
#include <linux/fuse.h>
#include <linux/gpio.h>
#include <linux/hdreg.h>
#include <linux/hiddev.h>
#include <linux/hidraw.h>
#include <linux/i2c-dev.h>
#include <linux/if_tun.h>
#include <linux/inotify.h>
#include <linux/input.h>
#include <linux/joystick.h>
#include <linux/kd.h>
#include <linux/kvm.h>
#include <linux/lirc.h>
#include <linux/loop.h>
#include <linux/media.h>
#include <linux/mmc/ioctl.h>
#include <linux/nbd.h>
#include <linux/nsfs.h>
#include <linux/nvme_ioctl.h>
#include <linux/perf_event.h>
#include <linux/ppp-ioctl.h>
#include <linux/pps.h>
#include <linux/ptp_clock.h>
#include <linux/raid/md_u.h>
#include <linux/random.h>
#include <linux/rfkill.h>
#include <linux/rtc.h>
#include <linux/seccomp.h>
#include <linux/sed-opal.h>
#include <linux/serial.h>
#include <linux/sockios.h>
#include <linux/spi/spidev.h>
#include <linux/sync_file.h>
#include <linux/tee.h>
#include <linux/udmabuf.h>
#include <linux/uinput.h>
#include <linux/usbdevice_fs.h>
#include <linux/userfaultfd.h>
#include <linux/uvcvideo.h>
#include <linux/v4l2-subdev.h>
#include <linux/vduse.h>
#include <linux/vfio.h>
#include <linux/vhost.h>
#include <linux/videodev2.h>
#include <linux/vm_sockets.h>
#include <linux/vt.h>
#include <linux/watch_queue.h>
#include <linux/watchdog.h>
#include <mtd/mtd-abi.h>
#include <mtd/ubi-user.h>
#include <rdma/rdma_user_ioctl.h>
#include <scsi/scsi_ioctl.h>
#include <scsi/sg.h>
#include <sound/asound.h>
#include <sound/compress_offload.h>
#include <sound/hdspm.h>
#include "schema.h"
#include "ioctls_extra.h"
#include "commands.def"

/* Numbers that the kernel side goes by. */
#define C(name, number, dir, type) _Static_assert(number == (unsigned)(name), #name);
SCT_IOCTL_VALUES(C)
#undef C

#define NO_SIZE ~((unsigned)_IOC_SIZEMASK << _IOC_SIZESHIFT)

/* The compiler searches in halves, and refuses two of one number. */
static const char *exact_name(__u32 command)
{
	switch (command) {
#define IOCTLS(rows)	 rows
#define N(name)		 case (__u32)(name): return #name;
#define SPAN(name, first, last) case (__u32)(first) ... (__u32)(last): return #name;
#define LEN(name, value)
#define LENSPAN(name, first, last)
#include "ioctls.def"
#undef N
#undef SPAN
#undef LEN
#undef LENSPAN
	}
	return NULL;
}

static const char *name_of_any_length(__u32 command)
{
	switch (command & NO_SIZE) {
#define IOCTLS(rows)	 rows
#define N(name)
#define SPAN(name, first, last)
#define LEN(name, value) case (__u32)(value) & NO_SIZE: return #name;
#define LENSPAN(name, first, last) case (__u32)(first) ... (__u32)(last): return #name;
#include "ioctls.def"
	}
	return NULL;
}

const char *sct_ioctl_name(__u32 command)
{
	const char *name = exact_name(command);

	return name ? name : name_of_any_length(command);
}
