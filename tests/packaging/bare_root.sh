#!/usr/bin/env bash
# Runs README's two commands on a system that has nothing installed: ./run and ./run test, from a fresh clone of HEAD in
# a minimal root made by debootstrap, where /usr/local is empty and no CUDA toolkit hides what a build leans on.
#
#   tests/packaging/bare_root.sh SUITE [COMMAND…]     SUITE: bookworm, trixie or noble; COMMAND instead of the two
#
# Needs root, debootstrap and some 20 GB below HEADROOM_ROOTS (by default /var/tmp/headroom-roots). A root that is there
# is used again with what has been installed in it; remove it to begin from nothing. The mirror is that of this machine
# where it is a Debian, else debootstrap's own; MIRROR names another. HEADROOM_CCACHE and HEADROOM_CACHE name folders
# of this machine to use as compiler cache and as ~/.cache/headroom (LibTorch) inside, to repeat a run quickly.
set -euo pipefail

suite=${1:?usage: tests/packaging/bare_root.sh bookworm|trixie|noble [COMMAND…]}
shift
source_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
roots=${HEADROOM_ROOTS:-/var/tmp/headroom-roots}
root=$roots/$suite

die() { printf 'bare_root: %s\n' "$*" >&2; exit 1; }
[ "$(id -u)" -eq 0 ] || die "this needs root, for debootstrap and chroot"
command -v debootstrap >/dev/null || die "debootstrap is missing; apt-get install debootstrap"

# Everything is mounted in a namespace of its own, so that nothing stays mounted whatever happens.
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
        ${mirror:+"$mirror"} >"$roots/$suite.log" 2>&1 || die "no root of $suite could be made; see $roots/$suite.log"
    mv "$root.unfinished" "$root"
}

# How this machine reaches the network, it inside does too.
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

# The clone keeps its build folder, so that a second call builds what has changed.
copy_sources() {
    mkdir -p "$root/root/headroom"
    [ -d "$root/root/headroom/.git" ] || git clone -q "$source_root" "$root/root/headroom"
    git -C "$root/root/headroom" fetch -q "$source_root" HEAD
    git -C "$root/root/headroom" reset -q --hard FETCH_HEAD
}

inside() {
    env -i HOME=/root TERM=dumb LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin \
        ${HEADROOM_WERROR:+HEADROOM_WERROR="$HEADROOM_WERROR"} \
        chroot "$root" bash -c "cd /root/headroom && $1" </dev/null
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
# A second call needs neither the network nor more than a moment.
start=$(date +%s%N)
unshare --net env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot "$root" bash -c 'cd /root/headroom && ./run --version'
printf '%s: ./run --version, without a network: %d ms\n' "$suite" $((($(date +%s%N) - start) / 1000000))
du -sh "$root" | awk -v suite="$suite" '{ print suite ": " $1 " on disk" }'
