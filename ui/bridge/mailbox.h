#pragma once

#include <QMetaObject>
#include <QObject>

#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace headroom::ui {

/// Brings values from other threads to the GUI thread: in order, all that have come by then at once, with at
/// most one wake-up pending. Made and destroyed on the GUI thread, after whoever posts has been joined; what
/// was not delivered by then is dropped.
template <typename Value>
class Mailbox {
public:
    using Deliver = std::function<void(std::vector<Value>)>;

    /// @param deliver called on the GUI thread with what has come, the oldest first
    explicit Mailbox(Deliver deliver) : deliver_(std::move(deliver)) {}

    /// Any thread; returns at once.
    void post(Value value) {
        bool wake = false;
        {
            const std::lock_guard lock(mutex_);
            values_.push_back(std::move(value));
            wake = std::exchange(wakeUpPending_, true) == false;
        }
        if (wake)
            QMetaObject::invokeMethod(
                &context_, [this] { drain(); }, Qt::QueuedConnection);
    }

private:
    void drain() {
        std::vector<Value> values;
        {
            const std::lock_guard lock(mutex_);
            values.swap(values_);
            wakeUpPending_ = false;
        }
        deliver_(std::move(values));
    }

    Deliver deliver_;
    std::mutex mutex_;
    std::vector<Value> values_;
    bool wakeUpPending_ = false;
    QObject context_; ///< lives on the GUI thread; with it pending wake-ups die
};

} // namespace headroom::ui
