// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace headroom::test {

/// Records the answers that a service gives on its own thread, and lets a test wait for them. Any thread.
/// Must outlive the service.
template <typename Answer>
class Answers {
public:
    std::function<void(const Answer&)> sink() {
        return [this](const Answer& answer) {
            {
                const std::lock_guard lock(mutex_);
                answers_.push_back(answer);
            }
            arrived_.notify_all();
        };
    }

    /// Waits up to four minutes for the first answer for which `wanted` is true. Returns all answers up to
    /// it.
    std::vector<Answer> awaitUntil(const std::function<bool(const Answer&)>& wanted) {
        std::unique_lock lock(mutex_);
        std::size_t seen = 0;
        arrived_.wait_for(lock, std::chrono::minutes(4), [&] {
            while (seen < answers_.size()) {
                if (wanted(answers_[seen++]))
                    return true;
            }
            return false;
        });
        return {answers_.begin(), answers_.begin() + static_cast<std::ptrdiff_t>(seen)};
    }

    /// Waits up to four minutes for the first answer. Absent if there is none.
    std::optional<Answer> awaitOne() {
        const std::vector<Answer> answers = awaitUntil([](const Answer&) { return true; });
        return answers.empty() ? std::nullopt : std::optional(answers.front());
    }

    std::vector<Answer> soFar() {
        const std::lock_guard lock(mutex_);
        return answers_;
    }

private:
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::vector<Answer> answers_;
};

} // namespace headroom::test
