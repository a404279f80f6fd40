// SPDX-License-Identifier: MIT
/*
 * What commands of ioctl(2) point to, of the types that it has: the headers' own structs, filled in by
 * their members.
 */
#include <errno.h>
#include <linux/fcntl.h>
#include "records.h"
#include "constants.h"

static void start_ioctl(unsigned command, __u64 arg)
{
	START(ioctl_x);
	SET(ioctl_x, res, 0);
	SET(ioctl_x, fd, 3);
	SET(ioctl_x, request, command);
	SET(ioctl_x, argument, arg);
}

/* Of a command, what prints of what it points to. */
#define assert_value(command, object, s)					\
	do {									\
		start_ioctl(command, 0x1000);					\
		SET_VALUE(ioctl_x, object);					\
		assert_param(ioctl_x, value, s);				\
	} while (0)

static void names_of_ioctls(void **state)
{
	(void)state;
	start_ioctl(0x5401, 0x1000);
	assert_text("ioctl(fd=3, request=TCGETS, argument=0x1000) = 0");
	assert_json("args.request.names.0", "TCGETS");
	start_ioctl(0xae01, 0);
	assert_param(ioctl_x, request, "KVM_CREATE_VM");
	start_ioctl(0x81ff4506, 0);	/* EVIOCGNAME(511) */
	assert_param(ioctl_x, request, "EVIOCGNAME");
	start_ioctl(0xc0107803, 0);
	assert_param(ioctl_x, request, "_IOC(_IOC_READ|_IOC_WRITE, 0x78, 0x3, 0x10)");
	assert_json("args.request.value", "3222304771");
	assert_int_equal(json_count("args.request.names"), 0);
	start_ioctl(0x7899, 7);
	assert_text("ioctl(fd=3, request=_IOC(_IOC_NONE, 0x78, 0x99, 0), argument=0x7) = 0");
}

static void arguments_of_ioctls(void **state)
{
	(void)state;
	start_ioctl(0x5451, 0x1234);	/* FIOCLEX */
	assert_text("ioctl(fd=3, request=FIOCLEX) = 0");
	start_ioctl(0x540b, 2);
	assert_text("ioctl(fd=3, request=TCFLSH, argument=TCIOFLUSH) = 0");
	start_ioctl(0x40049409, 5);
	assert_text("ioctl(fd=3, request=FICLONE, argument=5) = 0");
}

static void values_of_ioctls(void **state)
{
	unsigned short size[4] = { 24, 80, 0, 0 };
	int number = 7;
	struct { unsigned iflag, oflag, cflag, lflag; unsigned char line, cc[19]; } tio = {
		.iflag = ICRNL | IXON, .oflag = OPOST | ONLCR, .cflag = B38400 | CS8 | CREAD,
		.lflag = ISIG | ICANON, .cc = "\3",
	};

	(void)state;
	start_ioctl(0x5413, 0x1000);
	SET_VALUE(ioctl_x, size);
	assert_text("ioctl(fd=3, request=TIOCGWINSZ, "
		    "value={ws_row=24, ws_col=80, ws_xpixel=0, ws_ypixel=0}) = 0");
	start_ioctl(0x541b, 0x1000);
	SET_VALUE(ioctl_x, number);
	assert_text("ioctl(fd=3, request=FIONREAD, value=7) = 0");
	start_ioctl(0x5402, 0x1000);
	SET_VALUE(ioctl_x, tio);
	assert_param(ioctl_x, value, "{c_iflag=ICRNL|IXON, c_oflag=OPOST|ONLCR, c_cflag=B38400|CS8|CREAD, "
		     "c_lflag=ISIG|ICANON, c_line=0, c_cc=\"\\3\\0\\0\\0\\0\\0\\0\\0\\0\\0"
		     "\\0\\0\\0\\0\\0\\0\\0\\0\\0\"}");
	/* of what is not known the bytes */
	start_ioctl(0xc0047803, 0x1000);
	rec_set_counted(SCT_PARAM(ioctl_x, value), 4, "abcd", 4);
	assert_param(ioctl_x, value, "\"abcd\"");
}

static void interfaces_of_ioctls(void **state)
{
	struct { char name[16]; short flags; char room[22]; } up = { "lo", IFF_UP | IFF_LOOPBACK, "" };
	struct { char name[16]; struct sockaddr_in in; char room[8]; } addr = {
		"eth0", { AF_INET, 0, { htonl(0x0a000001) }, { 0 } }, "",
	};
	struct { char name[16]; unsigned short family; unsigned char mac[6]; char room[16]; } mac = {
		"eth0", 1, { 2, 0, 0, 0, 0, 0x1f }, "",
	};

	(void)state;
	start_ioctl(0x8913, 0x1000);
	SET_VALUE(ioctl_x, up);
	assert_param(ioctl_x, value, "{ifr_name=\"lo\", ifr_flags=IFF_UP|IFF_LOOPBACK}");
	start_ioctl(0x8915, 0x1000);
	SET_VALUE(ioctl_x, addr);
	assert_param(ioctl_x, value, "{ifr_name=\"eth0\", ifr_addr={AF_INET 10.0.0.1:0}}");
	assert_json("args.value.ifr_addr.address", "10.0.0.1");
	start_ioctl(0x8927, 0x1000);
	SET_VALUE(ioctl_x, mac);
	assert_param(ioctl_x, value, "{ifr_name=\"eth0\", ifr_hwaddr.sa_family=1, "
		     "ifr_hwaddr.sa_data=02:00:00:00:00:1f}");
}

