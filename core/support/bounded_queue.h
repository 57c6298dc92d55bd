#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace headroom {

/// First in, first out, between threads, with room for `capacity` items: a fast producer waits, so that
/// memory stays bounded. Every call from any thread. Waits end at once when the queue is closed or a stop is
/// requested.
template <typename T>
class BoundedQueue {
public:
    /// @param capacity items that may wait; 0 counts as 1
    explicit BoundedQueue(std::size_t capacity) : capacity_(capacity == 0 ? 1 : capacity) {}
    BoundedQueue(const BoundedQueue&) = delete;
    BoundedQueue& operator=(const BoundedQueue&) = delete;

    /// Waits for room. False, and the item is dropped, when the queue is closed or a stop is requested.
    bool push(T item, std::stop_token stop = {}) {
        std::unique_lock lock(mutex_);
        const bool ready =
            hasRoom_.wait(lock, std::move(stop), [this] { return closed_ || items_.size() < capacity_; });
        if (!ready || closed_)
            return false;
        items_.push_back(std::move(item));
        lock.unlock();
        hasItem_.notify_one();
        return true;
    }

    /// Waits for an item. What is in the queue when it is closed can still be taken; nothing when it is
    /// closed and empty, or a stop is requested while it is empty.
    std::optional<T> pop(std::stop_token stop = {}) {
        std::unique_lock lock(mutex_);
        hasItem_.wait(lock, std::move(stop), [this] { return closed_ || !items_.empty(); });
        if (items_.empty())
            return std::nullopt;
        std::optional<T> item(std::move(items_.front()));
        items_.pop_front();
        lock.unlock();
        hasRoom_.notify_one();
        return item;
    }

    /// Nothing can be pushed from now on, and nobody waits any longer.
    void close() {
        {
            const std::lock_guard lock(mutex_);
            closed_ = true;
        }
        hasRoom_.notify_all();
        hasItem_.notify_all();
    }

    std::size_t size() const {
        const std::lock_guard lock(mutex_);
        return items_.size();
    }
    std::size_t capacity() const { return capacity_; }

private:
    const std::size_t capacity_;
    mutable std::mutex mutex_;
    std::condition_variable_any hasRoom_;
    std::condition_variable_any hasItem_;
    std::deque<T> items_;
    bool closed_ = false;
};

} // namespace headroom
