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

# shellcheck source=tests/packaging/roots.sh
. "$source_root/tests/packaging/roots.sh"
require_debootstrap

# Runs in a new mount namespace, so that nothing stays mounted after an error.
[ "${BARE_ROOT_INSIDE:-}" = yes ] || exec env BARE_ROOT_INSIDE=yes unshare --mount --propagation private "$0" "$suite" "$@"

mount_all() {
    mount_system
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