/* ---- files and memory ---- */

static void values_of_files(void **state)
{
	struct fiemap map = { .fm_length = 4096, .fm_flags = FIEMAP_FLAG_SYNC, .fm_extent_count = 3 };
	struct file_dedupe_range range = { .src_offset = 1, .src_length = 2, .dest_count = 3 };
	struct fscrypt_policy_v1 policy = {
		.contents_encryption_mode = FSCRYPT_MODE_AES_256_XTS,
		.filenames_encryption_mode = FSCRYPT_MODE_AES_256_CTS, .master_key_descriptor = "abcdefg",
	};
	struct fscrypt_get_key_status_arg key = {
		.key_spec = { .type = FSCRYPT_KEY_SPEC_TYPE_IDENTIFIER, .u = { .identifier = "abc" } },
		.status = FSCRYPT_KEY_STATUS_PRESENT, .user_count = 2,
	};
	char label[256] = "disk";

	(void)state;
	assert_value(FS_IOC_FIEMAP, map, "{fm_start=0, fm_length=4096, fm_flags=FIEMAP_FLAG_SYNC, "
		     "fm_mapped_extents=0, fm_extent_count=3}");
	assert_json("args.value.fm_flags.names.0", "FIEMAP_FLAG_SYNC");
	assert_json("args.value.fm_extent_count", "3");
	assert_value(FIDEDUPERANGE, range, "{src_offset=1, src_length=2, dest_count=3}");
	assert_value(FS_IOC_SET_ENCRYPTION_POLICY, policy, "{version=0, "
		     "contents_encryption_mode=FSCRYPT_MODE_AES_256_XTS, "
		     "filenames_encryption_mode=FSCRYPT_MODE_AES_256_CTS, flags=0x0, "
		     "master_key_descriptor=\"abcdefg\\0\"}");
	assert_value(FS_IOC_GET_ENCRYPTION_KEY_STATUS, key,
		     "{key_spec.type=FSCRYPT_KEY_SPEC_TYPE_IDENTIFIER, "
		     "key_spec.u.identifier=\"abc\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\", "
		     "status=FSCRYPT_KEY_STATUS_PRESENT, status_flags=0x0, user_count=2}");
	assert_value(FS_IOC_GETFSLABEL, label, "\"disk\"");
	assert_json("args.value", "disk");
}

static void values_of_userfaultfd(void **state)
{
	struct uffdio_api api = {
		.api = UFFD_API, .features = UFFD_FEATURE_EVENT_FORK | UFFD_FEATURE_SIGBUS,
		.ioctls = 1ull << _UFFDIO_REGISTER | 1ull << _UFFDIO_API,
	};
	struct uffdio_register reg = {
		{ 0x1000, 0x2000 }, UFFDIO_REGISTER_MODE_WP, 1 << _UFFDIO_WAKE | 1 << _UFFDIO_COPY,
	};
	struct uffdio_copy copy = { 0x1000, 0x8000, 0x1000, UFFDIO_COPY_MODE_DONTWAKE, -11 };
	struct uffdio_zeropage zero = { { 0x1000, 0x2000 }, UFFDIO_ZEROPAGE_MODE_DONTWAKE, 0x2000 };
	struct uffdio_writeprotect wp = { { 0x1000, 0x2000 }, UFFDIO_WRITEPROTECT_MODE_WP };

	(void)state;
	assert_value(UFFDIO_API, api, "{api=0xaa, features=UFFD_FEATURE_EVENT_FORK|UFFD_FEATURE_SIGBUS, "
		     "ioctls=_UFFDIO_REGISTER|_UFFDIO_API}");
	assert_value(UFFDIO_REGISTER, reg, "{range.start=0x1000, range.len=0x2000, "
		     "mode=UFFDIO_REGISTER_MODE_WP, ioctls=_UFFDIO_WAKE|_UFFDIO_COPY}");
	assert_json("args.value.ioctls.names.1", "_UFFDIO_COPY");
	assert_value(UFFDIO_COPY, copy, "{dst=0x1000, src=0x8000, len=0x1000, "
		     "mode=UFFDIO_COPY_MODE_DONTWAKE, copy=-11}");
	assert_value(UFFDIO_ZEROPAGE, zero, "{range.start=0x1000, range.len=0x2000, "
		     "mode=UFFDIO_ZEROPAGE_MODE_DONTWAKE, zeropage=8192}");
	assert_value(UFFDIO_WRITEPROTECT, wp, "{range.start=0x1000, range.len=0x2000, "
		     "mode=UFFDIO_WRITEPROTECT_MODE_WP}");
	assert_value(UFFDIO_WAKE, reg.range, "{start=0x1000, len=0x2000}");
	start_ioctl(USERFAULTFD_IOC_NEW, O_CLOEXEC);
	assert_param(ioctl_x, argument, "O_CLOEXEC");
}

