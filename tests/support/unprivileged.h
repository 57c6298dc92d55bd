#pragma once

#include <sys/fsuid.h>
#include <unistd.h>

namespace headroom::test {

/// While it lives, this thread meets files as a user does whom permissions bind, also where root runs the
/// tests.
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
