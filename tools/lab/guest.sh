# Inside the laboratory machine, on the shared files: device nodes and their names, then the checks, then off.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/run TMPDIR=/run
mkdir -p /dev/pts /dev/shm
mount -t devpts devpts /dev/pts
mount -t tmpfs shm /dev/shm
mount -t configfs configfs /sys/kernel/config
ip link set lo up
/lib/systemd/systemd-udevd --daemon --resolve-names=early
udevadm trigger --subsystem-match=usb --subsystem-match=tty --subsystem-match=misc
cd "$LAB_ROOT" && "$LAB_NODE" "$LAB_PROGRAM" $LAB_ONLY
echo "@lab-ended $?"
exec busybox poweroff -f