static void values_of_btrfs(void **state)
{
	struct btrfs_ioctl_vol_args vol = { .fd = 7, .name = "snapshot" };
	struct btrfs_ioctl_vol_args_v2 vol2 = { .fd = 7, .flags = BTRFS_SUBVOL_RDONLY, .name = "new" };
	struct btrfs_ioctl_fs_info_args fs = { .max_id = 2, .num_devices = 1, .nodesize = 16384 };
	__u64 flags = BTRFS_SUBVOL_RDONLY;

	(void)state;
	/* of what is so long, the beginning is kept */
	start_ioctl(BTRFS_IOC_SUBVOL_CREATE, 0x1000);
	rec_set_counted(SCT_PARAM(ioctl_x, value), sizeof(vol), &vol, SCT_VALUE_MAX);
	assert_param(ioctl_x, value, "{fd=7, name=\"snapshot\", ...}");
	assert_json("args.value.name", "snapshot");
	start_ioctl(BTRFS_IOC_SNAP_CREATE_V2, 0x1000);
	rec_set_counted(SCT_PARAM(ioctl_x, value), sizeof(vol2), &vol2, SCT_VALUE_MAX);
	assert_param(ioctl_x, value, "{fd=7, flags=BTRFS_SUBVOL_RDONLY, size=0, qgroup_inherit=0x0, "
		     "name=\"new\", ...}");
	assert_value(BTRFS_IOC_SUBVOL_GETFLAGS, flags, "BTRFS_SUBVOL_RDONLY");
	start_ioctl(BTRFS_IOC_FS_INFO, 0x1000);
	SET_VALUE(ioctl_x, fs);
	assert_json("args.value.num_devices", "1");
	assert_json("args.value.nodesize", "16384");
}

/* ---- devices ---- */

static void values_of_disks(void **state)
{
	struct blkpg_ioctl_arg part = { BLKPG_DEL_PARTITION, 0, 152, (void *)0x2000 };
	struct blk_zone_report report = { .sector = 8, .nr_zones = 2, .flags = BLK_ZONE_REP_CAPACITY };
	struct blk_zone_range zones = { 8, 16 };
	struct loop_info loop = { .lo_number = 3, .lo_flags = LO_FLAGS_READ_ONLY, .lo_name = "image" };
	struct dm_ioctl dm = {
		.version = { 4, 0, 0 }, .data_size = sizeof(dm), .flags = DM_READONLY_FLAG,
		.dev = 0xfd01, .name = "root", .uuid = "LVM-1",
	};
	struct sg_io_hdr scsi = {
		.interface_id = 'S', .dxfer_direction = SG_DXFER_FROM_DEV, .cmd_len = 6, .dxfer_len = 96,
		.cmdp = (void *)0x3000, .timeout = 1000, .flags = SG_FLAG_LUN_INHIBIT, .resid = -1,
	};

	(void)state;
	assert_value(BLKPG, part, "{op=BLKPG_DEL_PARTITION, flags=0, datalen=152, data=0x2000}");
	assert_value(BLKREPORTZONE, report, "{sector=8, nr_zones=2, flags=BLK_ZONE_REP_CAPACITY}");
	assert_value(BLKRESETZONE, zones, "{sector=8, nr_sectors=16}");
	assert_value(LOOP_GET_STATUS, loop, "{lo_number=3, lo_device=0:0, lo_inode=0, lo_rdevice=0:0, "
		     "lo_offset=0x0, lo_encrypt_type=0, lo_encrypt_key_size=0, "
		     "lo_flags=LO_FLAGS_READ_ONLY, lo_name=\"image\"}");
	assert_value(DM_DEV_STATUS, dm, "{version=[4, 0, 0], data_size=312, data_start=0, target_count=0, "
		     "open_count=0, flags=DM_READONLY_FLAG, event_nr=0, dev=253:1, name=\"root\", "
		     "uuid=\"LVM-1\"}");
	assert_json("args.value.dev.minor", "1");
	assert_value(SG_IO, scsi, "{interface_id=83, dxfer_direction=SG_DXFER_FROM_DEV, cmd_len=6, "
		     "mx_sb_len=0, iovec_count=0, dxfer_len=96, dxferp=0x0, cmdp=0x3000, sbp=0x0, "
		     "timeout=1000, flags=SG_FLAG_LUN_INHIBIT, pack_id=0, usr_ptr=0x0, status=0x0, "
		     "masked_status=0x0, msg_status=0x0, sb_len_wr=0, host_status=0x0, "
		     "driver_status=0x0, resid=-1, duration=0, info=0}");
	start_ioctl(NBD_SET_FLAGS, NBD_FLAG_READ_ONLY);
	assert_text("ioctl(fd=3, request=NBD_SET_FLAGS, argument=NBD_FLAG_READ_ONLY) = 0");
}

static void values_of_flash(void **state)
{
	struct mtd_info_user info = { .type = MTD_NORFLASH, .flags = MTD_WRITEABLE, .size = 0x1000 };
	struct erase_info_user erase = { 0x1000, 0x2000 };
	struct ubi_mkvol_req vol = {
		.vol_id = 1, .alignment = 1, .bytes = 4096, .vol_type = UBI_STATIC_VOLUME, .name_len = 4,
		.name = "root",
	};
	struct ubi_attach_req attach = { .ubi_num = -1, .mtd_num = 2, .max_beb_per1024 = 20 };

	(void)state;
	assert_value(MEMGETINFO, info, "{type=MTD_NORFLASH, flags=MTD_WRITEABLE, size=0x1000, "
		     "erasesize=0x0, writesize=0x0, oobsize=0x0}");
	assert_value(MEMISLOCKED, erase, "{start=0x1000, length=0x2000}");
	assert_value(UBI_IOCMKVOL, vol, "{vol_id=1, alignment=1, bytes=4096, "
		     "vol_type=UBI_STATIC_VOLUME, name_len=4, name=\"root\"}");
	assert_value(UBI_IOCATT, attach, "{ubi_num=-1, mtd_num=2, vid_hdr_offset=0, max_beb_per1024=20}");
}

