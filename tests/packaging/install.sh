#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Installs the packages that `./run package` made on a minimal system without a compiler, and does as a new user what README
# says: setup, doctor, demo songs, training, separation, the studio on a virtual display. Then it removes the package and
# compares all files outside the home folder with those before. Prints seconds and megabytes.
#
#   tests/packaging/install.sh SUITE PACKAGES [deb|archive]   SUITE: bookworm, trixie or noble; PACKAGES: the folder with them;
#                                                             default: first one, then the other, each in a fresh system
#
# Needs root, debootstrap and about 6 GB in HEADROOM_ROOTS (default: /var/tmp/headroom-roots). The system is <SUITE>-install there
# and is replaced.
set -euo pipefail

suite=${1:?usage: tests/packaging/install.sh bookworm|trixie|noble PACKAGES [deb|archive]}
packages=$(cd "${2:?the folder with the packages is missing}" && pwd)
roots=${HEADROOM_ROOTS:-/var/tmp/headroom-roots}
root=$roots/$suite-install
# shellcheck source=tests/packaging/roots.sh
. "$(dirname "${BASH_SOURCE[0]}")/roots.sh"
require_debootstrap
kind=${3:-both}
if [ "$kind" = both ]; then
    "$0" "$suite" "$packages" deb
    exec "$0" "$suite" "$packages" archive
fi
# Each kind has a mount namespace of its own, whose end unmounts everything in the system.
[ "${INSTALL_INSIDE:-}" = yes ] || exec env INSTALL_INSIDE=yes unshare --mount --propagation private "$0" "$@"

# What the package does not bring: a display, and on a system without its dependencies the libraries of OpenGL and fonts, which
# every desktop has.
display=(xvfb xauth)
desktop=(libegl1 libgl1 libopengl0 fontconfig fonts-dejavu-core ca-certificates)

as_root() { env -i HOME=/root TERM=dumb LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin /usr/sbin/chroot "$root" bash -c "$1" </dev/null; }
as_user() {
    env -i HOME=/home/listener TERM=dumb LANG=C.UTF-8 PATH=/usr/bin:/bin \
        ${PIP_INDEX_URL:+PIP_INDEX_URL="$PIP_INDEX_URL"} \
        /usr/sbin/chroot --userspec=listener:listener "$root" bash -c "cd && $1" </dev/null
}

# step NAME COMMAND…: runs it and prints its seconds.
step() {
    local start=$SECONDS
    "${@:2}" >"$roots/$suite-install.log" 2>&1 || { tail -n 30 "$roots/$suite-install.log" >&2; die "$suite: $1 failed"; }
    printf '%s: %s: %d s\n' "$suite" "$1" $((SECONDS - start))
}

megabytes() { du -sxm --exclude=home "$root" | cut -f1; }

# All files of the system but those that packages always change, and the user's.
list_files() {
    (cd "$root" && find . -xdev \( -path ./home -o -path ./proc -o -path ./sys -o -path ./dev -o -path ./tmp -o -path ./run \
        -o -path ./var/cache -o -path ./var/log -o -path ./var/lib/apt -o -path ./var/lib/dpkg \) -prune -o -print | sort)
}

make_system() {
    # Removing a system into which /dev is bound would remove the devices of this machine.
    ! grep -qF " $root/" /proc/self/mounts || die "something is mounted in $root; unmount it first"
    rm -rf --one-file-system "$root"
    make_root
    share_network
    mount_system
    step "installing a virtual display${*:+ and $*}" as_root \
        "apt-get -qq update && apt-get -qq install -y --no-install-recommends ${display[*]} $*"
    as_root "useradd --create-home listener"
}

expect_failure() { ! as_user "$1" || die "$suite: '$1' should fail"; }

