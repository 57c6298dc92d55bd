// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <sys/fsuid.h>
#include <unistd.h>

namespace headroom::test {

/// RAII: file permissions apply to the current thread even if root runs the tests.
class Unprivileged {
public:
    Unprivileged() {
        if (::geteuid() == 0)
            ::setfsuid(nobody);
    }
    ~Unprivileged() {
        if (::geteuid() == 0)
            ::setfsuid(0);
    }
    Unprivileged(const Unprivileged&) = delete;
    Unprivileged& operator=(const Unprivileged&) = delete;

private:
    static constexpr uid_t nobody = 65534;
};

} // namespace headroom::test