static void values_of_input_devices(void **state)
{
	struct input_id id = { BUS_USB, 0x46d, 0xc52b, 0x111 };
	struct input_absinfo abs = { 5, 0, 255, 1, 2, 3 };
	unsigned repeat[2] = { 250, 33 };
	char name[64] = "Keyboard";
	int clock = CLOCK_MONOTONIC;

	(void)state;
	assert_value(EVIOCGID, id, "{bustype=BUS_USB, vendor=0x46d, product=0xc52b, version=0x111}");
	assert_value(EVIOCGABS(ABS_RZ), abs,
		     "{value=5, minimum=0, maximum=255, fuzz=1, flat=2, resolution=3}");
	assert_param(ioctl_x, request, "EVIOCGABS");
	assert_value(EVIOCSABS(ABS_MAX), abs,
		     "{value=5, minimum=0, maximum=255, fuzz=1, flat=2, resolution=3}");
	assert_value(EVIOCGREP, repeat, "[250, 33]");
	assert_value(EVIOCGNAME(sizeof(name)), name, "\"Keyboard\"");
	assert_value(EVIOCSCLOCKID, clock, "CLOCK_MONOTONIC");
	start_ioctl(EVIOCGBIT(EV_KEY, 96), 0x1000);
	assert_param(ioctl_x, request, "EVIOCGBIT");
	start_ioctl(EVIOCRMFF, 4);
	assert_param(ioctl_x, argument, "4");
}

static void values_of_lines(void **state)
{
	struct gpiochip_info chip = { "gpiochip0", "pins", 4 };
	struct gpioevent_request ev = {
		.lineoffset = 3, .handleflags = GPIOHANDLE_REQUEST_INPUT,
		.eventflags = GPIOEVENT_REQUEST_BOTH_EDGES, .consumer_label = "me", .fd = 9,
	};
	struct gpio_v2_line_info line = { .name = "a", .offset = 1, .flags = GPIO_V2_LINE_FLAG_INPUT };
	struct counter_watch watch = {
		{ COUNTER_COMPONENT_COUNT, COUNTER_SCOPE_SIGNAL, 1, 2 }, COUNTER_EVENT_INDEX, 3,
	};
	__u32 features = LIRC_CAN_SEND_PULSE | LIRC_CAN_REC_MODE2, mode = LIRC_MODE_PULSE;

	(void)state;
	assert_value(GPIO_GET_CHIPINFO_IOCTL, chip, "{name=\"gpiochip0\", label=\"pins\", lines=4}");
	assert_value(GPIO_GET_LINEEVENT_IOCTL, ev, "{lineoffset=3, handleflags=GPIOHANDLE_REQUEST_INPUT, "
		     "eventflags=GPIOEVENT_REQUEST_BOTH_EDGES, consumer_label=\"me\", fd=9}");
	assert_value(GPIO_V2_GET_LINEINFO_IOCTL, line, "{name=\"a\", consumer=\"\", offset=1, "
		     "num_attrs=0, flags=GPIO_V2_LINE_FLAG_INPUT}");
	assert_value(COUNTER_ADD_WATCH_IOCTL, watch, "{component.type=COUNTER_COMPONENT_COUNT, "
		     "component.scope=COUNTER_SCOPE_SIGNAL, component.parent=1, component.id=2, "
		     "event=COUNTER_EVENT_INDEX, channel=3}");
	assert_value(LIRC_GET_FEATURES, features, "LIRC_CAN_SEND_PULSE|LIRC_CAN_REC_MODE2");
	assert_value(LIRC_SET_SEND_MODE, mode, "LIRC_MODE_PULSE");
}

static void values_of_clocks(void **state)
{
	struct rtc_wkalrm alarm = { 1, 0, { .tm_hour = 6, .tm_year = 126 } };
	struct ptp_extts_request ext = { .index = 1, .flags = PTP_ENABLE_FEATURE | PTP_RISING_EDGE };
	struct ptp_pin_desc pin = { "SMA1", 0, PTP_PF_PEROUT, 2, { 0 } };
	struct watchdog_info info = { WDIOF_SETTIMEOUT | WDIOF_MAGICCLOSE, 1, "soft" };
	int options = WDIOS_ENABLECARD;

	(void)state;
	assert_value(RTC_WKALM_RD, alarm, "{enabled=1, pending=0, time={tm_sec=0, tm_min=0, tm_hour=6, "
		     "tm_mday=0, tm_mon=0, tm_year=126, tm_wday=0, tm_yday=0, tm_isdst=0}}");
	assert_json("args.value.time.tm_hour", "6");
	assert_value(PTP_EXTTS_REQUEST, ext, "{index=1, flags=PTP_ENABLE_FEATURE|PTP_RISING_EDGE}");
	assert_value(PTP_PIN_SETFUNC2, pin, "{name=\"SMA1\", index=0, func=PTP_PF_PEROUT, chan=2}");
	assert_value(WDIOC_GETSUPPORT, info, "{options=WDIOF_SETTIMEOUT|WDIOF_MAGICCLOSE, "
		     "firmware_version=1, identity=\"soft\"}");
	assert_value(WDIOC_SETOPTIONS, options, "WDIOS_ENABLECARD");
	start_ioctl(RTC_IRQP_SET, 64);
	assert_text("ioctl(fd=3, request=RTC_IRQP_SET, argument=64) = 0");
	start_ioctl(WDIOC_KEEPALIVE, 7);
	assert_text("ioctl(fd=3, request=WDIOC_KEEPALIVE) = 0");
}

