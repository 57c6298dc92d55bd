#pragma once

#include <QMetaObject>
#include <QObject>

#include <algorithm>
#include <deque>
#include <functional>
#include <iterator>
#include <mutex>
#include <utility>
#include <vector>

namespace headroom::ui {

/// Carries values from any thread to the thread of its owner, in order, with at most one wake-up pending.
/// A long queue is delivered in portions, so that the owner's thread gets to its other events in between.
/// Whoever posts must have ended before the mailbox is destroyed; what was not delivered by then is dropped.
template <typename Value>
class Mailbox {
public:
    using Deliver = std::function<void(std::vector<Value>)>;

    /// @param name        for whoever looks at what the owner's thread is doing
    /// @param deliver     called on the thread that makes the mailbox; may destroy the mailbox's owner only
    ///                    by deleteLater()
    /// @param mostAtOnce  values in one portion
    Mailbox(const char* name, Deliver deliver, std::size_t mostAtOnce = 2048)
        : deliver_(std::move(deliver)), mostAtOnce_(mostAtOnce) {
        context_.setObjectName(QLatin1String(name));
    }

    /// Any thread.
    void post(Value value) {
        const std::lock_guard lock(mutex_);
        waiting_.push_back(std::move(value));
        wake();
    }

    /// Values that are not delivered yet. Any thread.
    std::size_t backlog() const {
        const std::lock_guard lock(mutex_);
        return waiting_.size();
    }

private:
    void wake() {
        if (!std::exchange(wakePending_, true))
            QMetaObject::invokeMethod(
                &context_, [this] { deliverPortion(); }, Qt::QueuedConnection);
    }

    void deliverPortion() {
        std::vector<Value> portion;
        {
            const std::lock_guard lock(mutex_);
            wakePending_ = false;
            const auto count = static_cast<std::ptrdiff_t>(std::min(waiting_.size(), mostAtOnce_));
            const auto end = waiting_.begin() + count;
            portion.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
            waiting_.erase(waiting_.begin(), end);
            if (!waiting_.empty())
                wake();
        }
        deliver_(std::move(portion));
    }

    Deliver deliver_;
    std::size_t mostAtOnce_;
    mutable std::mutex mutex_;
    std::deque<Value> waiting_; ///< guarded by mutex_
    bool wakePending_ = false;  ///< guarded by mutex_
    QObject context_;           ///< lives in the owner's thread; its death drops the pending wake-up
};

} // namespace headroom::ui
