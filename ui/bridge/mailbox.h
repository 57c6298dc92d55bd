// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

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

/// Delivers values from any thread to the owner's thread, in order, with at most one wake-up pending. A long
/// queue is delivered in batches, so that the owner's thread can process other events in between. All posters
/// must have stopped before the mailbox is destroyed; undelivered values are dropped.
template <typename Value>
class Mailbox {
public:
    using Deliver = std::function<void(std::vector<Value>)>;

    /// @param name      object name of the receiver, for debugging and profiling
    /// @param deliver   called on the thread that creates the mailbox; may delete the mailbox's owner only
    ///                  with deleteLater()
    /// @param maxBatch  largest number of values per call of `deliver`
    Mailbox(const char* name, Deliver deliver, std::size_t maxBatch = 2048)
        : deliver_(std::move(deliver)), maxBatch_(maxBatch) {
        context_.setObjectName(QLatin1String(name));
    }

    /// Any thread.
    void post(Value value) {
        const std::lock_guard lock(mutex_);
        waiting_.push_back(std::move(value));
        wake();
    }

    /// Number of undelivered values. Any thread.
    std::size_t backlog() const {
        const std::lock_guard lock(mutex_);
        return waiting_.size();
    }

private:
    void wake() {
        if (!std::exchange(wakePending_, true))
            QMetaObject::invokeMethod(
                &context_, [this] { deliverBatch(); }, Qt::QueuedConnection);
    }

    void deliverBatch() {
        std::vector<Value> batch;
        {
            const std::lock_guard lock(mutex_);
            wakePending_ = false;
            const auto count = static_cast<std::ptrdiff_t>(std::min(waiting_.size(), maxBatch_));
            const auto end = waiting_.begin() + count;
            batch.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
            waiting_.erase(waiting_.begin(), end);
            if (!waiting_.empty())
                wake();
        }
        deliver_(std::move(batch));
    }

    Deliver deliver_;
    std::size_t maxBatch_;
    mutable std::mutex mutex_;
    std::deque<Value> waiting_; ///< guarded by mutex_
    bool wakePending_ = false;  ///< guarded by mutex_
    QObject context_;           ///< in the owner's thread; its destructor cancels the pending wake-up
};

} // namespace headroom::ui