/* ---- virtual machines ---- */

static void values_of_kvm(void **state)
{
	struct kvm_userspace_memory_region memory = {
		1, KVM_MEM_READONLY, 0x100000, 0x200000, 0x7f0000000000,
	};
	struct kvm_regs regs = { .rax = 1, .rsp = 2, .r15 = 3, .rip = 0xfff0, .rflags = 2 };
	struct kvm_irqfd irqfd = { .fd = 5, .gsi = 24, .flags = KVM_IRQFD_FLAG_RESAMPLE, .resamplefd = 6 };
	struct kvm_enable_cap cap = { .cap = KVM_CAP_SPLIT_IRQCHIP, .args = { 24, 0, 0, 0 } };
	struct kvm_mp_state mp = { KVM_MP_STATE_HALTED };

	(void)state;
	start_ioctl(KVM_CHECK_EXTENSION, KVM_CAP_USER_MEMORY);
	assert_text("ioctl(fd=3, request=KVM_CHECK_EXTENSION, argument=KVM_CAP_USER_MEMORY) = 0");
	start_ioctl(KVM_CREATE_VCPU, 2);
	assert_text("ioctl(fd=3, request=KVM_CREATE_VCPU, argument=2) = 0");
	start_ioctl(KVM_RUN, 0);
	assert_text("ioctl(fd=3, request=KVM_RUN) = 0");
	assert_value(KVM_SET_USER_MEMORY_REGION, memory, "{slot=1, flags=KVM_MEM_READONLY, "
		     "guest_phys_addr=0x100000, memory_size=0x200000, userspace_addr=0x7f0000000000}");
	assert_value(KVM_GET_REGS, regs, "{rax=0x1, rbx=0x0, rcx=0x0, rdx=0x0, rsi=0x0, rdi=0x0, "
		     "rsp=0x2, rbp=0x0, r8=0x0, r9=0x0, r10=0x0, r11=0x0, r12=0x0, r13=0x0, r14=0x0, "
		     "r15=0x3, rip=0xfff0, rflags=0x2}");
	assert_json("args.value.rip", "65520");
	assert_value(KVM_IRQFD, irqfd, "{fd=5, gsi=24, flags=KVM_IRQFD_FLAG_RESAMPLE, resamplefd=6}");
	assert_value(KVM_ENABLE_CAP, cap, "{cap=KVM_CAP_SPLIT_IRQCHIP, flags=0x0, "
		     "args=[0x18, 0x0, 0x0, 0x0]}");
	assert_value(KVM_GET_MP_STATE, mp, "KVM_MP_STATE_HALTED");
}

static void segments_of_kvm(void **state)
{
	struct kvm_sregs sregs = {
		.cs = { .base = 0xffff0000, .limit = 0xffff, .selector = 0xf000, .type = 11, .present = 1 },
		.idt = { .limit = 0xffff }, .cr0 = 0x60000010, .efer = 0x500,
		.interrupt_bitmap = { 0, 0, 0, 4 },
	};

	(void)state;
	start_ioctl(KVM_SET_SREGS, 0x1000);
	SET_VALUE(ioctl_x, sregs);
	assert_non_null(strstr(text(), "value={cs={base=0xffff0000, limit=0xffff, selector=0xf000, "
			       "type=11, present=1, dpl=0, db=0, s=0, l=0, g=0, avl=0, unusable=0}, "
			       "ds={base=0x0, "));
	assert_non_null(strstr(line, "idt={base=0x0, limit=0xffff}, cr0=0x60000010, "));
	assert_non_null(strstr(line, "efer=0x500, apic_base=0x0, interrupt_bitmap=[0x0, 0x0, 0x0, 0x4]}"));
	assert_json("args.value.cs.selector", "61440");
	assert_json("args.value.ldt.base", "0");
	assert_json("args.value.interrupt_bitmap.3", "4");
}

/* ---- video ---- */

