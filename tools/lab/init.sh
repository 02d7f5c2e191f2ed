#!/bin/busybox sh
# First program of the laboratory machine: loads the kernel's modules, lays a memory file system over the shared files
# and hands over to guest.sh there.
b=/bin/busybox
$b mount -t proc proc /proc
$b mount -t sysfs sys /sys
$b mount -t devtmpfs dev /dev
while read -r module options; do $b insmod "/modules/$module" $options; done </modules/order
. /lab/environment
$b mount -t 9p -o trans=virtio,version=9p2000.L,ro,msize=512000,cache=loose host /shared || exec $b poweroff -f
$b mount -t tmpfs layer /layer
$b mkdir /layer/upper /layer/work
$b mount -t overlay files -o lowerdir=/shared,upperdir=/layer/upper,workdir=/layer/work /files
for each in proc sys dev; do $b mount --move "/$each" "/files/$each"; done
$b mount -t tmpfs run /files/run
$b mkdir -p /files/run/udev/rules.d
$b cp /lab/rules /files/run/udev/rules.d/70-kiosk.rules
exec $b switch_root /files /bin/sh "$LAB_ROOT/tools/lab/guest.sh"
