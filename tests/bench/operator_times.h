// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/record_function.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <map>
#include <string>
#include <vector>

namespace headroom::bench {

/// RAII: measures the CPU time of this thread in each operator, backward node and user scope, without nested
/// ones. Time outside operators counts for the enclosing node or scope. CPU time depends less on the load of
/// the machine than wall time.
class OperatorTimes {
public:
    OperatorTimes() {
        current() = this;
        handle_ = at::addThreadLocalCallback(
            at::RecordFunctionCallback(begin, end)
                .scopes({at::RecordScope::FUNCTION, at::RecordScope::BACKWARD_FUNCTION,
                         at::RecordScope::USER_SCOPE}));
    }
    ~OperatorTimes() {
        at::removeCallback(handle_);
        current() = nullptr;
    }
    OperatorTimes(const OperatorTimes&) = delete;
    OperatorTimes& operator=(const OperatorTimes&) = delete;

    /// Prints a line per operator, longest first: milliseconds, calls, name.
    void print(std::FILE* out) const {
        std::vector<std::pair<std::string, Total>> sorted(totals_.begin(), totals_.end());
        std::sort(sorted.begin(), sorted.end(),
                  [](const auto& a, const auto& b) { return a.second.seconds > b.second.seconds; });
        for (const auto& [name, total] : sorted)
            fmt::print(out, "{:10.3f} ms {:6} x {}\n", total.seconds * 1e3, total.calls, name);
    }

private:
    static double now() {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
    }

    struct Total {
        double seconds = 0;
        std::int64_t calls = 0;
    };
    struct Open {
        double begin;
        double nested = 0; ///< seconds in nested operators
    };

    static OperatorTimes*& current() {
        thread_local OperatorTimes* times = nullptr;
        return times;
    }

    static std::unique_ptr<at::ObserverContext> begin(const at::RecordFunction& /*function*/) {
        current()->open_.push_back({now()});
        return nullptr;
    }

    static void end(const at::RecordFunction& function, at::ObserverContext* /*context*/) {
        OperatorTimes& times = *current();
        const Open open = times.open_.back();
        times.open_.pop_back();
        const double seconds = now() - open.begin;
        Total& total = times.totals_[function.name()];
        total.seconds += seconds - open.nested;
        ++total.calls;
        if (!times.open_.empty())
            times.open_.back().nested += seconds;
    }

    at::CallbackHandle handle_;
    std::vector<Open> open_;
    std::map<std::string, Total> totals_;
};

} // namespace headroom::bench