static void values_of_video(void **state)
{
	struct v4l2_capability cap = {
		"uvc", "Camera", "usb-1", 0x60100, V4L2_CAP_DEVICE_CAPS | V4L2_CAP_VIDEO_CAPTURE,
		V4L2_CAP_VIDEO_CAPTURE, { 0 },
	};
	struct v4l2_fmtdesc desc = {
		.type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .flags = V4L2_FMT_FLAG_COMPRESSED,
		.description = "Motion-JPEG", .pixelformat = V4L2_PIX_FMT_MJPEG,
	};
	struct v4l2_requestbuffers bufs = {
		.count = 4, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP,
	};
	struct v4l2_control ctrl = { V4L2_CID_BRIGHTNESS, -3 };
	struct v4l2_input input = { .name = "Camera 1", .type = V4L2_INPUT_TYPE_CAMERA, .std = 0xff };
	int on = V4L2_BUF_TYPE_VIDEO_CAPTURE;

	(void)state;
	assert_value(VIDIOC_QUERYCAP, cap, "{driver=\"uvc\", card=\"Camera\", bus_info=\"usb-1\", "
		     "version=0x60100, capabilities=V4L2_CAP_VIDEO_CAPTURE|V4L2_CAP_DEVICE_CAPS, "
		     "device_caps=V4L2_CAP_VIDEO_CAPTURE}");
	assert_value(VIDIOC_ENUM_FMT, desc, "{index=0, type=V4L2_BUF_TYPE_VIDEO_CAPTURE, "
		     "flags=V4L2_FMT_FLAG_COMPRESSED, description=\"Motion-JPEG\", "
		     "pixelformat=\"MJPG\", mbus_code=0x0}");
	assert_json("args.value.pixelformat", "MJPG");
	assert_value(VIDIOC_REQBUFS, bufs, "{count=4, type=V4L2_BUF_TYPE_VIDEO_CAPTURE, "
		     "memory=V4L2_MEMORY_MMAP, capabilities=0}");
	assert_value(VIDIOC_S_CTRL, ctrl, "{id=V4L2_CID_BRIGHTNESS, value=-3}");
	assert_json("args.value.id.names.0", "V4L2_CID_BRIGHTNESS");
	assert_value(VIDIOC_ENUMINPUT, input, "{index=0, name=\"Camera 1\", type=V4L2_INPUT_TYPE_CAMERA, "
		     "audioset=0x0, tuner=0, std=0xff, status=0x0, capabilities=0x0}");
	assert_value(VIDIOC_STREAMON, on, "V4L2_BUF_TYPE_VIDEO_CAPTURE");
}

static void controls_and_buffers_of_video(void **state)
{
	struct v4l2_queryctrl query = {
		.id = V4L2_CID_GAIN, .type = V4L2_CTRL_TYPE_INTEGER, .name = "Gain", .minimum = -1,
		.maximum = 9, .step = 1, .flags = V4L2_CTRL_FLAG_READ_ONLY,
	};
	struct v4l2_buffer buf = {
		.index = 1, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .flags = V4L2_BUF_FLAG_QUEUED,
		.timestamp = { 5, 6 }, .memory = V4L2_MEMORY_MMAP, .m = { .offset = 0x8000 }, .length = 9,
	};

	(void)state;
	assert_value(VIDIOC_QUERYCTRL, query, "{id=V4L2_CID_GAIN, type=V4L2_CTRL_TYPE_INTEGER, "
		     "name=\"Gain\", minimum=-1, maximum=9, step=1, default_value=0, "
		     "flags=V4L2_CTRL_FLAG_READ_ONLY}");
	assert_value(VIDIOC_DQBUF, buf, "{index=1, type=V4L2_BUF_TYPE_VIDEO_CAPTURE, bytesused=0, "
		     "flags=V4L2_BUF_FLAG_QUEUED, field=V4L2_FIELD_ANY, timestamp=5.000006, sequence=0, "
		     "memory=V4L2_MEMORY_MMAP, m.offset=0x8000, length=9}");
	buf.memory = V4L2_MEMORY_USERPTR;
	buf.m.userptr = 0x7f0000001000;
	start_ioctl(VIDIOC_QBUF, 0x1000);
	SET_VALUE(ioctl_x, buf);
	assert_non_null(strstr(text(), "memory=V4L2_MEMORY_USERPTR, m.userptr=0x7f0000001000, length=9}"));
	assert_json("args.value", "{}");
	assert_null(strstr(json_line(), "m.offset"));
	buf.memory = V4L2_MEMORY_DMABUF;
	buf.m.fd = 8;
	SET_VALUE(ioctl_x, buf);
	assert_non_null(strstr(text(), "memory=V4L2_MEMORY_DMABUF, m.fd=8, length=9}"));
	buf.memory = 77;
	SET_VALUE(ioctl_x, buf);
	assert_non_null(strstr(text(), "memory=77, length=9}"));
}

/* A member of a union is told where its tag says that it is this one. */
static void formats_of_video(void **state)
{
	struct v4l2_format format = { .type = V4L2_BUF_TYPE_VIDEO_CAPTURE };

	(void)state;
	format.fmt.pix = (struct v4l2_pix_format){
		.width = 640, .height = 480, .pixelformat = V4L2_PIX_FMT_YUYV, .field = V4L2_FIELD_NONE,
		.bytesperline = 1280, .sizeimage = 614400, .colorspace = V4L2_COLORSPACE_SRGB,
	};
	assert_value(VIDIOC_S_FMT, format, "{type=V4L2_BUF_TYPE_VIDEO_CAPTURE, fmt.pix.width=640, "
		     "fmt.pix.height=480, fmt.pix.pixelformat=\"YUYV\", fmt.pix.field=V4L2_FIELD_NONE, "
		     "fmt.pix.bytesperline=1280, fmt.pix.sizeimage=614400, "
		     "fmt.pix.colorspace=V4L2_COLORSPACE_SRGB}");
	format.type = V4L2_BUF_TYPE_VIDEO_OUTPUT_MPLANE;
	format.fmt.pix_mp.colorspace = V4L2_COLORSPACE_RAW;
	format.fmt.pix_mp.num_planes = 2;
	assert_value(VIDIOC_G_FMT, format, "{type=V4L2_BUF_TYPE_VIDEO_OUTPUT_MPLANE, "
		     "fmt.pix_mp.width=640, fmt.pix_mp.height=480, fmt.pix_mp.pixelformat=\"YUYV\", "
		     "fmt.pix_mp.field=V4L2_FIELD_NONE, fmt.pix_mp.colorspace=V4L2_COLORSPACE_RAW, "
		     "fmt.pix_mp.num_planes=2}");
	format.type = V4L2_BUF_TYPE_META_CAPTURE;
	format.fmt.meta = (struct v4l2_meta_format){ V4L2_META_FMT_UVC, 1024 };
	assert_value(VIDIOC_TRY_FMT, format, "{type=V4L2_BUF_TYPE_META_CAPTURE, "
		     "fmt.meta.dataformat=\"UVCH\", fmt.meta.buffersize=1024}");
	assert_json("args.value.fmt.meta.buffersize", "missing");	/* one name, with its dots */
	assert_non_null(strstr(json_line(), "\"fmt.meta.buffersize\":1024}"));
	format.type = 99;
	assert_value(VIDIOC_TRY_FMT, format, "{type=99}");
	start_ioctl(VIDIOC_TRY_FMT, 0x1000);
	rec_set_counted(SCT_PARAM(ioctl_x, value), sizeof(format), &format, 3);
	assert_param(ioctl_x, value, "{, ...}");
}

