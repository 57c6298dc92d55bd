#pragma once

namespace headroom::app {

/// While it lives, a window system that cannot be reached ends the program with one sentence and exit code 1,
/// where Qt would abort. For the time in which QApplication is made. One at a time.
class NoDisplayGuard {
public:
    NoDisplayGuard();
    ~NoDisplayGuard();
    NoDisplayGuard(const NoDisplayGuard&) = delete;
    NoDisplayGuard& operator=(const NoDisplayGuard&) = delete;
};

} // namespace headroom::app
