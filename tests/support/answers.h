#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace headroom::test {

/// Keeps what a service answers on its own thread, and lets a test wait for it. Any thread. It must outlive
/// the service.
template <typename Answer>
class Answers {
public:
    std::function<void(const Answer&)> sink() {
        return [this](const Answer& answer) {
            {
                const std::lock_guard lock(mutex_);
                answers_.push_back(answer);
            }
            came_.notify_all();
        };
    }

    /// All answers up to the first that is wanted; only those that came where it doesn't come in a minute.
    std::vector<Answer> awaitUntil(const std::function<bool(const Answer&)>& wanted) {
        std::unique_lock lock(mutex_);
        std::size_t seen = 0;
        came_.wait_for(lock, std::chrono::minutes(1), [&] {
            while (seen < answers_.size()) {
                if (wanted(answers_[seen++]))
                    return true;
            }
            return false;
        });
        return {answers_.begin(), answers_.begin() + static_cast<std::ptrdiff_t>(seen)};
    }

    /// The first answer; absent where none comes in a minute.
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
    std::condition_variable came_;
    std::vector<Answer> answers_;
};

} // namespace headroom::test