static void frames_of_video(void **state)
{
	struct v4l2_streamparm parm = { .type = V4L2_BUF_TYPE_VIDEO_CAPTURE };
	struct v4l2_frmsizeenum size = {
		.pixel_format = V4L2_PIX_FMT_YUYV, .type = V4L2_FRMSIZE_TYPE_DISCRETE,
		.discrete = { 640, 480 },
	};
	struct v4l2_frmivalenum ival = {
		.pixel_format = V4L2_PIX_FMT_YUYV, .width = 640, .height = 480,
		.type = V4L2_FRMIVAL_TYPE_DISCRETE, .discrete = { 1, 30 },
	};

	(void)state;
	parm.parm.capture = (struct v4l2_captureparm){
		.capability = V4L2_CAP_TIMEPERFRAME, .timeperframe = { 1, 30 }, .readbuffers = 2,
	};
	assert_value(VIDIOC_G_PARM, parm, "{type=V4L2_BUF_TYPE_VIDEO_CAPTURE, "
		     "parm.capture.capability=V4L2_CAP_TIMEPERFRAME, parm.capture.capturemode=0x0, "
		     "parm.capture.timeperframe.numerator=1, parm.capture.timeperframe.denominator=30, "
		     "parm.capture.extendedmode=0, parm.capture.readbuffers=2}");
	assert_value(VIDIOC_ENUM_FRAMESIZES, size, "{index=0, pixel_format=\"YUYV\", "
		     "type=V4L2_FRMSIZE_TYPE_DISCRETE, discrete.width=640, discrete.height=480}");
	size.type = V4L2_FRMSIZE_TYPE_STEPWISE;
	size.stepwise = (struct v4l2_frmsize_stepwise){ 1, 2, 3, 4, 5, 6 };
	assert_value(VIDIOC_ENUM_FRAMESIZES, size, "{index=0, pixel_format=\"YUYV\", "
		     "type=V4L2_FRMSIZE_TYPE_STEPWISE, stepwise.min_width=1, stepwise.max_width=2, "
		     "stepwise.step_width=3, stepwise.min_height=4, stepwise.max_height=5, "
		     "stepwise.step_height=6}");
	assert_value(VIDIOC_ENUM_FRAMEINTERVALS, ival, "{index=0, pixel_format=\"YUYV\", width=640, "
		     "height=480, type=V4L2_FRMIVAL_TYPE_DISCRETE, discrete.numerator=1, "
		     "discrete.denominator=30}");
}

/* ---- terminals, sockets, the rest ---- */

static void values_of_sockets(void **state)
{
	struct { char name[16]; short flags; char room[22]; } tun = { "tun0", IFF_TUN | IFF_NO_PI, "" };
	struct arpreq arp = { .arp_flags = ATF_PERM | ATF_COM, .arp_dev = "eth0" };
	struct sockaddr_in in = { AF_INET, 0, { htonl(0x0a000001) }, { 0 } };
	struct ifreq map = { .ifr_map = { 0x1000, 0x2000, 0x300, 5, 6, 7 } };
	unsigned features = IFF_TAP | IFF_MULTI_QUEUE;
	char bridge[16] = "br0";

	(void)state;
	assert_value(TUNSETIFF, tun, "{ifr_name=\"tun0\", ifr_flags=IFF_TUN|IFF_NO_PI}");
	assert_json("args.value.ifr_flags.names.1", "IFF_NO_PI");
	assert_value(TUNGETFEATURES, features, "IFF_TAP|IFF_MULTI_QUEUE");
	memcpy(&arp.arp_pa, &in, sizeof(in));
	assert_value(SIOCSARP, arp, "{arp_pa={AF_INET 10.0.0.1:0}, arp_ha.sa_family=0, "
		     "arp_ha.sa_data=\"\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\", "
		     "arp_flags=ATF_COM|ATF_PERM, arp_netmask={AF_UNSPEC 0000000000000000000000000000}, "
		     "arp_dev=\"eth0\"}");
	assert_value(SIOCGIFMAP, map, "{ifr_name=\"\", ifr_map.mem_start=0x1000, ifr_map.mem_end=0x2000, "
		     "ifr_map.base_addr=0x300, ifr_map.irq=5, ifr_map.dma=6, ifr_map.port=7}");
	assert_value(SIOCBRADDBR, bridge, "\"br0\"");
}