# What a new user does. $1: the command, $2: the window's.
use() {
    local headroom=$1 studio=$2
    as_user "$headroom --version && $headroom --help" >/dev/null
    expect_failure "$headroom doctor" >/dev/null
    expect_failure "$headroom options" 2>/dev/null
    step "headroom setup --cpu" as_user "$headroom setup --cpu"
    step "headroom doctor" as_user "$headroom doctor"
    as_user "du -sm .cache/headroom/libtorch-2.11.0 | cut -f1" | sed "s/^/$suite: MB of LibTorch: /"
    step "headroom demo" as_user "$headroom demo songs --songs 4 --seconds 10"
    step "headroom train, 20 steps" as_user \
        "$headroom train --config $3/share/headroom/configs/demo.yaml --data songs --max-steps 20 --device cpu"
    step "headroom train, 2 ranks" as_user \
        "$headroom train --config $3/share/headroom/configs/demo.yaml --data songs --max-steps 4 --device cpu --ranks 2 \
            --run-folder .local/share/headroom/ranks --set training.gradient_accumulation_steps=2"
    step "headroom separate" as_user \
        "$headroom separate \"\$(find songs/test -name 'mixture.*' -o -name 'vocals.*' | sort | head -n 1)\" --run .local/share/headroom/runs/* -o stems"
    as_user "find stems -name '*.wav' -size +100k | grep -q ." || die "$suite: there are no stems"
    step "headroom-studio" as_user \
        "xvfb-run -a $studio --data songs --page data --screenshot window.png $3/share/headroom/configs/demo.yaml"
    as_user "file=window.png; [ \$(stat -c %s \$file) -gt 20000 ]" || die "$suite: the window is empty"
    cp "$root/home/listener/window.png" "$roots/$suite-window.png"
    # Nothing but what was asked for.
    as_user "ls" | tr '\n' ' ' | grep -qx "songs stems window.png " || die "$suite: files in the home folder: $(as_user ls)"
}

try_deb() {
    local before after
    make_system
    cp "$packages"/headroom_*.deb "$root/tmp/headroom.deb"
    list_files >"$roots/$suite-before"
    before=$(megabytes)
    step "apt-get install ./headroom.deb" as_root \
        "DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends /tmp/headroom.deb"
    after=$(megabytes)
    printf '%s: %s: %d MB, with what it needs %d MB\n' "$suite" "$(basename "$packages"/headroom_*.deb)" \
        "$(du -m "$packages"/headroom_*.deb | cut -f1)" $((after - before))
    use headroom headroom-studio /usr
    as_root "test -s /usr/share/man/man1/headroom.1.gz && test -s /usr/share/bash-completion/completions/headroom"
    step "apt-get purge" as_root "apt-get -qq purge -y headroom && apt-get -qq autopurge -y"
    list_files >"$roots/$suite-after"
    [ -z "$(comm -23 "$roots/$suite-before" "$roots/$suite-after")" ] || die "$suite: removing the package removes files of others"
    # Libraries that apt keeps, since packages of the system recommend them, are files of their own packages.
    as_root "dpkg-query -L \$(dpkg-query -W -f '\${Package} ')" | sort -u >"$roots/$suite-owned"
    comm -13 "$roots/$suite-before" "$roots/$suite-after" | sed 's/^\.//' | sort | comm -23 - "$roots/$suite-owned" >"$roots/$suite-left"
    if [ -s "$roots/$suite-left" ]; then
        cat "$roots/$suite-left" >&2
        die "$suite: removing the package leaves files"
    fi
    as_root "! dpkg -l headroom 2>/dev/null | grep -q '^[^u]n'" || die "$suite: the package is still known"
    printf '%s: nothing is left outside the home folder\n' "$suite"
}

try_archive() {
    make_system "${desktop[@]}"
    step "unpacking the archive" tar -xJf "$packages"/headroom-*.tar.xz -C "$root/home/listener" --no-same-owner
    local folder
    folder=/home/listener/$(basename "$packages"/headroom-*.tar.xz .tar.xz)
    as_root "mv $folder /opt/headroom" # it can be moved
    printf '%s: %s: %d MB, unpacked %d MB\n' "$suite" "$(basename "$packages"/headroom-*.tar.xz)" \
        "$(du -m "$packages"/headroom-*.tar.xz | cut -f1)" "$(du -sm "$root/opt/headroom" | cut -f1)"
    use /opt/headroom/bin/headroom /opt/headroom/bin/headroom-studio /opt/headroom
}

case "$kind" in
    deb) try_deb ;;
    archive) try_archive ;;
    *) die "unknown kind '$kind'; deb or archive" ;;
esac
