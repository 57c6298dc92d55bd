// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/phase_timer.h"

#include <c10/core/Event.h>
#include <c10/core/impl/VirtualGuardImpl.h>

namespace headroom {

/// A point in time: of the host's clock on the CPU, an event in the current stream on other devices.
class PhaseTimer::Mark {
public:
    explicit Mark(c10::Device device) : time_(std::chrono::steady_clock::now()) {
        if (device.is_cpu())
            return;
        event_.emplace(device.type(), c10::EventFlag::BACKEND_DEFAULT);
        event_->record(c10::impl::VirtualGuardImpl(device.type()).getStream(device));
    }

    double secondsTo(const Mark& later) const {
        constexpr double secondsOfMillisecond = 1e-3;
        if (event_)
            return event_->elapsedTime(*later.event_) * secondsOfMillisecond;
        return std::chrono::duration<double>(later.time_ - time_).count();
    }

private:
    std::chrono::steady_clock::time_point time_;
    std::optional<c10::Event> event_;
};

PhaseTimer::PhaseTimer(c10::Device device) : device_(device) {}
PhaseTimer::~PhaseTimer() = default;

void PhaseTimer::begin(Phase phase) {
    spans_.push_back({phase, std::make_unique<Mark>(device_)});
}

void PhaseTimer::end() {
    end_ = std::make_unique<Mark>(device_);
}

PhaseTimer::Seconds PhaseTimer::take() {
    Seconds seconds;
    for (std::size_t i = 0; i < spans_.size(); ++i) {
        const Mark& next = i + 1 < spans_.size() ? *spans_[i + 1].begin : *end_;
        const double span = spans_[i].begin->secondsTo(next);
        switch (spans_[i].phase) {
        case Phase::Forward:
            seconds.forward += span;
            break;
        case Phase::Backward:
            seconds.backward += span;
            break;
        case Phase::Exchange:
            seconds.exchange += span;
            break;
        case Phase::Update:
            seconds.update += span;
            break;
        }
    }
    spans_.clear();
    return seconds;
}

} // namespace headroom