static void values_of_terminals(void **state)
{
	struct termio modes = { .c_iflag = ICRNL, .c_cflag = B38400 | CS8, .c_cc = "\3" };
	struct kbentry key = { 1, 2, 0x1e };
	struct console_font_op font = { .op = KD_FONT_OP_GET, .width = 8, .height = 16, .charcount = 256 };

	(void)state;
	assert_value(TCGETA, modes, "{c_iflag=ICRNL, c_oflag=0, c_cflag=B38400|CS8, c_lflag=0, c_line=0, "
		     "c_cc=\"\\3\\0\\0\\0\\0\\0\\0\\0\"}");
	assert_value(KDGKBENT, key, "{kb_table=1, kb_index=2, kb_value=0x1e}");
	assert_value(KDFONTOP, font, "{op=KD_FONT_OP_GET, flags=0x0, width=8, height=16, charcount=256, "
		     "data=0x0}");
	start_ioctl(TIOCMIWAIT, TIOCM_CTS);
	assert_param(ioctl_x, argument, "TIOCM_CTS");
}

static void values_of_the_kernel(void **state)
{
	struct seccomp_notif notif = {
		.id = 0x10, .pid = 77, .data = { .nr = 39, .arch = 0xc000003e, .args = { 1, 2 } },
	};
	struct seccomp_notif_resp resp = { 0x10, -1, -EPERM, SECCOMP_USER_NOTIF_FLAG_CONTINUE };
	struct seccomp_notif_addfd add = { 0x10, SECCOMP_ADDFD_FLAG_SETFD, 5, 6, O_CLOEXEC };
	struct tee_ioctl_version_data tee = { TEE_IMPL_ID_OPTEE, 1, TEE_GEN_CAP_GP };
	const struct { __u64 mask, cgroup; unsigned ids[12], more[2]; } pidfd = {
		7, 5, { 10, 11, 12, 1000, 100, 1000, 100, 1000, 100, 1000, 100, 0 }, { 0 },
	};
	const struct { unsigned usecs; unsigned short budget; unsigned char prefer, pad; } epoll = {
		50, 8, 1, 0,
	};
	unsigned owner = 1000;

	(void)state;
	assert_value(EPIOCSPARAMS, epoll,
		     "{busy_poll_usecs=50, busy_poll_budget=8, prefer_busy_poll=1}");
	/* of this version, or a later one */
	assert_value(PIDFD_GET_INFO_ANY | sizeof(pidfd) << _IOC_SIZESHIFT, pidfd,
		     "{mask=PIDFD_INFO_PID|PIDFD_INFO_CREDS|PIDFD_INFO_CGROUPID, cgroupid=5, pid=10, "
		     "tgid=11, ppid=12, ruid=1000, rgid=100, euid=1000, egid=100, suid=1000, sgid=100, "
		     "fsuid=1000, fsgid=100, exit_code=0}");
	assert_param(ioctl_x, request, "PIDFD_GET_INFO");
	start_ioctl(NS_GET_PID_IN_PIDNS, 77);
	assert_param(ioctl_x, argument, "77");
	assert_value(SECCOMP_IOCTL_NOTIF_RECV, notif, "{id=0x10, pid=77, flags=0x0, data.nr=39, "
		     "data.arch=0xc000003e, data.instruction_pointer=0x0, "
		     "data.args=[0x1, 0x2, 0x0, 0x0, 0x0, 0x0]}");
	assert_value(SECCOMP_IOCTL_NOTIF_SEND, resp, "{id=0x10, val=-1, error=-1, "
		     "flags=SECCOMP_USER_NOTIF_FLAG_CONTINUE}");
	assert_value(SECCOMP_IOCTL_NOTIF_ADDFD, add, "{id=0x10, flags=SECCOMP_ADDFD_FLAG_SETFD, srcfd=5, "
		     "newfd=6, newfd_flags=O_CLOEXEC}");
	assert_value(TEE_IOC_VERSION, tee, "{impl_id=TEE_IMPL_ID_OPTEE, impl_caps=0x1, "
		     "gen_caps=TEE_GEN_CAP_GP}");
	assert_value(NS_GET_OWNER_UID, owner, "1000");
	start_ioctl(NS_GET_NSTYPE, 0);
	SET(ioctl_x, res, CLONE_NEWNET);
	assert_text("ioctl(fd=3, request=NS_GET_NSTYPE) = 1073741824 (CLONE_NEWNET)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_of_ioctls),
		cmocka_unit_test(arguments_of_ioctls),
		cmocka_unit_test(values_of_ioctls),
		cmocka_unit_test(interfaces_of_ioctls),
		cmocka_unit_test(values_of_files),
		cmocka_unit_test(values_of_userfaultfd),
		cmocka_unit_test(values_of_btrfs),
		cmocka_unit_test(values_of_disks),
		cmocka_unit_test(values_of_flash),
		cmocka_unit_test(values_of_input_devices),
		cmocka_unit_test(values_of_lines),
		cmocka_unit_test(values_of_clocks),
		cmocka_unit_test(values_of_kvm),
		cmocka_unit_test(segments_of_kvm),
		cmocka_unit_test(values_of_video),
		cmocka_unit_test(controls_and_buffers_of_video),
		cmocka_unit_test(formats_of_video),
		cmocka_unit_test(frames_of_video),
		cmocka_unit_test(values_of_sockets),
		cmocka_unit_test(values_of_terminals),
		cmocka_unit_test(values_of_the_kernel),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
