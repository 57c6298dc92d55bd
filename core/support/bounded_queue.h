// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace headroom {

/// Items on their way from one thread to another. Holds at most `capacity` items, so that the faster thread
/// waits for the slower one. Thread-safe.
template <typename Item>
class BoundedQueue {
public:
    /// @param capacity at least 1
    explicit BoundedQueue(std::size_t capacity) : capacity_(capacity) {}

    /// Waits for room. Returns false if the queue was canceled, which drops the item.
    bool push(Item item) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return canceled_ || items_.size() < capacity_; });
        if (canceled_)
            return false;
        items_.push_back(std::move(item));
        changed_.notify_all();
        return true;
    }

    /// Waits for an item. Absent if the queue was closed and is empty, or was canceled.
    std::optional<Item> pop() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return canceled_ || closed_ || !items_.empty(); });
        if (canceled_ || items_.empty())
            return std::nullopt;
        Item item = std::move(items_.front());
        items_.pop_front();
        changed_.notify_all();
        return item;
    }

    /// No item follows; those in the queue stay.
    void close() { end(closed_); }

    /// Nobody waits for items any more.
    void cancel() { end(canceled_); }

private:
    void end(bool& how) {
        const std::lock_guard lock(mutex_);
        how = true;
        changed_.notify_all();
    }

    const std::size_t capacity_;
    std::mutex mutex_; // guards all below
    std::condition_variable changed_;
    std::deque<Item> items_;
    bool closed_ = false;
    bool canceled_ = false;
};

} // namespace headroom
