// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/training/sanity_minute.h"

#include "ui/configuration/config_model.h"

#include <algorithm>
#include <utility>

namespace headroom::ui {

SanityMinute::SanityMinute(std::unique_ptr<OverfitService> service, const ConfigModel& config)
    : config_(config), mailbox_("sanity minute",
                                [this](const std::vector<OverfitEvent>& events) {
                                    for (const OverfitEvent& event : events)
                                        receive(event);
                                }),
      service_(std::move(service)) {
    constexpr double minute = 60;
    request_.seconds = minute;
}

SanityMinute::~SanityMinute() = default;

void SanityMinute::start() {
    if (running())
        return;
    request_.config = config_.config();
    running_ = ++number_;
    stopping_ = false;
    progress_.reset();
    result_.reset();
    problem_.reset();
    clock_.start();
    service_->start(running_, request_, [this](const OverfitEvent& event) { mailbox_.post(event); });
    Q_EMIT changed();
}

void SanityMinute::stop() {
    if (!running() || std::exchange(stopping_, true))
        return;
    service_->cancel(running_);
    Q_EMIT changed();
}

std::optional<double> SanityMinute::share() const {
    if (!progress_)
        return std::nullopt;
    constexpr double milliseconds = 1000;
    const double ofSteps = static_cast<double>(progress_->step) / request_.steps;
    const double ofTime = static_cast<double>(clock_.elapsed()) / milliseconds / request_.seconds;
    return std::clamp(std::max(ofSteps, ofTime), 0.0, 1.0);
}

void SanityMinute::receive(const OverfitEvent& event) {
    if (std::visit([](const auto& each) { return each.number; }, event) != running_)
        return;
    if (const auto* advanced = std::get_if<OverfitAdvanced>(&event)) {
        progress_ = advanced->progress;
    } else {
        running_ = 0;
        if (const auto* ended = std::get_if<OverfitEnded>(&event))
            result_ = ended->result;
        else
            problem_ = std::get<OverfitFailed>(event).error;
    }
    Q_EMIT changed();
}

} // namespace headroom::ui
