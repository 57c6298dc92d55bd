# shellcheck shell=bash disable=SC2154
# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Minimal systems that debootstrap creates, for the scripts beside this file, which set `suite`, `roots` and `root`, the folder of
# the system.

die() { printf '%s: %s\n' "$(basename "$0" .sh)" "$*" >&2; exit 1; }

require_debootstrap() {
    [ "$(id -u)" -eq 0 ] || die "this needs root, for debootstrap and chroot"
    command -v debootstrap >/dev/null || die "debootstrap is missing; apt-get install debootstrap"
}

default_mirror() {
    [ "$suite" != noble ] || return 0
    grep -rhoE '(URIs:|^deb) +https?://[^ ]+/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null |
        grep -oE 'https?://[^ ]+' | head -n 1
}

make_root() {
    [ ! -e "$root/etc/os-release" ] || return 0
    local components=main
    [ "$suite" != noble ] || components=main,universe
    mkdir -p "$roots"
    rm -rf --one-file-system "$root.unfinished"
    local mirror=${MIRROR:-$(default_mirror)}
    debootstrap --variant=minbase --components=$components --include=ca-certificates "$suite" "$root.unfinished" \
        ${mirror:+"$mirror"} >"$roots/$suite.log" 2>&1 || die "cannot create a root of $suite; see $roots/$suite.log"
    mv "$root.unfinished" "$root"
}

# Copies the network configuration of this machine.
share_network() {
    local file
    for file in /etc/resolv.conf /etc/hosts /etc/pip.conf /etc/ssl/certs/ca-certificates.crt; do
        [ ! -e "$file" ] || cp -L "$file" "$root$file"
    done
    grep -lrsE '^ *Acquire' /etc/apt/apt.conf.d | xargs -r -I{} cp {} "$root/etc/apt/apt.conf.d/"
}

mount_system() {
    mount --rbind /dev "$root/dev"
    mount -t proc none "$root/proc"
    mount -t sysfs none "$root/sys"
    mount -t tmpfs none "$root/tmp"
}
