#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs README's two commands, ./run and ./run test, in a fresh clone of HEAD on a minimal system that debootstrap creates.
# /usr/local is empty there, so that a build cannot depend on a CUDA toolkit.
#
#   tests/packaging/bare_root.sh SUITE [COMMAND…]     SUITE: bookworm, trixie or noble; COMMAND: runs instead of the two
#
# Needs root, debootstrap and about 20 GB in HEADROOM_ROOTS (default: /var/tmp/headroom-roots). An existing system there is
# used again with its installed packages; remove it to start from scratch. The package mirror is MIRROR, or the mirror of this
# machine if it runs Debian, or debootstrap's default. To repeat a run quickly, set HEADROOM_CCACHE and HEADROOM_CACHE to
# folders of this machine that serve as compiler cache and as ~/.cache/headroom (LibTorch) inside, and HEADROOM_CLONE to the
# clone's path inside, /root/headroom by default: a compiler cache depends on it.
set -euo pipefail

suite=${1:?usage: tests/packaging/bare_root.sh bookworm|trixie|noble [COMMAND…]}
shift
source_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
roots=${HEADROOM_ROOTS:-/var/tmp/headroom-roots}
root=$roots/$suite
clone=${HEADROOM_CLONE:-/root/headroom}

die() { printf 'bare_root: %s\n' "$*" >&2; exit 1; }
[ "$(id -u)" -eq 0 ] || die "this needs root, for debootstrap and chroot"
command -v debootstrap >/dev/null || die "debootstrap is missing; apt-get install debootstrap"

# Runs in a new mount namespace, so that nothing stays mounted after an error.
[ "${BARE_ROOT_INSIDE:-}" = yes ] || exec env BARE_ROOT_INSIDE=yes unshare --mount --propagation private "$0" "$suite" "$@"

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
    rm -rf "$root.unfinished"
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

mount_all() {
    mount --rbind /dev "$root/dev"
    mount -t proc none "$root/proc"
    mount -t sysfs none "$root/sys"
    mount -t tmpfs none "$root/tmp"
    mount -t tmpfs none "$root/usr/local"
    share_folder "${HEADROOM_CCACHE:-}" /root/.cache/ccache
    share_folder "${HEADROOM_CACHE:-}" /root/.cache/headroom
}

share_folder() {
    [ -n "$1" ] || return 0
    mkdir -p "$1" "$root$2"
    mount --bind "$1" "$root$2"
}

# Keeps the build folder of the clone, so that a second call builds only what has changed.
copy_sources() {
    mkdir -p "$root$clone"
    [ -d "$root$clone/.git" ] || git clone -q "$source_root" "$root$clone"
    git -C "$root$clone" fetch -q "$source_root" HEAD
    git -C "$root$clone" reset -q --hard FETCH_HEAD
}

inside() {
    env -i HOME=/root TERM=dumb LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin \
        ${HEADROOM_WERROR:+HEADROOM_WERROR="$HEADROOM_WERROR"} \
        chroot "$root" bash -c "cd $clone && $1" </dev/null
}

timed() {
    local start=$SECONDS
    inside "$1" || die "$suite: '$1' failed"
    printf '%s: %s: %d s\n' "$suite" "$1" $((SECONDS - start))
}

make_root
share_network
mount_all
copy_sources
if [ $# -gt 0 ]; then
    inside "$*"
    exit
fi
timed ./run
timed './run test'
# A second call needs no network and takes only a moment.
start=$(date +%s%N)
unshare --net env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot "$root" bash -c "cd $clone && ./run --version"
printf '%s: ./run --version, without a network: %d ms\n' "$suite" $((($(date +%s%N) - start) / 1000000))
du -sxh "$root" | awk -v suite="$suite" '{ print suite ": " $1 " on disk" }'
